#!/usr/bin/python3
"""Makes the table of operations in memory out of what `run.sh ops` has gathered.

    ops_table.py SAMPLES.jsonl MADE.json FOLDER

A tool's result must be that of numpy and scipy (of torch, where they have no such type) at 32 places: a tool that is
wrong is an error and gets no row. Times are medians over the rounds of each round's median. FOLDER gets ops.md (also
printed) and ops.tsv.
"""
import json
import os
import statistics
import sys

from table import Row, machine, markdown, number, undisturbed

TITLES = {"load_zscore": ".nii → z-score", "zscore": "z-score", "minmax": "min-max", "clip": "percentiles 1, 99 → 0…1",
          "cast_f16": "f32 → f16", "cast_bf16": "f32 → bf16", "cast_i16": "f32 → i16", "permute": "axes exchanged",
          "up2": "128³ → 256³, trilinear", "affine": "turned, trilinear", "cubic": "128³ turned, cubic",
          "slice": "oblique slice, 512²"}
PEERS = ("numpy", "torch", "ITK", "VTK", "nibabel", "MRtrix")
# (peer, how many times as long as Voxmark it must take); memcpy: the share of its bandwidth.
TARGETS = {"zscore": [("numpy", 4)], "clip": [("numpy", 10)], "minmax": [("numpy", 2.5)],
           "up2": [("VTK", 7), ("ITK", 10)], "affine": [("ITK", 3)], "cubic": [("ITK", 3)],
           "permute": [("best", 4)], "slice": [("VTK", 3)]}
BYTES_MOVED = {"cast_f16": 6, "cast_bf16": 6, "cast_i16": 6}
# Of the spread of the values. The cubics differ: Catmull-Rom here and in VTK, B-splines in scipy and ITK. ITK and VTK
# cut off where others round to a whole number; ITK divides by N - 1.
TOLERANCE = {"cubic": 0.5, "cast_i16": 0.05, "cast_f16": 1e-3, "cast_bf16": 1e-2}


def values(check):
    return [float(text) for text in check.split(",")]


def differs(operation, check, reference):
    ours, theirs = values(check), values(reference)
    spread = max(theirs) - min(theirs) or 1
    room = TOLERANCE.get(operation, 1e-4) * spread
    wrong = sum(abs(a - b) > room for a, b in zip(ours, theirs))
    return wrong > (2 if operation in ("affine", "cubic", "slice") else 0)  # the border is each tool's own affair


def gather(path):
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    rows, loads, errors, turn, references = {}, [], [], 0, {}
    for name in ("numpy", "torch", "Voxmark", "limit: memcpy"):
        for line in lines:
            if line.get("tool") == name and "check" in line:
                references.setdefault(line["operation"], line["check"])
    for line in lines:
        if "round" in line:
            turn = line["round"]
            loads.append(line["load"])
        elif "error" in line:
            errors.append(f"{line['operation']} {line['tool']}: {line['error']}")
        elif differs(line["operation"], line["check"], references[line["operation"]]):
            errors.append(f"{line['operation']} {line['tool']}: its values are not the others'")
        else:
            key = (line["operation"], line["data"], line["tool"], line["threads"])
            rows.setdefault(key, Row(key)).add(turn, line)
    return rows, loads, sorted(set(errors))


def verdicts(operation, find, copy):
    ours = find("Voxmark").ms
    out = []
    for peer, least in TARGETS.get(operation, []):
        others = [row.ms for row in (find(name) for name in (PEERS if peer == "best" else (peer,))) if row]
        if others:
            out.append((f"{'best peer' if peer == 'best' else peer} ≥ {least}×", f"{min(others) / ours:.2f}×",
                        min(others) / ours >= least))
    if operation in BYTES_MOVED and copy:
        share = 100 * BYTES_MOVED[operation] / ours / (8 / copy.ms)
        out.append(("memcpy's bandwidth ≥ 80 %", f"{share:.0f} %", share >= 80))
    if operation == "load_zscore" and copy:
        out.append(("≤ 1.25× memcpy", f"{ours / copy.ms:.2f}×", ours <= 1.25 * copy.ms))
    return out


def lines(rows):
    yield ("Operation", "Voxmark", "on 2 cores", *PEERS, "memory / output", "target", "met")
    copy = next((row for row in rows.values() if row.tool == "limit: memcpy"), None)
    if copy:
        yield ("memcpy", number(copy.ms), *["–"] * (len(PEERS) + 4))
    for operation, title in TITLES.items():
        def find(tool, threads=1, wanted=operation):
            return next((row for key, row in rows.items()
                         if key[0] == wanted and key[2] == tool and key[3] == threads), None)
        ours = find("Voxmark")
        if ours is None:
            continue
        two = find("Voxmark", 2)
        cells = [f"{number(row.ms)} ({row.ms / ours.ms:.2f}×)" if row else "–" for row in map(find, PEERS)]
        found = verdicts(operation, find, copy)
        yield (title, f"{number(ours.ms)} [{number(min(ours.medians()))}, {number(max(ours.medians()))}]",
               number(two.ms) if two else "–", *cells, f"{ours.allocated / ours.output:.3f}",
               "; ".join(f"{text}: {value}" for text, value, _ in found) or "–",
               "–" if not found else "yes" if all(met for *_, met in found) else "**no**")


def main():
    samples, made_path, folder = sys.argv[1:4]
    with open(made_path, encoding="utf-8") as file:
        made = json.load(file)
    rows, loads, errors = gather(samples)
    about = machine(made, loads)
    text = (f"{about['cpu']}, {about['cores']} cores, Linux {about['kernel']}; {about['rounds']} rounds; load before "
            f"each: {', '.join(map(str, loads))}; processes had their core for {undisturbed(rows):.0f} % of their time; "
            f"Voxmark {about['commit']}.\n\n"
            "Milliseconds on one core, medians over the rounds, 256³ f32 in memory unless said; of Voxmark also the "
            "lowest and highest round. In brackets: a tool's time divided by Voxmark's. MRtrix reads and writes files. "
            "numpy stands for scipy where it resamples.\n\n" + markdown(lines(rows)) + "\n")
    with open(os.path.join(folder, "ops.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "ops.tsv"), "w", encoding="utf-8") as file:
        file.write("operation\ttool\tthreads\tms\tprocessorMs\n")
        for row in rows.values():
            file.write(f"{row.operation}\t{row.tool}\t{row.threads}\t{row.ms:.4g}\t"
                       f"{statistics.median(row.processor):.4g}\n")
    print(text)
    for error in errors:
        print(f"table: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
