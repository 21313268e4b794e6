"""Compares files with what is expected of them: compare_nibabel.py LIST, where a line has the file's path, type, slope,
intercept, affine (12 numbers) and shape. <path>.f8 has the scaled values. Prints what differs; status 1 then."""
import sys

import nibabel
import numpy as np

TYPES = {"u8": "u1", "i16": "i2", "f32": "f4"}
wrong, files = [], 0
with open(sys.argv[1]) as lines:
    for line in lines:
        path, kind, *numbers = line.split()
        numbers = [float(number) for number in numbers]
        shape = tuple(int(size) for size in numbers[14:])
        image = nibabel.load(path)
        files += 1
        if image.shape != shape:
            wrong.append(f"{path}: shape {image.shape}")
        elif not np.array_equal(np.asarray(image.dataobj, "f8"), np.fromfile(path + ".f8").reshape(shape, order="F")):
            wrong.append(f"{path}: values")
        if image.get_data_dtype() != np.dtype(TYPES[kind]):
            wrong.append(f"{path}: type {image.get_data_dtype()}")
        if (image.dataobj.slope, image.dataobj.inter) != tuple(numbers[:2]):
            wrong.append(f"{path}: scale {image.dataobj.slope} {image.dataobj.inter}")
        if not np.array_equal(image.affine[:3].ravel(), numbers[2:14]):
            wrong.append(f"{path}: affine {image.affine}")
print("\n".join(wrong) or f"{files} files agree")
sys.exit(1 if wrong else 0)
