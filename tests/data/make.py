#!/usr/bin/env python3
"""Makes the small files of this folder, and MANIFEST.tsv with what each one holds.

What the manifest says is computed from the arrays and affines before they are written, never read back: it knows
nothing of Voxmark. Needs numpy and nibabel (Debian: python3-nibabel); the same bytes come out of every run:
    PYTHONNOUSERSITE=1 /usr/bin/python3 tests/data/make.py
"""
import hashlib
import itertools
import shutil
import sys

sys.dont_write_bytecode = True

import nibabel as nib  # noqa: E402
import numpy as np  # noqa: E402

from made import COLUMNS, HERE, ROWS, TO_LPS, write  # noqa: E402
from make_arrays import make_arrays  # noqa: E402
from make_dicom_mgh import make_dicom, make_mgh  # noqa: E402
from make_malformed import make_malformed  # noqa: E402
from make_nifti import make_nifti  # noqa: E402
from make_nrrd_meta import make_meta, make_nrrd  # noqa: E402

FOLDERS = ("nifti", "nrrd", "metaimage", "mgh", "arrays", "dicom", "malformed")


def make_orientations():
    """Directions with the letters that nibabel gives them: random turns, and some with shear."""
    lines = ["# letters, then the direction matrix (LPS, row-major; columns i, j, k); see make.py"]
    random = np.random.default_rng(2024)
    for shear in itertools.chain([0.0] * 160, [0.3] * 80):
        turn, _ = np.linalg.qr(random.normal(size=(3, 3)))
        turn = turn @ (np.eye(3) + shear * np.triu(random.uniform(-1, 1, (3, 3)), 1))
        turn = np.round(turn / np.linalg.norm(turn, axis=0), 9)
        affine = np.eye(4)
        affine[:3, :3] = TO_LPS @ turn
        lines.append("".join(nib.aff2axcodes(affine)) + " " + " ".join(f"{v:.9f}" for v in turn.ravel()))
    write("orientations.tsv", ("\n".join(lines) + "\n").encode())


README = """# Test data that is always there

Small files, each made for one property of its format, with what is known of them in `MANIFEST.tsv`: size, spacing,
direction and origin (LPS), pixel type, statistics and three voxels. All of it is computed from the arrays before they
are written. `tests/conformance` opens each file and compares; those in `malformed/` must be refused.

`orientations.tsv` holds turned and sheared axes with the letters that nibabel's `aff2axcodes` gives them.

Everything here is written by `make.py` (source) and dedicated to the public domain (licence: CC0-1.0); no patient, no
scanner. Change the makers and run `PYTHONNOUSERSITE=1 /usr/bin/python3 tests/data/make.py` (Debian's python3-nibabel):
the same bytes come out of every run. The further files that a header names lie beside it. {count} files, {kib} KiB.

| File | Source | Licence | Exercises |
|---|---|---|---|
"""


def main():
    for folder in FOLDERS:
        shutil.rmtree(HERE / folder, ignore_errors=True)
    for make in (make_nifti, make_nrrd, make_meta, make_mgh, make_arrays, make_dicom, make_malformed, make_orientations):
        make()
    lines = ["\t".join(COLUMNS)]
    for row in ROWS:
        target = HERE / row["path"]
        files = sorted(target.iterdir()) if target.is_dir() else [target]
        content = b"".join(f.read_bytes() for f in files)
        row["bytes"], row["sha256"] = len(content), hashlib.sha256(content).hexdigest()
        lines.append("\t".join(str(row.get(column, "")) for column in COLUMNS))
    write("MANIFEST.tsv", ("\n".join(lines) + "\n").encode())
    made = [f for folder in FOLDERS for f in (HERE / folder).rglob("*") if f.is_file()]
    total = sum(f.stat().st_size for f in made)
    table = [f"| {row['path']} | make.py | {row['licence']} | {row['exercises']} |" for row in ROWS]
    readme = README.format(count=len(made), kib=round(total / 1024)) + "\n".join(table) + "\n"
    write("README.md", readme.encode())
    print(f"{len(ROWS)} rows, {len(made)} files, {total} bytes")


if __name__ == "__main__":
    main()
