"""What the Python programs have in common; the same rules as peer.h: options, timing, checks, a JSON line a sample."""
import argparse
import gzip
import json
import os
import re
import struct
import time
import zlib

MOST_SAMPLES = 7
BUDGET_MS = 1000
CROP = 64


def options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--volumes", required=True)
    parser.add_argument("--scratch", required=True)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--level", type=int, default=-1)
    parser.add_argument("--first", action="store_true")
    parser.add_argument("--indexed-gzip", action="store_true", help="let nibabel read .gz through indexed_gzip")
    parser.add_argument("tasks", nargs="+", metavar="OPERATION:DATA")
    return parser.parse_args()


def plain(given, data):
    return os.path.join(given.volumes, data + ".nii")


def gzipped(given, data):
    return os.path.join(given.volumes, "gz", data + ".nii.gz")


def output(given, extension):
    return os.path.join(given.scratch, re.sub(r"[^A-Za-z0-9]", "_", given.tool) + extension)


def crc(voxels):
    """Of an array's bytes, first axis fastest."""
    return f"{zlib.crc32(voxels.tobytes(order='F')):08x}"


def crc_of_file(path):
    """Of the voxels in a NIfTI-1 file, as Python's own gzip reads it."""
    value = 0
    with gzip.open(path) if path.endswith(".gz") else open(path, "rb") as file:
        header = file.read(348)
        if struct.unpack_from("<i", header)[0] != 348:
            raise ValueError(f"{path}: is not NIfTI-1")
        file.seek(int(struct.unpack_from("<f", header, 108)[0]))
        while block := file.read(1 << 20):
            value = zlib.crc32(block, value)
    return f"{value:08x}"


def middle(shape):
    return tuple(slice((n - CROP) // 2, (n - CROP) // 2 + CROP) for n in shape)


def measure(given, operation, data, run, outcome, before=None):
    """`run()` is timed; `outcome(its result)` gives the check, or the check and the written bytes."""
    used, samples, warm = 0.0, 0, False
    while samples < (1 if given.first else MOST_SAMPLES) and (samples == 0 or used < BUDGET_MS):
        if before:
            before()
        processor, begin = time.process_time(), time.perf_counter()
        result = run()
        ms = (time.perf_counter() - begin) * 1e3
        processor = (time.process_time() - processor) * 1e3
        found = outcome(result)
        result = None
        first, warm = not warm, True
        if first and not given.first and ms < BUDGET_MS:
            continue
        used += ms
        samples += 1
        check, size = found if isinstance(found, tuple) else (found, 0)
        line = {"operation": operation, "data": data, "tool": given.tool, "ms": ms, "processor": processor,
                "threads": given.threads, "check": check, "note": "first run" if first else ""}
        if size:
            line["bytes"] = size
        print(json.dumps(line), flush=True)


def perform_all(given, operations):
    """`operations`: name → function(given, operation, data)."""
    for task in given.tasks:
        operation, _, data = task.partition(":")
        operations[operation](given, operation, data)
