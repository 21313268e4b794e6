"""NRRD and MetaImage: encodings, detached data, spaces."""
import gzip
import zlib

import numpy as np

from made import LOAD, TO_LPS, add, phantom, rotation, voxels, write

NRRD_TYPES = {"u1": "uchar", "i1": "signed char", "i2": "short", "u2": "ushort", "i4": "int", "u4": "uint",
              "f4": "float", "f8": "double"}


def vector(numbers):
    return "(" + ",".join(repr(float(n)) for n in numbers) + ")"


def nrrd(name, dtype, seed, exercises, encoding="raw", order="<", space="left-posterior-superior", columns=None,
         colour=False, expected=LOAD, shape=(10, 8, 6)):
    lps = rotation(5, 10, -20) @ np.diag([0.7, 0.7, 2.0]) if columns is None else np.asarray(columns, float)
    origin = np.array([12.5, -7.25, 100.0])
    array = phantom(shape, dtype, seed)
    if colour:
        array = np.stack([phantom(shape, dtype, seed + n) for n in range(3)], axis=0)
    to_space = {"right-anterior-superior": TO_LPS, "left-anterior-superior": np.diag([1.0, -1, 1])}.get(space, np.eye(3))
    lines = ["NRRD0004", "# made by tests/data/make.py", f"type: {NRRD_TYPES[dtype]}", f"dimension: {array.ndim}",
             f"space: {space}", "sizes: " + " ".join(map(str, array.shape)),
             "space directions: " + ("none " if colour else "")
             + " ".join(vector((to_space @ lps)[:, a]) for a in range(3)),
             f"space origin: {vector(to_space @ origin)}", f"encoding: {encoding}"]
    if colour:
        lines.append("kinds: RGB-color domain domain domain")
    if encoding != "ascii" and np.dtype(dtype).itemsize > 1:
        lines.append(f"endian: {'little' if order == '<' else 'big'}")
    if encoding == "ascii":
        body = ("\n".join(repr(v) for v in array.ravel(order="F").tolist()) + "\n").encode()
    else:
        body = voxels(array, order)
        body = gzip.compress(body, mtime=0) if encoding == "gzip" else body
    if name.endswith(".nhdr"):
        data = name.replace(".nhdr", ".raw.gz" if encoding == "gzip" else ".raw")
        write(f"nrrd/{data}", body)
        lines.append(f"data file: {data}")
        body = b""
    write(f"nrrd/{name}", ("\n".join(lines) + "\n\n").encode() + body)
    values = np.moveaxis(array, 0, -1) if colour else array
    add(f"nrrd/{name}", "NRRD", values, lps, origin, dtype, "little" if order == "<" else "big", exercises,
        components=3 if colour else 1, expected=expected)


def make_nrrd():
    nrrd("raw_le.nrrd", "u2", 50, "raw, little endian, oblique")
    nrrd("raw_be.nrrd", "i2", 51, "raw, big endian", order=">")
    nrrd("gzip.nrrd", "f4", 52, "gzip", encoding="gzip")
    nrrd("gzip_be.nrrd", "f8", 53, "gzip, big endian", encoding="gzip", order=">")
    nrrd("ascii.nrrd", "i4", 54, "numbers as text", encoding="ascii", shape=(6, 5, 4))
    nrrd("ascii_float.nrrd", "f4", 55, "fractions as text", encoding="ascii", shape=(6, 5, 4))
    nrrd("detached.nhdr", "i2", 56, "header and raw data apart")
    nrrd("detached_gzip.nhdr", "u1", 57, "header and gzip data apart", encoding="gzip")
    nrrd("ras.nrrd", "i1", 58, "space RAS", space="right-anterior-superior")
    nrrd("las.nrrd", "u4", 59, "space LAS", space="left-anterior-superior")
    nrrd("rgb.nrrd", "u1", 60, "a colour axis", colour=True)
    nrrd("sheared.nrrd", "i2", 63, "directions that are not perpendicular",
         columns=[[1, 0.2, 0], [0, 1, 0], [0, 0, 3.0]], expected=LOAD + ", and warn of the shear")


META_TYPES = {"u1": "MET_UCHAR", "i1": "MET_CHAR", "i2": "MET_SHORT", "u2": "MET_USHORT", "i4": "MET_INT",
              "u4": "MET_UINT", "f4": "MET_FLOAT", "f8": "MET_DOUBLE"}


def meta(name, dtype, seed, exercises, order="<", packed=False, turn=(0, 0, 0), channels=1):
    shape, spacing, origin = (9, 10, 5), np.array([1.25, 0.75, 4.0]), np.array([-8.0, 6.5, -1.0])
    direction = rotation(*turn)
    array = np.stack([phantom(shape, dtype, seed + n) for n in range(channels)], axis=0)
    body = voxels(array, order)
    body = zlib.compress(body) if packed else body
    data = "LOCAL" if name.endswith(".mha") else name.replace(".mhd", ".zraw" if packed else ".raw")
    lines = ["ObjectType = Image", "NDims = 3", "BinaryData = True", f"BinaryDataByteOrderMSB = {order == '>'}",
             f"CompressedData = {packed}"]
    if packed:
        lines.append(f"CompressedDataSize = {len(body)}")
    lines += ["TransformMatrix = " + " ".join(repr(float(v)) for v in direction.T.ravel()),
              "Offset = " + " ".join(map(repr, origin.tolist())), "CenterOfRotation = 0 0 0",
              "ElementSpacing = " + " ".join(map(repr, spacing.tolist())), "DimSize = " + " ".join(map(str, shape))]
    if channels > 1:
        lines.append(f"ElementNumberOfChannels = {channels}")
    lines += [f"ElementType = {META_TYPES[dtype]}", f"ElementDataFile = {data}"]
    head = ("\n".join(lines) + "\n").encode()
    write(f"metaimage/{name}", head + body if data == "LOCAL" else head)
    if data != "LOCAL":
        write(f"metaimage/{data}", body)
    values = np.moveaxis(array, 0, -1) if channels > 1 else array[0]
    add(f"metaimage/{name}", "MetaImage", values, direction * spacing, origin, dtype,
        "little" if order == "<" else "big", exercises, components=channels)


def make_meta():
    meta("local.mha", "i2", 70, "header and voxels in one file")
    meta("local_be.mha", "u2", 71, "big endian", order=">")
    meta("oblique.mha", "f4", 72, "a TransformMatrix, whose rows are the axes", turn=(10, -15, 40))
    meta("packed.mha", "i4", 73, "zlib in the same file", packed=True)
    meta("apart.mhd", "u1", 74, "raw voxels apart")
    meta("apart_packed.mhd", "i2", 75, "zlib voxels apart (.zraw)", packed=True, turn=(0, 0, 15))
    meta("vector.mha", "f4", 76, "three channels", channels=3)
