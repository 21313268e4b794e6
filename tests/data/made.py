"""What the makers of test files share: phantoms, and rows of the manifest computed from known arrays."""
from pathlib import Path

import nibabel as nib
import numpy as np

HERE = Path(__file__).resolve().parent
COLUMNS = ("path kind source licence bytes format dims components dtype endian spacing axcodes_RAS "
           "direction_LPS_rowmajor origin_LPS sha256 min max mean std nonfinite probe1 probe2 probe3 expected reader "
           "exercises notes").split()
LOAD = "load with these values and this geometry"
REFUSE = "must be refused with an error"
TO_LPS = np.diag([-1.0, -1.0, 1.0])
ROWS = []


def phantom(shape, dtype, seed):
    """A smooth blob with noise that fills a good part of the type's range; no two files hold the same."""
    grids = np.meshgrid(*[np.linspace(-1, 1, n) for n in shape], indexing="ij")
    blob = np.exp(-2 * sum((g - 0.2 * a) ** 2 for a, g in enumerate(grids)))
    values = 0.9 * blob + 0.1 * np.random.default_rng(seed).random(shape)
    dtype = np.dtype(dtype)
    if dtype.kind == "f":
        return (values * 2000 - 1000).astype(dtype)
    low, high = (0, 250) if dtype.kind == "u" else (-120, 120)
    if dtype.itemsize > 1:
        low, high = low * 131, high * 131
    if dtype.itemsize > 4:
        low, high = low * 1000003, high * 1000003
    return np.rint(low + values * (high - low)).astype(dtype)


def rotation(x, y, z):
    """Turns by degrees about x, then y, then z."""
    (cx, cy, cz), (sx, sy, sz) = np.cos(np.radians([x, y, z])), np.sin(np.radians([x, y, z]))
    return (np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]]) @ np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
            @ np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]]))


def text(numbers):
    return ",".join(repr(round(float(n), 12) + 0.0) for n in np.ravel(numbers))


def probe(values, index, components):
    found = values[index]
    body = "[" + ";".join(repr(float(v)) for v in found) + "]" if components > 1 else repr(float(found))
    return f"({','.join(map(str, index))})={body}"


def add(path, form, values, columns, origin, dtype, endian, exercises, kind="made", components=1, expected=LOAD):
    """A row of the manifest. `values` are scaled; `columns` (mm a step along i, j, k) and `origin` are LPS."""
    columns, origin = np.asarray(columns, float), np.asarray(origin, float)
    spacing = np.linalg.norm(columns, axis=0)
    affine = np.eye(4)
    affine[:3, :3] = TO_LPS @ columns
    values = np.asarray(values, np.float64)
    shape = values.shape[:-1] if components > 1 else values.shape
    finite = values[np.isfinite(values)]
    last = tuple(n - 1 for n in shape)
    indices = [tuple(n // 2 for n in shape), last, tuple((3 * n) // 7 for n in shape)]
    row = dict(path=path, kind=kind, source="tests/data/make.py", licence="CC0-1.0", format=form,
               dims="x".join(map(str, shape)), components=components, dtype=np.dtype(dtype).name, endian=endian,
               spacing=text(spacing), axcodes_RAS="".join(nib.aff2axcodes(affine)),
               direction_LPS_rowmajor=text(columns / spacing), origin_LPS=text(origin), min=repr(finite.min()),
               max=repr(finite.max()), mean=repr(finite.mean()), std=repr(finite.std()),
               nonfinite=values.size - finite.size, expected=expected, reader="the arrays it was written from",
               exercises=exercises, notes="")
    row.update({f"probe{n + 1}": probe(values, at, components) for n, at in enumerate(indices)})
    ROWS.append(row)


def bad(path, content, exercises, expected=REFUSE):
    write(path, content)
    ROWS.append(dict(path=path, kind="malformed", source="tests/data/make.py", licence="CC0-1.0", expected=expected,
                     exercises=exercises))


def write(path, content):
    target = HERE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def voxels(array, order):
    """Bytes with the first axis fastest, in the given byte order."""
    return array.astype(array.dtype.newbyteorder(order)).tobytes(order="F")
