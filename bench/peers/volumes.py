#!/usr/bin/python3
"""Makes the volumes that all tools work on, from the head template ch2 in Debian's mricron-data.

    volumes.py FOLDER [--quick]

Twice with the same seed gives the same files. FOLDER gets NAME.nii, gz/NAME.nii.gz (zlib level 6, as ITK writes, no
name and no time in the header) and made.json, which says that all is there and what is in it: the checks that every
tool's result must meet. The gzipped files have a folder of their own, since nifti_clib, asked for NAME.nii.gz, reads
the voxels of a NAME.nii beside it.

    m256_i16     MR-like, 256³: magnitudes with noise of a complex signal
    m256_f32     the same before rounding, times a smooth field: mantissas without a pattern
    ct512_i16    CT-like, 512×512×300: Hounsfield units with noise, -1024 outside the round field of view
    m256_labels  label map, u8: the brain's tissue classes cut into parcels, smooth as an atlas is
"""
import argparse
import gzip
import json
import os
import sys
import zlib

import nibabel
import numpy as np

HEAD = "/usr/share/mricron/templates/ch2.nii.gz"
BRAIN = "/usr/share/mricron/templates/ch2bet.nii.gz"  # the same head without skull and skin
SEED = 20
RECIPE = 1  # raise it when the volumes change
CROP = 64


def positions(count, available):
    """For `count` samples over `available` voxels, edge to edge: the two neighbours and the share of the second."""
    centre = np.clip((np.arange(count) + 0.5) * available / count - 0.5, 0, available - 1)
    low = np.minimum(centre.astype(int), available - 2)
    return low, (centre - low).astype(np.float32)


def resized_plane(plane, shape):
    """Bilinear."""
    low, share = positions(shape[0], plane.shape[0])
    plane = plane[low] * (1 - share[:, None]) + plane[low + 1] * share[:, None]
    low, share = positions(shape[1], plane.shape[1])
    return plane[:, low] * (1 - share) + plane[:, low + 1] * share


def planes(template, shape):
    """The template's slices, trilinearly resized, k rising."""
    low, share = positions(shape[2], template.shape[2])
    for k in range(shape[2]):
        plane = template[:, :, low[k]] * (1 - share[k]) + template[:, :, low[k] + 1] * share[k]
        yield k, resized_plane(plane, shape[:2])


def noise(rng, shape, deviation):
    return rng.standard_normal(shape, dtype=np.float32) * np.float32(deviation)


def mr(template, shape, rng):
    whole = np.empty(shape, np.int16, order="F")
    scaled = np.empty(shape, np.float32, order="F")
    x, y = np.meshgrid(*(np.linspace(-1, 1, n, dtype=np.float32) for n in shape[:2]), indexing="ij")
    for k, plane in planes(template, shape):
        magnitude = np.hypot(plane * 4 + noise(rng, shape[:2], 12), noise(rng, shape[:2], 12))
        whole[:, :, k] = np.rint(magnitude)
        field = 1 + 0.2 * x * y + 0.1 * np.float32(2 * k / shape[2] - 1)
        scaled[:, :, k] = magnitude * field
    return whole, scaled


def ct(template, shape, rng):
    out = np.empty(shape, np.int16, order="F")
    x, y = np.meshgrid(*(np.arange(n) - (n - 1) / 2 for n in shape[:2]), indexing="ij")
    inside = np.hypot(x / shape[0], y / shape[1]) <= 0.5
    for k, plane in planes(template, shape):
        tissue = plane > 8
        units = np.where(tissue, plane * 6 - 400, np.float32(-1000))
        units += noise(rng, shape[:2], 1) * np.where(tissue, np.float32(14), np.float32(6))
        out[:, :, k] = np.clip(np.rint(np.where(inside, units, -1024)), -1024, 3071)
    return out


def smoothed(volume, times=3):
    """Binomial weights along each axis."""
    for axis in range(3):
        for _ in range(times):
            volume = (np.roll(volume, 1, axis) + 2 * volume + np.roll(volume, -1, axis)) / 4
    return volume


