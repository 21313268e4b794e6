#!/usr/bin/env python3
"""Writes ui/render/color_tables.cpp: the colour maps that are tables, 256 entries each.

Needs Debian's python3-matplotlib (viridis, inferno, magma, plasma, cividis, turbo) and the file batlow.cpt of Debian's
gmt-common (/usr/share/gmt/cpt/SCM/batlow.cpt). The maps that are formulas (gray, hot, bone, jet) are in color_map.cpp.

Usage: make_tables.py BATLOW.CPT > ui/render/color_tables.cpp
"""
import sys

from matplotlib import cm

NAMES = ["viridis", "inferno", "magma", "plasma", "cividis", "turbo"]
BYTES_A_LINE = 18  # entries: 108 characters


def from_matplotlib(name):
    # Rounded here: matplotlib's own bytes are cut off, one below the published ones as often as not.
    colours = cm.get_cmap(name, 256)(range(256))
    return [tuple(int(255 * c + 0.5) for c in colour[:3]) for colour in colours]


def from_cpt(path):
    entries = []
    last = None
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            fields = line.split()
            if len(fields) == 4 and fields[1].count("/") == 2:
                entries.append(tuple(int(c) for c in fields[1].split("/")))
                last = tuple(int(c) for c in fields[3].split("/"))
    entries.append(last)
    # A palette of N colours has N - 1 segments; the last segment's end is the last colour.
    if len(entries) not in (256, 257):
        raise SystemExit(f"{path}: {len(entries)} colours instead of 256")
    return entries[:256] if len(entries) == 257 else entries


def emit(name, entries):
    digits = "".join("%02x%02x%02x" % entry for entry in entries)
    step = 6 * BYTES_A_LINE
    rows = [f'    "{digits[i:i + step]}"' for i in range(0, len(digits), step)]
    return f'constexpr std::string_view k{name.capitalize()} =\n' + "\n".join(rows) + ";\n"


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    tables = {name: from_matplotlib(name) for name in NAMES}
    tables["batlow"] = from_cpt(sys.argv[1])
    print("// Written by resources/colormaps/make_tables.py; sources and licences in resources/colormaps/SOURCES.md.")
    print('#include "ui/render/color_tables.h"\n')
    print("namespace voxmark::render::tables {\nnamespace {\n")
    for name, entries in tables.items():
        print(emit(name, entries))
    print("}  // namespace\n")
    print("std::string_view find(std::string_view name) {")
    for name in tables:
        print(f'  if (name == "{name}") return k{name.capitalize()};')
    print("  return {};\n}\n\n}  // namespace voxmark::render::tables")


main()
