#!/usr/bin/env python3
"""Makes the volumes that the window's pictures need from the bundled sample: picture_data.py SAMPLE FOLDER

tissue.nii.gz: three labels by the sample's values. frames.nii.gz: eight frames whose bright voxels grow brighter and
fade again, as when a contrast agent passes. large.nii.gz: the sample with four times the voxels along each axis,
which takes a while to be read. microscope.nii: no more than a header and a hole of 128 GiB, which no memory here holds.
"""
import gzip
import math
import struct
import sys

HEADER = 352


def write(path, header, voxels):
    with gzip.open(path, "wb", 1) as out:
        out.write(bytes(header))
        out.write(voxels)


def main(sample, folder):
    with gzip.open(sample, "rb") as file:
        content = file.read()
    assert struct.unpack_from("<h", content, 70)[0] == 2, "expected a sample of 8 bits"
    header = bytearray(content[:HEADER])
    start = int(struct.unpack_from("<f", content, 108)[0])
    voxels = content[start:]
    struct.pack_into("<f", header, 108, HEADER)
    header[348] = 0  # no extensions

    labels = bytes(0 if v < 15 else 1 if v < 70 else 2 if v < 135 else 3 for v in range(256))
    write(f"{folder}/tissue.nii.gz", header, voxels.translate(labels))

    frames = bytearray()
    for n in range(8):
        gain = 0.6 + 0.6 * math.exp(-((n - 3) ** 2) / 3)
        frames += voxels.translate(bytes(min(255, round(v * (gain if v > 70 else 0.7))) for v in range(256)))
    struct.pack_into("<h", header, 40, 4)
    struct.pack_into("<h", header, 48, 8)
    struct.pack_into("<f", header, 92, 1.5)
    write(f"{folder}/frames.nii.gz", header, frames)

    nx, ny, nz = struct.unpack_from("<3h", content, 42)
    large(f"{folder}/large.nii.gz", content[:HEADER], voxels, (nx, ny, nz))
    microscope(f"{folder}/microscope.nii", content[:HEADER])


def large(path, header, voxels, size):
    """Every voxel four times along i and j, and k, as 16 bits."""
    nx, ny, nz = size
    times = 4
    header = bytearray(header)
    struct.pack_into("<3h", header, 42, nx * times, ny * times, nz * times)
    struct.pack_into("<hh", header, 70, 4, 16)  # signed 16 bits
    struct.pack_into("<3f", header, 80, *(0.25,) * 3)
    struct.pack_into("<f", header, 108, HEADER)
    for place in range(280, 328, 16):  # the rows of the affine transform: a quarter of the step
        row = [v / times for v in struct.unpack_from("<3f", header, place)]
        struct.pack_into("<3f", header, place, *row)
    header[348] = 0
    with gzip.open(path, "wb", 1) as out:
        out.write(bytes(header))
        for k in range(nz):
            rows = bytearray()
            for j in range(ny):
                start = (k * ny + j) * nx
                row = b"".join(bytes((v, 0)) * times for v in voxels[start : start + nx])
                rows += row * times
            out.write(bytes(rows) * times)


def microscope(path, header):
    side = 4096
    header = bytearray(header)
    struct.pack_into("<3h", header, 42, side, side, side)
    struct.pack_into("<hh", header, 70, 512, 16)  # unsigned 16 bits
    struct.pack_into("<f", header, 108, HEADER)
    header[348] = 0
    with open(path, "wb") as out:
        out.write(bytes(header))
        out.truncate(HEADER + 2 * side**3)


main(sys.argv[1], sys.argv[2])
