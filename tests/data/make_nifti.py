"""NIfTI-1 and NIfTI-2: every type, both byte orders, all ways to say where the grid lies."""
import gzip
import struct

import nibabel as nib
import numpy as np

from made import LOAD, TO_LPS, add, phantom, rotation, voxels, write


def nifti_header(array, order, version, sform=None, qform=None, slope=0.0, inter=0.0, toffset=0.0, code=None,
                 offset=None):
    make = nib.Nifti1Header if version == 1 else nib.Nifti2Header
    header = make(endianness=order)
    header.set_data_shape(array.shape)
    header["datatype"] = code or nib.nifti1.data_type_codes[array.dtype.newbyteorder("=")]
    header["bitpix"] = array.dtype.itemsize * 8 if code is None else 24
    if qform is not None:
        header.set_qform(qform, code=1)
    if sform is not None:
        header.set_sform(sform, code=1)
        if qform is None:
            header["pixdim"][1:4] = np.linalg.norm(sform[:3, :3], axis=0)
    header["scl_slope"], header["scl_inter"] = slope, inter
    header["vox_offset"] = offset or (352 if version == 1 else 544)
    header["magic"] = b"n+1" if version == 1 else b"n+2\r\n\x1a\n"
    header["xyzt_units"] = 10
    if len(array.shape) > 3:
        header["pixdim"][4] = toffset
    return header.binaryblock + b"\0\0\0\0"


def nifti(name, array, columns, origin, exercises, order="<", version=1, qform=False, slope=0.0, inter=0.0,
          expected=LOAD, between=b""):
    """Columns and origin are RAS, single precision where the header stores them so."""
    affine = np.eye(4)
    affine[:3, :3], affine[:3, 3] = columns, origin
    if version == 1:
        affine = affine.astype(np.float32).astype(float)
    base = 352 if version == 1 else 544
    header = nifti_header(array, order, version, None if qform else affine, affine if qform else None, slope, inter,
                          2.5, offset=base + len(between))
    if between:
        header = header[:-4] + b"\1\0\0\0" + between
    content = header + voxels(array, order)
    write(f"nifti/{name}", gzip.compress(content, mtime=0) if name.endswith(".gz") else content)
    values = array.astype(np.float64)
    if slope != 0:
        values = values * float(np.float32(slope)) + float(np.float32(inter))
    add(f"nifti/{name}", f"NIfTI-{version}", values, TO_LPS @ affine[:3, :3], TO_LPS @ affine[:3, 3], array.dtype,
        "little" if order == "<" else "big", exercises, expected=expected)


def make_nifti():
    ras, origin = np.diag([0.9, 1.1, 2.5]), (-40.5, -30.25, 12.5)
    shape = (11, 9, 7)
    for seed, dtype in enumerate(("u1", "i1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8")):
        order, version = "<>"[seed % 2], 1 + seed // 2 % 2
        name = f"{'le' if order == '<' else 'be'}_v{version}_{dtype}.nii" + (".gz" if seed % 3 == 1 else "")
        nifti(name, phantom(shape, dtype, seed), ras, origin, f"{dtype}, byte order {order}", order, version)
    flipped = np.diag([-2.0, 2.0, 2.0])
    nifti("las.nii", phantom(shape, "i2", 20), flipped, origin, "x runs to the left (negative determinant)")
    oblique = rotation(12, -25, 8) @ np.diag([0.8, 0.9, 3.0])
    nifti("oblique.nii.gz", phantom(shape, "i2", 21), oblique, origin, "sform turned about three axes")
    nifti("oblique_qform.nii", phantom(shape, "i2", 22), rotation(-7, 15, 30) @ np.diag([1, 1, -2.0]), origin,
          "quaternion alone, qfac -1", qform=True)
    sagittal = np.array([[0, 0, 1.5], [1, 0, 0], [0, -1, 0]])
    nifti("sagittal.nii", phantom((12, 14, 5), "u1", 23), sagittal, origin, "permuted axes")
    sheared = oblique @ np.array([[1, 0, 0.0], [0, 1, 0.15], [0, 0, 1]])
    nifti("sheared.nii", phantom(shape, "i2", 24), sheared, origin, "axes that are not perpendicular",
          expected=LOAD + ", and warn of the shear")
    nifti("scaled.nii.gz", phantom(shape, "i2", 25), ras, origin, "scl_slope and scl_inter", slope=0.25, inter=-100)
    nifti("scaled_be.nii", phantom(shape, "u2", 26), ras, origin, "scaling, big endian", ">", slope=-1.5, inter=7)
    nifti("frames.nii.gz", phantom((8, 7, 6, 5), "i2", 27), ras, origin, "4-D: five time points")
    nifti("frames_be.nii", phantom((6, 5, 4, 3, 2), "f4", 28), ras, origin, "5-D, big endian", ">", 2)
    holes = phantom(shape, "f4", 29)
    holes[0, 0, 0], holes[1, 2, 3], holes[10, 0, 6] = np.nan, np.inf, -np.inf
    nifti("nonfinite.nii", holes, ras, origin, "NaN and both infinities")
    nifti("extension.nii", phantom(shape, "u1", 30), ras, origin, "a header extension before the voxels",
          between=struct.pack("<ii", 32, 6) + b"<!-- a comment -->".ljust(24, b"\0"))
    nifti("one_voxel.nii", phantom((1, 1, 1), "i2", 31), ras, origin, "a single voxel")
    colour = np.stack([phantom(shape, "u1", seed) for seed in (32, 33, 34)], axis=-1)
    affine = np.eye(4)
    affine[:3, :3], affine[:3, 3] = np.diag([1.0, 1, 2]), origin
    body = np.moveaxis(colour, -1, 0).tobytes(order="F")
    write("nifti/rgb.nii", nifti_header(colour[..., 0], "<", 1, affine, code=128) + body)
    add("nifti/rgb.nii", "NIfTI-1", colour, TO_LPS @ affine[:3, :3], TO_LPS @ affine[:3, 3], "u1", "little",
        "RGB24", components=3)
    pair = phantom(shape, "i2", 35)
    affine[:3, :3] = ras
    header = bytearray(nifti_header(pair, "<", 1, affine)[:348])
    struct.pack_into("<f", header, 108, 0)
    header[344:348] = b"ni1\0"
    write("nifti/pair.hdr", bytes(header))
    write("nifti/pair.img", voxels(pair, "<"))
    add("nifti/pair.hdr", "NIfTI-1 pair", pair, TO_LPS @ affine[:3, :3].astype("f4"), TO_LPS @ affine[:3, 3], "i2",
        "little", "header and image apart")
