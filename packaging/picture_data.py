#!/usr/bin/env python3
"""Makes the volumes that the window's pictures need from the bundled sample: picture_data.py SAMPLE FOLDER

tissue.nii.gz: three labels by the sample's values. frames.nii.gz: eight frames whose bright voxels grow brighter and
fade again, as when a contrast agent passes.
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


main(sys.argv[1], sys.argv[2])