def labels(template, shape, rng, parcels=40):
    """Three tissue classes by brightness, each cut into the cells of the nearest of some random points."""
    out = np.empty(shape, np.uint8, order="F")
    points = (rng.random((parcels, 3)) * np.array(shape)).astype(np.float32)
    x, y = np.meshgrid(*(np.arange(n, dtype=np.float32) for n in shape[:2]), indexing="ij")
    for k, plane in planes(template, shape):
        nearest = np.full(shape[:2], np.inf, np.float32)
        cell = np.zeros(shape[:2], np.uint8)
        for number, (px, py, pz) in enumerate(points):
            distance = (x - px) ** 2 + (y - py) ** 2 + (k - pz) ** 2
            closer = distance < nearest
            nearest[closer] = distance[closer]
            cell[closer] = number
        tissue = np.digitize(plane, (40, 75, 110)).astype(np.uint8)
        out[:, :, k] = np.where(tissue > 0, (tissue - 1) * parcels + cell + 1, 0)
    return out


def crc(voxels):
    return f"{zlib.crc32(voxels.tobytes(order='F')):08x}"


def middle(voxels):
    return voxels[tuple(slice((n - CROP) // 2, (n - CROP) // 2 + CROP) for n in voxels.shape)]


def store(folder, name, voxels, spacing):
    """Writes one volume both ways and returns what its results are checked by."""
    path = os.path.join(folder, name + ".nii")
    image = nibabel.Nifti1Image(voxels, np.diag([-spacing[0], -spacing[1], spacing[2], 1.0]))
    image.header.set_xyzt_units("mm")
    nibabel.save(image, path)
    with open(path, "rb") as plain, open(os.path.join(folder, "gz", name + ".nii.gz"), "wb") as file:
        with gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            while block := plain.read(1 << 24):
                packed.write(block)
    types = {"int16": "i16", "float32": "f32", "uint8": "u8"}
    grid = "x".join(str(n) for n in voxels.shape)
    return {
        "open": f"{grid} {types[voxels.dtype.name]} {'x'.join(f'{s:.4g}' for s in spacing)}",
        "f32": crc(voxels.astype(np.float32)),
        "crop": crc(middle(voxels)),
        "voxels": crc(voxels),
    }


def main():
    parser = argparse.ArgumentParser(description="Makes the volumes for the comparison with other tools.")
    parser.add_argument("folder")
    parser.add_argument("--quick", action="store_true", help="small ones, to see whether everything runs")
    options = parser.parse_args()
    made = os.path.join(options.folder, "made.json")
    wanted = {"recipe": RECIPE, "seed": SEED, "quick": options.quick}
    if os.path.exists(made):
        with open(made, encoding="utf-8") as file:
            if {key: value for key, value in json.load(file).items() if key != "checks"} == wanted:
                return
        os.remove(made)
    os.makedirs(os.path.join(options.folder, "gz"), exist_ok=True)
    mr_shape, ct_shape = ((96, 96, 96), (160, 160, 96)) if options.quick else ((256, 256, 256), (512, 512, 300))
    mr_name, ct_name = f"m{mr_shape[0]}", f"ct{ct_shape[0]}"
    print(f"volumes: making {mr_name} and {ct_name} in {options.folder}", file=sys.stderr)
    head, brain = (np.asarray(nibabel.load(path).dataobj).astype(np.float32) for path in (HEAD, BRAIN))
    rng = np.random.default_rng(SEED)
    whole, scaled = mr(head, mr_shape, rng)
    cube = (1.0, 1.0, 1.0)
    checks = {
        mr_name + "_i16": store(options.folder, mr_name + "_i16", whole, cube),
        mr_name + "_f32": store(options.folder, mr_name + "_f32", scaled, cube),
        mr_name + "_labels": store(options.folder, mr_name + "_labels", labels(smoothed(brain), mr_shape, rng), cube),
        ct_name + "_i16": store(options.folder, ct_name + "_i16", ct(head, ct_shape, rng), (0.7, 0.7, 1.0)),
    }
    with open(made + ".part", "w", encoding="utf-8") as file:
        json.dump({**wanted, "checks": checks}, file, indent=1)
    os.replace(made + ".part", made)


if __name__ == "__main__":
    main()
