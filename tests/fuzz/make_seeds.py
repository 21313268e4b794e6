#!/usr/bin/python3
"""Seeds for the harnesses from tests/data, in the form that each harness reads (see the top of its source).

    make_seeds.py FOLDER      writes FOLDER/HARNESS/*
    make_seeds.py --corpus    writes tests/fuzz/corpus: what tests/data has no file of
"""
import bz2
import gzip
import pathlib
import re
import struct
import sys
import zlib

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"

# The harness's numbers for the names of files.
SINGLE = {".nii": 0, ".nrrd": 3, ".mha": 5, ".mgh": 8}
PACKED_NIFTI, PAIR, NHDR, MHD, PACKED_PAIR, PACKED_MGH = 1, 2, 4, 6, 7, 9

CONTAINERS = 8  # that rewrite_fuzz chooses from


def with_data(kind, header, data):
    return bytes([kind]) + struct.pack("<H", len(header)) + header + data


def detached(header):
    """The header with its data file's name as the harness has it, and the bytes of that file."""
    text = header.read_bytes()
    found = re.search(rb"(?im)^(data file:|ElementDataFile =) *(\S+)\s*$", text)
    name = found.group(2).decode() if found else ""
    if not name or not (header.parent / name).is_file():
        return text, b""
    return text.replace(found.group(2), b"x.raw"), (header.parent / name).read_bytes()


def header_seeds():
    for path in sorted(DATA.rglob("*")):
        name = path.relative_to(DATA).as_posix().replace("/", "_")
        if path.name.endswith(".nii.gz"):
            try:
                yield name, bytes([PACKED_NIFTI]) + gzip.decompress(path.read_bytes())
            except (OSError, EOFError, zlib.error):
                pass  # the damaged ones are the other harness's
        elif path.suffix in SINGLE:
            yield name, bytes([SINGLE[path.suffix]]) + path.read_bytes()
            if path.suffix == ".mgh":
                yield name + "_packed", bytes([PACKED_MGH]) + path.read_bytes()
        elif path.suffix == ".hdr":
            data = path.with_suffix(".img").read_bytes()
            yield name, with_data(PAIR, path.read_bytes(), data)
            yield name + "_packed", with_data(PACKED_PAIR, path.read_bytes(), data)
        elif path.suffix in (".nhdr", ".mhd"):
            yield name, with_data(NHDR if path.suffix == ".nhdr" else MHD, *detached(path))


def rewrite_seeds():
    for n, (name, seed) in enumerate(header_seeds()):
        yield name, bytes([n % CONTAINERS]) + seed


def gzip_seeds():
    regions = struct.pack("<14H", 1, 2, 1, 2, 1, 1, 0, 3, 9, 2, 5, 0, 3, 1)
    smooth = bytes((x * x + 3 * y) % 251 for y in range(16) for x in range(128))
    for path in sorted(DATA.rglob("*.nii.gz")):
        yield path.name, b"\0" + regions + path.read_bytes()
    for level in (0, 1, 6, 9):
        for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY):
            packer = zlib.compressobj(level, zlib.DEFLATED, -15, 8, strategy)
            stream = packer.compress(smooth) + packer.flush()
            yield f"stream_{level}_{strategy}", b"\1" + regions + stream
    for plan in ((0, 0, 0), (1, 0x11, 1), (6, 0x03, 0), (6, 0x31, 3), (9, 0x23, 2)):
        yield "voxels_%d_%d_%d" % plan, b"\2" + regions + bytes(plan) + smooth


def index_seeds():
    regions = struct.pack("<14H", 5, 60, 40, 9, 9, 20, 0, 90, 1, 100, 4, 80, 30, 0)
    for kind in (0, 1):
        yield f"unchanged_{kind}", bytes([kind]) + regions
        # Fields of the table's head, sizes of chunks, and fields of points.
        for place in (0, 1, 2, 10, 14, 17, 20, 30, 40, 52, 56, 100, 140, 160, 180, 200):
            yield f"changed_{kind}_{place}", bytes([kind]) + regions + b"\1" + struct.pack("<HB", place, 3)
        yield f"replaced_{kind}", bytes([kind]) + regions + b"\0" + struct.pack("<H", 14) + bytes(range(40))


def nrrd(fields, data=b"", kind=3):
    header = ("NRRD0005\n" + "\n".join(fields) + "\n\n").encode()
    return bytes([kind]) + header + data if kind == 3 else with_data(kind, header, data)


