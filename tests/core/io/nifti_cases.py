"""Random NIfTI headers, and what nibabel reads of them.

nifti_cases.py make FOLDER      writes the files and cases.txt, one line a file:
                                name, shape (7 numbers), affine (12, RAS, row-major)
                                and FOLDER/<name>.f8 with the scaled values of all frames
nifti_cases.py compare FOLDER   for each <name> compares the copy FOLDER/copy_<name> with it, field by field
"""
import gzip
import os
import sys
import warnings

import nibabel as nib
import numpy as np

TYPES = "u1 i1 u2 i2 u4 i4 u8 i8 f4 f8".split()
CASES = 60
KEPT = ("dim_info dim intent_p1 intent_p2 intent_p3 intent_code datatype bitpix slice_start pixdim slice_end slice_code "
        "xyzt_units cal_max cal_min slice_duration toffset descrip aux_file qform_code sform_code quatern_b quatern_c "
        "quatern_d qoffset_x qoffset_y qoffset_z srow_x srow_y srow_z intent_name").split()


def rotation(rng):
    q = rng.normal(size=4)
    q *= np.sign(q[0]) / np.linalg.norm(q)
    return q, nib.quaternions.quat2mat(q)


def fill(header, rng, shape, dtype):
    """Every field at random, but so that it means something."""
    header["dim"] = [len(shape), *shape, *[1] * (7 - len(shape))]
    header["datatype"] = nib.nifti1.data_type_codes[np.dtype(dtype)]
    header["bitpix"] = np.dtype(dtype).itemsize * 8
    pixdim = rng.uniform(0.3, 4, 8)
    pixdim[0] = rng.choice([-1, 1])
    pixdim[len(shape) + 1:4] = 1
    header["pixdim"] = pixdim
    q, _ = rotation(rng)
    header["quatern_b"], header["quatern_c"], header["quatern_d"] = q[1:]
    for name in ("qoffset_x", "qoffset_y", "qoffset_z"):
        header[name] = rng.uniform(-200, 200)
    _, turn = rotation(rng)
    shear = np.eye(3) + np.triu(rng.uniform(-0.3, 0.3, (3, 3)), 1) * rng.choice([0, 1])
    columns = turn @ shear @ np.diag(rng.uniform(0.3, 4, 3) * rng.choice([-1, 1], 3))
    for row, name in enumerate(("srow_x", "srow_y", "srow_z")):
        header[name] = [*columns[row], rng.uniform(-200, 200)]
    header["qform_code"], header["sform_code"] = rng.choice([0, 0, 1, 2, 3, 4]), rng.choice([0, 0, 1, 2, 3, 4])
    header["scl_slope"] = rng.choice([0, np.nan, 1, rng.uniform(-3, 3), 0.001])
    header["scl_inter"] = rng.choice([0, rng.uniform(-1000, 1000)])
    if np.isnan(header["scl_slope"]):
        header["scl_inter"] = rng.choice([np.nan, np.inf, 5])
    header["cal_min"], header["cal_max"] = rng.choice([[0, 0], [3, -3], list(rng.uniform(-9, 9, 2))])
    header["dim_info"] = rng.integers(0, 64)
    header["slice_start"], header["slice_end"], header["slice_code"] = rng.integers(0, 7, 3)
    header["slice_duration"], header["toffset"] = rng.uniform(0, 9, 2)
    header["xyzt_units"] = rng.choice([0, 1, 2, 3]) + rng.choice([0, 8, 16, 24, 32, 40, 48])
    header["intent_code"] = rng.choice([0, 3, 1001, 1007, 2003])
    for name in ("intent_p1", "intent_p2", "intent_p3"):
        header[name] = rng.choice([0, rng.uniform(0, 50)])
    header["descrip"] = rng.choice([b"", b"FSL 6", b"  M\xfcnchen, \x01 in Latin-1 ", b"x" * 80])
    header["aux_file"] = rng.choice([b"", b"none", b"y" * 24])
    header["intent_name"] = rng.choice([b"", b"t-test", b"z" * 16])


