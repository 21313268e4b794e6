"""Arrays of NumPy and safetensors: orders of axes and bytes, geometry beside and inside."""
import io
import json
import struct

import numpy as np

from made import TO_LPS, add, phantom, rotation, write

COLUMNS = rotation(10, -15, 25) @ np.diag([0.8, 1.2, 3.0])
ORIGIN = np.array([-20.5, 11.25, 40.0])
SHAPE = (9, 7, 5)


def geometry():
    spacing = np.linalg.norm(COLUMNS, axis=0)
    return {"spacing": spacing, "origin": ORIGIN, "direction": COLUMNS / spacing}


def npy(array):
    out = io.BytesIO()
    np.save(out, array)
    return out.getvalue()


def row(path, form, array, endian, exercises):
    """`array` is indexed i, j, k."""
    add(f"arrays/{path}", form, array, COLUMNS, ORIGIN, array.dtype, endian, exercises)


def make_arrays():
    notes = {name: np.ravel(value).tolist() for name, value in geometry().items()}

    array = phantom(SHAPE, "i2", 90)  # indexed i, j, k in C order: k runs fastest in the file
    write("arrays/ijk_be.npy", npy(array.astype(">i2")))
    write("arrays/ijk_be.npy.json",
          json.dumps({"voxmarkGeometry": 1, "shape": array.shape, "axes": "i j k", **notes}).encode())
    row("ijk_be.npy", "NPY", array, "big", "axes in another order, big endian, geometry beside")

    array = phantom(SHAPE, "f4", 91)
    out = io.BytesIO()
    np.savez_compressed(out, voxels=array.T, **geometry(), axes=np.array("k j i"))
    write("arrays/deflated.npz", out.getvalue())
    row("deflated.npz", "NPZ", array, "little", "deflated, Fortran order, geometry inside")

    array = phantom(SHAPE, "u2", 92)
    affine = np.eye(4)
    affine[:3, :3], affine[:3, 3] = TO_LPS @ COLUMNS, TO_LPS @ ORIGIN
    out = io.BytesIO()
    np.savez(out, affine=affine, data=array)
    write("arrays/affine.npz", out.getvalue())
    row("affine.npz", "NPZ", array, "little", "an affine alone, as nibabel's users store it")

    array = phantom(SHAPE, "f8", 93)
    body = np.ascontiguousarray(array.T).tobytes()
    header = {"__metadata__": {"axes": "k j i", **{name: json.dumps(value) for name, value in notes.items()}},
              "voxels": {"dtype": "F64", "shape": array.T.shape, "data_offsets": [0, len(body)]}}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write("arrays/f64.safetensors", struct.pack("<Q", len(text)) + text + body)
    row("f64.safetensors", "Safetensors", array, "little", "geometry in the metadata")
