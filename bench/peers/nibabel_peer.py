#!/usr/bin/python3
"""nibabel. It reads .gz through indexed_gzip where that is installed: with --indexed-gzip here, without by default."""
import os

import nibabel
import nibabel.openers
import numpy as np
import peer

TYPES = {"int16": "i16", "float32": "f32", "uint8": "u8"}


def describe(image):
    grid = "x".join(str(n) for n in image.shape)
    spacing = "x".join(f"{s:.4g}" for s in image.header.get_zooms())
    return f"{grid} {TYPES[image.get_data_dtype().name]} {spacing}"


def open_header(given, operation, data):
    peer.measure(given, operation, data, lambda: nibabel.load(peer.plain(given, data)), describe)


def materialise(given, operation, data):
    peer.measure(given, operation, data, lambda: nibabel.load(peer.plain(given, data)).get_fdata(dtype=np.float32),
                 peer.crc)


def load(given, operation, data):
    path = peer.gzipped(given, data)
    peer.measure(given, operation, data, lambda: nibabel.load(path).dataobj.get_unscaled(), peer.crc)


def crop(given, operation, data):
    path = peer.plain(given, data) if operation == "crop" else peer.gzipped(given, data)

    def run():
        image = nibabel.load(path)
        return np.array(image.dataobj[peer.middle(image.shape)])

    peer.measure(given, operation, data, run, peer.crc)


def save(given, operation, data):
    source = nibabel.load(peer.plain(given, data))
    image = nibabel.Nifti1Image(np.array(source.dataobj.get_unscaled(), order="F"), source.affine)
    path = peer.output(given, ".nii.gz" if operation == "save_gz" else ".nii")
    if given.level >= 0:
        nibabel.openers.Opener.default_compresslevel = given.level

    def remove():
        if os.path.exists(path):
            os.remove(path)

    peer.measure(given, operation, data, lambda: nibabel.save(image, path),
                 lambda _: (peer.crc_of_file(path), os.path.getsize(path)), before=remove)
    remove()


if __name__ == "__main__":
    wanted = peer.options()
    nibabel.openers.HAVE_INDEXED_GZIP = wanted.indexed_gzip
    peer.perform_all(wanted, {"open": open_header, "materialise": materialise, "load_gz": load, "crop": crop,
                              "crop_gz": crop, "save_gz": save, "save_nii": save})