def make(folder):
    rng = np.random.default_rng(20240607)
    lines = []
    for case in range(CASES):
        version, order = 1 + case % 2, "<>"[case // 2 % 2]
        ending = (".nii", ".nii.gz", ".hdr")[case % 3]
        single = ending != ".hdr"
        ndim = 1 + case % 7
        shape = tuple(int(n) for n in rng.integers(1, 5, ndim))
        dtype = TYPES[rng.integers(len(TYPES))]
        kinds = (nib.Nifti1Header, nib.Nifti2Header) if single else (nib.nifti1.Nifti1PairHeader, nib.nifti2.Nifti2PairHeader)
        header = kinds[version - 1](endianness=order)
        fill(header, rng, shape, dtype)
        between = b""
        for _ in range(rng.integers(0, 4)):
            content = rng.integers(1, 256, int(rng.choice([8, 24, 200]))).astype("u1").tobytes()
            between += np.array([len(content) + 8, rng.choice([4, 6, 44, 999])], order + "i4").tobytes() + content
        gap = 0 if between else int(rng.choice([0, 16]))  # nibabel takes zeros behind an extension for another
        header["vox_offset"] = (352 if version == 1 else 544) + len(between) + gap if single else 0
        count = int(np.prod(shape))
        raw = rng.integers(0, 256, count * np.dtype(dtype).itemsize).astype("u1").tobytes()
        if dtype[0] == "f":
            raw = (rng.normal(size=count) * 100).astype(order + dtype).tobytes()
        head = header.binaryblock + bytes([len(between) > 0, 0, 0, 0]) + between
        name = f"case{case:02}{ending}"
        path = os.path.join(folder, name)
        if single:
            whole = head.ljust(int(header["vox_offset"]), b"\0") + raw
            with open(path, "wb") as file:
                file.write(gzip.compress(whole) if ending.endswith("gz") else whole)
        else:
            with open(path, "wb") as file:
                file.write(head)
            with open(path[:-4] + ".img", "wb") as file:
                file.write(raw)
        image = nib.load(path)
        values = np.asarray(image.dataobj, dtype="<f8")
        with open(path + ".f8", "wb") as file:
            file.write(values.tobytes(order="F"))
        numbers = [*shape, *[1] * (7 - ndim), *image.affine[:3].ravel()]
        lines.append(" ".join([name, *(repr(float(n)) for n in numbers)]))
    with open(os.path.join(folder, "cases.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


def native(value):
    """Bytes of a field whatever its byte order, so that NaN equals NaN."""
    array = np.asarray(value)
    return array.astype(array.dtype.newbyteorder("<")).tobytes()


def compare(folder):
    wrong = []
    with open(os.path.join(folder, "cases.txt")) as file:
        names = [line.split()[0] for line in file]
    for name in names:
        before, after = (nib.load(os.path.join(folder, n)) for n in (name, "copy_" + name))
        if type(before) is not type(after):
            wrong.append(f"{name}: {type(before).__name__} became {type(after).__name__}")
        for field in KEPT:
            old, new = before.header[field], after.header[field]
            if native(old) != native(new):
                wrong.append(f"{name}: {field} was {old}, is {new}")
        said = [[(e.get_code(), bytes(e.get_content())) for e in image.header.extensions] for image in (before, after)]
        if said[0] != said[1]:
            wrong.append(f"{name}: the extensions differ: {said[0]} and {said[1]}")
        if not np.array_equal(np.asarray(before.dataobj), np.asarray(after.dataobj), equal_nan=True):
            wrong.append(f"{name}: the values differ")
        if not np.array_equal(before.affine, after.affine):
            wrong.append(f"{name}: the affines differ")
    print("\n".join(wrong) or f"{len(names)} files are the same")
    return 1 if wrong else 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    nib.imageglobals.logger.setLevel(100)
    sys.exit({"make": make, "compare": compare}[sys.argv[1]](sys.argv[2]))