def header_specials():
    cube = ["type: uchar", "dimension: 3", "sizes: 3 2 2"]
    data = bytes(range(12))
    yield "nrrd_hex", nrrd(cube + ["encoding: hex"], data.hex().encode())
    yield "nrrd_bzip2", nrrd(cube + ["encoding: bzip2"], bz2.compress(data))
    yield "nrrd_pattern", nrrd(cube + ["encoding: raw", "data file: x%d.raw 1 2 1"], data[:6], NHDR)
    listed = ["encoding: ascii", "line skip: 1", "data file: LIST", "x1.raw", "x2.raw"]
    yield "nrrd_list", nrrd(cube + listed, b"skipped\n1 2 3 4 5 6", NHDR)
    yield "nrrd_last_bytes", nrrd(cube + ["encoding: raw", "byte skip: -1", "data file: x.raw"], b"skipped" + data, NHDR)
    packed = ["encoding: gzip", "byte skip: -1"]
    yield "nrrd_last_bytes_packed", nrrd(cube + packed, gzip.compress(b"skipped" + data, mtime=0))
    axes = ["type: short", "endian: big", "dimension: 5", "sizes: 2 3 2 1 2", "kinds: space vector space space time",
            "spacings: 1 nan 2 3 4", "space: RAS", "encoding: raw"]
    yield "nrrd_axes_among_each_other", nrrd(axes, bytes(range(48)))
    meta = "ObjectType = Image\nNDims = 3\nDimSize = 3 2 2\nElementType = MET_UCHAR\n"
    for name, rest, given in (("list", "ElementDataFile = LIST\nx1.raw\nx2.raw\n", data[:6]),
                              ("pattern", "ElementDataFile = x%d.raw 1 2 1\n", data[:6]),
                              ("last_bytes", "HeaderSize = -1\nElementDataFile = x.raw\n", b"skipped" + data),
                              ("text", "BinaryData = False\nElementDataFile = x.raw\n", b"1 2 3 4 5 6 7 8 9 10 11 12")):
        yield "meta_" + name, with_data(MHD, (meta + rest).encode(), given)


def gzip_specials():
    """Headers with every optional part, flushes of every kind, and what may follow the end."""
    regions = struct.pack("<14H", 0, 3, 1, 2, 1, 2, 0, 5, 6, 0, 7, 2, 1, 0)
    plain = (DATA / "nifti" / "las.nii").read_bytes()
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    flushes = (zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_PARTIAL_FLUSH, zlib.Z_NO_FLUSH, zlib.Z_SYNC_FLUSH)
    stream = b""
    for n, begin in enumerate(range(0, len(plain), 256)):
        stream += packer.compress(plain[begin:begin + 256]) + packer.flush(flushes[n % len(flushes)])
    stream += packer.flush()
    trailer = struct.pack("<II", zlib.crc32(plain), len(plain))
    optional = b"\x1f\x8b\x08\x1e\0\0\0\0\2\3" + b"\6\0BC\2\0\1\2" + b"name\0" + b"comment\0"
    optional += struct.pack("<H", zlib.crc32(optional) & 0xFFFF)
    whole = optional + stream + trailer
    for name, file in (("optional_parts", whole), ("zeros_follow", whole + bytes(40)), ("text_follows", whole + b"note"),
                       ("length_wrong", whole[:-4] + b"\1\0\0\0"), ("ends_in_trailer", whole[:-3]),
                       ("no_last_block", optional + stream[:-2])):
        yield name, b"\0" + regions + file


def write(root, harness, seeds):
    folder = root / harness
    folder.mkdir(parents=True, exist_ok=True)
    for name, seed in seeds:
        (folder / name).write_bytes(seed)


def main():
    if sys.argv[1] == "--corpus":
        root = pathlib.Path(__file__).resolve().parent / "corpus"
        write(root, "header", header_specials())
        write(root, "gzip", gzip_specials())
        write(root, "index", ((name, seed) for name, seed in index_seeds() if name.endswith(("_0", "_1", "_14", "_40"))))
        write(root, "rewrite", ((name, bytes([n % CONTAINERS]) + seed) for n, (name, seed) in enumerate(header_specials())))
    else:
        root = pathlib.Path(sys.argv[1])
        write(root, "header", header_seeds())
        write(root, "gzip", gzip_seeds())
        write(root, "rewrite", rewrite_seeds())
        write(root, "index", index_seeds())


if __name__ == "__main__":
    main()
