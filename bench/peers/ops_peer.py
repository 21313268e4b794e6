#!/usr/bin/python3
"""Operations on a volume in memory with numpy and scipy, torch, VTK, nibabel or MRtrix: whichever --tool names first.

Volumes are arrays indexed [k, j, i]. All work in index space, on the grids of turned_grid.h.
"""
import math

import numpy as np
import peer

LOW, HIGH = 1, 99


def volume(given, data, middle=False):
    import nibabel
    array = np.asarray(nibabel.load(peer.plain(given, data)).dataobj).T
    if middle:
        array = array[tuple(slice(n // 4, n // 4 + n // 2) for n in array.shape)]
    return np.ascontiguousarray(array)


def turned(of, size, spacing):
    """Matrix and offset from a turned grid's (i, j, k) to the volume's."""
    c, s = math.cos(math.radians(20)), math.sin(math.radians(20))
    d, t = math.cos(math.radians(10)), math.sin(math.radians(10))
    matrix = np.array([[c, -s, 0], [d * s, d * c, -t], [t * s, t * c, d]])
    middle = (np.array(of, float) - 1) / 2
    return matrix * spacing, middle - matrix @ ((np.array(size, float) - 1) / 2 * spacing)


def grid_of(operation, shape):
    """Size (i, j, k), matrix and offset of what an operation samples."""
    of = shape[::-1]
    if operation == "up2":
        return tuple(2 * n for n in of), np.diag([0.5] * 3), np.array([-0.25] * 3)
    size, spacing = ((512, 512, 1), 0.5) if operation == "slice" else (of, 1)
    return (size, *turned(of, size, spacing))


class Numpy:
    def __init__(self, given, operation, data, array):
        self.array, self.operation = array, operation

    def run(self):
        from scipy import ndimage
        a = self.array
        match self.operation:
            case "zscore":
                return (a - a.mean()) / a.std()
            case "minmax":
                low, high = a.min(), a.max()
                return (a - low) / (high - low)
            case "clip":
                low, high = np.percentile(a, (LOW, HIGH))
                return np.clip((a - np.float32(low)) / np.float32(high - low), 0, 1)
            case "cast_f16":
                return a.astype(np.float16)
            case "cast_i16":
                return np.rint(a).astype(np.int16)
            case "permute":
                return np.ascontiguousarray(a.T)
        size, matrix, offset = grid_of(self.operation, a.shape)
        return ndimage.affine_transform(a, matrix[::-1, ::-1], offset[::-1], size[::-1], mode="constant",
                                        order=3 if self.operation == "cubic" else 1)


class Torch:
    def __init__(self, given, operation, data, array):
        import torch
        torch.set_num_threads(given.threads)
        self.torch, self.tensor, self.operation = torch, torch.from_numpy(array), operation

    def run(self):
        torch, a = self.torch, self.tensor
        match self.operation:
            case "zscore":
                return (a - a.mean()) / a.std(unbiased=False)
            case "minmax":
                low, high = torch.aminmax(a)
                return (a - low) / (high - low)
            case "cast_f16":
                return a.half()
            case "cast_bf16":
                return a.bfloat16()
            case "cast_i16":
                return a.round().short()
            case "permute":
                return a.permute(2, 1, 0).contiguous()
            case "up2":
                return torch.nn.functional.interpolate(a[None, None], scale_factor=2, mode="trilinear")[0, 0]
        raise ValueError(self.operation)


class Vtk:
    def __init__(self, given, operation, data, array):
        import vtk
        from vtk.util import numpy_support
        vtk.vtkMultiThreader.SetGlobalDefaultNumberOfThreads(given.threads)
        vtk.vtkMultiThreader.SetGlobalMaximumNumberOfThreads(given.threads)
        self.vtk, self.support, self.operation, self.shape = vtk, numpy_support, operation, array.shape
        self.image = vtk.vtkImageData()
        self.image.SetDimensions(array.shape[::-1])
        self.image.GetPointData().SetScalars(numpy_support.numpy_to_vtk(array.ravel(), deep=True))

    def filter(self):
        vtk = self.vtk
        if self.operation == "permute":
            out = vtk.vtkImagePermute()
            out.SetFilteredAxes(2, 1, 0)
        elif self.operation == "cast_i16":
            out = vtk.vtkImageCast()
            out.SetOutputScalarTypeToShort()
        else:
            size, matrix, offset = grid_of(self.operation, self.shape)
            axes = vtk.vtkMatrix4x4()
            spacing = np.linalg.norm(matrix, axis=0)
            for row in range(3):
                for column in range(3):
                    axes.SetElement(row, column, matrix[row, column] / spacing[column])
                axes.SetElement(row, 3, offset[row])
            out = vtk.vtkImageReslice()
            out.SetResliceAxes(axes)
            out.SetOutputSpacing(spacing)
            out.SetOutputOrigin(0, 0, 0)
            out.SetOutputExtent(0, size[0] - 1, 0, size[1] - 1, 0, size[2] - 1)
            if self.operation == "cubic":
                out.SetInterpolationModeToCubic()
            else:
                out.SetInterpolationModeToLinear()
        out.SetInputData(self.image)
        return out

    def run(self):
        out = self.filter()
        out.Update()
        return self.support.vtk_to_numpy(out.GetOutput().GetPointData().GetScalars())


class Nibabel:
    def __init__(self, given, operation, data, array):
        import nibabel
        self.image = nibabel.Nifti1Image(array.T, np.eye(4))

    def run(self):
        turned_image = self.image.as_reoriented(np.array([[2, 1], [1, 1], [0, 1]]))
        return np.array(turned_image.dataobj, order="F").T


class Mrtrix:
    """mrgrid, from file to file: MRtrix has no library that others link to."""

    def __init__(self, given, operation, data, array):
        import nibabel
        self.source = peer.output(given, ".in.nii")
        self.target = peer.output(given, ".nii")
        nibabel.save(nibabel.Nifti1Image(array.T, np.eye(4)), self.source)
        self.threads = given.threads

    def run(self):
        import subprocess
        subprocess.run(["mrgrid", self.source, "regrid", "-scale", "2", "-interp", "linear", "-nthreads",
                        str(self.threads - 1), "-quiet", "-force", self.target], check=True)
        return None

    def outcome(self, _):
        import nibabel
        return probes(np.asarray(nibabel.load(self.target).dataobj).T)


def probes(result):
    """As probesOf in peer.h."""
    if not isinstance(result, np.ndarray):
        result = result.float().numpy()
    flat = result.ravel()
    share = flat.size // 64
    return ",".join(f"{float(flat[n * 2 * share + share + share * 37 // 100]):.7g}" for n in range(32))


def perform(given, operation, data):
    kind = {"numpy": Numpy, "torch": Torch, "VTK": Vtk, "nibabel": Nibabel,
            "MRtrix": Mrtrix}[given.tool.split(",")[0]]
    if operation == "load_zscore":
        def load():
            return Numpy(given, "zscore", data, volume(given, data)).run()
        peer.measure(given, operation, data, load, probes)
        return
    work = kind(given, operation, data, volume(given, data, operation in ("up2", "cubic")))
    peer.measure(given, operation, data, work.run, getattr(work, "outcome", probes))


if __name__ == "__main__":
    wanted = peer.options()
    for task in wanted.tasks:
        name, _, where = task.partition(":")
        perform(wanted, name, where)
