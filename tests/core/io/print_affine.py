"""Prints the affine (RAS, twelve numbers) that nibabel finds in a file, and its values."""
import sys

import nibabel
import numpy as np

image = nibabel.load(sys.argv[1])
print(*(f"{number + 0.0:g}" for number in image.affine[:3].ravel()))
print(*(f"{value:g}" for value in np.asarray(image.dataobj).ravel(order="F")))
