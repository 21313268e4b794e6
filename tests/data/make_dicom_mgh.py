"""A DICOM series of four slices, and an MGH file."""
import struct

import numpy as np

from made import TO_LPS, add, phantom, rotation, voxels, write


def make_mgh():
    array = phantom((9, 8, 7), "i2", 90)
    columns = rotation(0, 20, 5) @ np.diag([1.0, 1.0, 1.5])
    centre = np.array([3.0, -12.0, 20.0])
    spacing = np.linalg.norm(columns, axis=0)
    header = struct.pack(">7ih", 1, 9, 8, 7, 1, 4, 0, 1) + struct.pack(">3f", *spacing)
    header += struct.pack(">9f", *(columns / spacing).T.ravel()) + struct.pack(">3f", *centre)
    write("mgh/oblique.mgh", header.ljust(284, b"\0") + voxels(array, ">"))
    origin = centre - columns @ (np.array(array.shape) / 2)
    add("mgh/oblique.mgh", "MGH", array, TO_LPS @ columns, TO_LPS @ origin, "i2", "big",
        "the centre instead of the origin")


def element(group, number, vr, value):
    if isinstance(value, str):
        value = value.encode()
    elif isinstance(value, int):
        value = struct.pack("<H", value)
    if len(value) % 2:
        value += b"\0" if vr == "UI" else b" "
    size = struct.pack("<HI", 0, len(value)) if vr in ("OW", "OB") else struct.pack("<H", len(value))
    return struct.pack("<HH", group, number) + vr.encode() + size + value


def ct_slice(pixels, number, position, orientation):
    uid, ct = "2.25.9041", "1.2.840.10008.5.1.4.1.1.2"
    meta_group = (element(2, 0x01, "OB", b"\0\1") + element(2, 0x02, "UI", ct)
                  + element(2, 0x03, "UI", f"{uid}.3.{number}") + element(2, 0x10, "UI", "1.2.840.10008.1.2.1")
                  + element(2, 0x12, "UI", f"{uid}.9"))
    parts = [element(8, 0x16, "UI", ct), element(8, 0x18, "UI", f"{uid}.3.{number}"), element(8, 0x60, "CS", "CT"),
             element(0x10, 0x10, "PN", "Made^Up"), element(0x18, 0x50, "DS", "2.5"),
             element(0x20, 0x0D, "UI", f"{uid}.1"), element(0x20, 0x0E, "UI", f"{uid}.2"),
             element(0x20, 0x11, "IS", "1"), element(0x20, 0x13, "IS", str(number)),
             element(0x20, 0x32, "DS", "\\".join(f"{v:.10g}" for v in position)),
             element(0x20, 0x37, "DS", "\\".join(f"{v:.12g}" for v in orientation)),
             element(0x20, 0x52, "UI", f"{uid}.4"), element(0x28, 0x02, "US", 1),
             element(0x28, 0x04, "CS", "MONOCHROME2"), element(0x28, 0x10, "US", pixels.shape[1]),
             element(0x28, 0x11, "US", pixels.shape[0]), element(0x28, 0x30, "DS", "0.8\\0.6"),
             element(0x28, 0x100, "US", 16), element(0x28, 0x101, "US", 12), element(0x28, 0x102, "US", 11),
             element(0x28, 0x103, "US", 0), element(0x28, 0x1050, "DS", "40"), element(0x28, 0x1051, "DS", "400"),
             element(0x28, 0x1052, "DS", "-1024"), element(0x28, 0x1053, "DS", "1"),
             element(0x7FE0, 0x10, "OW", pixels.astype("<u2").tobytes(order="F"))]
    group = element(2, 0, "UL", struct.pack("<I", len(meta_group)))
    return b"\0" * 128 + b"DICM" + group + meta_group + b"".join(parts)


def make_dicom():
    pixels = phantom((16, 12, 4), "u2", 100) // 8  # 12 bits
    direction = rotation(0, 0, 10)
    columns, origin = direction @ np.diag([0.6, 0.8, 2.5]), np.array([-100.0, -50.0, 30.0])
    # Neither the names nor the instance numbers follow the positions.
    for k, (name, number) in enumerate((("c", 7), ("a", 2), ("d", 9), ("b", 4))):
        content = ct_slice(pixels[:, :, k], number, origin + k * columns[:, 2], direction[:, :2].T.ravel())
        write(f"dicom/ct_4/{name}.dcm", content)
    add("dicom/ct_4/", "DICOM series", pixels.astype(float) - 1024, columns, origin, "u2", "little",
        "four slices out of order, rescaled, turned in the plane", kind="dser")
