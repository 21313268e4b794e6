#!/usr/bin/python3
"""Makes the tables out of what run.sh has gathered.

    table.py SAMPLES.jsonl MADE.json FOLDER

Every sample's check is compared with what volumes.py knows of the volume: a tool that is wrong is an error and gets no
row. Times are medians over the rounds of each round's median. FOLDER gets table.md (also printed), table.json and
table.tsv.
"""
import collections
import json
import os
import platform
import statistics
import subprocess
import sys

from targets import judge

FAMILY = {"open": "open", "materialise": "f32", "load_gz": "voxels", "crop": "crop", "crop_gz": "crop",
          "crop_gz_indexed": "crop", "crop_seekable": "crop", "save_gz": "voxels", "save_nii": "voxels"}
TITLES = {"open": "open .nii", "materialise": ".nii → f32", "load_gz": "load .nii.gz", "crop": "64³ out of .nii",
          "crop_gz": "64³ out of .nii.gz, first touch", "crop_gz_indexed": "64³ out of .nii.gz, index there",
          "crop_seekable": "64³ out of Voxmark's .nii.gz", "save_gz": "save .nii.gz", "save_nii": "save .nii"}
PEERS = ("nibabel", "ITK", "nifti_clib", "indexed_gzip")
PACKAGES = ("python3-nibabel", "libinsighttoolkit5.2", "libnifti2-2", "python3-indexed-gzip", "libdeflate0", "libisal2",
            "zlib1g")


class Row:
    """One tool's samples of one operation on one volume."""

    def __init__(self, key):
        self.operation, self.data, self.tool, self.threads = key
        self.rounds = collections.defaultdict(list)
        self.processor = []
        self.bytes = self.allocated = self.output = 0

    def add(self, turn, sample):
        self.rounds[turn].append(sample["ms"])
        self.processor.append(sample["processor"])
        self.bytes = sample.get("bytes", 0)
        self.allocated = max(self.allocated, sample.get("allocated", 0))
        self.output = sample.get("output", 0)

    def medians(self):
        return [statistics.median(times) for times in self.rounds.values()]

    @property
    def ms(self):
        return statistics.median(self.medians())


def gather(path, made):
    """Rows by (operation, data, tool, threads), the loads before the rounds, and what went wrong."""
    rows, loads, errors, turn = {}, [], [], 0
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    wrong = set()
    for line in lines:
        if "round" in line:
            turn = line["round"]
            loads.append(line["load"])
            continue
        about = (line["operation"], line["data"], line["tool"])
        if "error" in line:
            errors.append(f"{' '.join(about)}: {line['error']}")
            continue
        expected = made["checks"][line["data"]][FAMILY[line["operation"]]]
        key = (*about, line["threads"])
        if line["check"] != expected:
            wrong.add(key)
            errors.append(f"{' '.join(about)}: its result is {line['check']} (expected {expected})")
            continue
        rows.setdefault(key, Row(key)).add(turn, line)
    return {key: row for key, row in rows.items() if key not in wrong}, loads, sorted(set(errors))


def machine(made, loads):
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
    with open("/proc/meminfo", encoding="utf-8") as file:
        memory = int(file.readline().split()[1]) / 2**20
    huge = "none"
    if os.path.exists(setting := "/sys/kernel/mm/transparent_hugepage/enabled"):
        with open(setting, encoding="utf-8") as file:
            huge = file.read().split("[")[1].split("]")[0]

    def ask(*command):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    here = os.path.dirname(os.path.abspath(__file__))
    versions = {name: ask("dpkg-query", "-W", "-f", "${Version}", name) for name in PACKAGES}
    return {"cpu": names[0] if names else platform.machine(), "cores": len(os.sched_getaffinity(0)),
            "kernel": platform.release(), "memoryGiB": round(memory, 1), "hugePages": huge,
            "loadBeforeRounds": loads, "rounds": len(loads), "quick": made["quick"], "versions": versions,
            "commit": ask("git", "-C", here, "rev-parse", "--short", "HEAD")}


def undisturbed(rows):
    """Share of their time that processes on one core had that core, in percent; opening is too short to tell."""
    told = [row for row in rows.values()
            if row.threads == 1 and not row.operation.startswith(("open", "save")) and all(row.processor)]
    times = sum(sum(map(sum, row.rounds.values())) for row in told)
    return 100 * sum(sum(row.processor) for row in told) / times if times else 0


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"


class Table:
    """Finds medians by tool, and lays rows out in Markdown."""

    def __init__(self, rows):
        self.rows = rows
        self.pairs = list(dict.fromkeys(key[:2] for key in rows))

    def find(self, operation, data, tool, threads=1):
        return self.rows.get((operation, data, tool, threads))

    def of(self, operation, data, start, threads=1):
        """All rows of a tool and its variants: "nibabel" and "nibabel, huge pages"."""
        return [row for key, row in self.rows.items()
                if key[:2] == (operation, data) and key[3] == threads and key[2].split(",")[0].split(":")[0] == start]

    def peer(self, operation, data, start):
        found = self.of(operation, data, start)
        if not found and operation == "crop_gz_indexed" and start != "limit":
            return self.of("crop_gz", data, start), " ¹"
        return found, ""

    def cells(self, operation, data, start, ours, limit=False):
        found, mark = self.peer(operation, data, start)
        out = []
        for row in found:
            variant = row.tool.partition(": " if limit else ", ")[2]
            factor = ours.ms / row.ms if limit else row.ms / ours.ms
            out.append(f"{variant + ' ' if variant else ''}{number(row.ms)} ({factor:.2f}×){mark}")
        return "; ".join(out) or "–"

    def reading(self):
        yield ("Operation", "Data", "Voxmark", "on 2 cores", "first", *PEERS, "limit", "target", "met")
        for operation, data in self.pairs:
            ours = self.find(operation, data, "Voxmark")
            if operation == "save_gz" or ours is None:
                continue
            others = [self.find(operation, data, "Voxmark", 2), self.find(operation, data, "Voxmark, first")]
            verdicts = judge(self, operation, data)
            yield (TITLES[operation], data, f"{number(ours.ms)} [{number(min(ours.medians()))}, "
                   f"{number(max(ours.medians()))}]", *(number(row.ms) if row else "–" for row in others),
                   *(self.cells(operation, data, peer, ours) for peer in PEERS),
                   self.cells(operation, data, "limit", ours, limit=True), *self.verdict(verdicts))

    def saving(self):
        yield ("Data", "Writer", "threads", "ms", "ITK's time / this", "bytes", "size / ITK's", "target", "met")
        for key, row in self.rows.items():
            if key[0] != "save_gz":
                continue
            itk = self.find("save_gz", row.data, "ITK")
            verdicts = judge(self, "save_gz", row.data, row) if row.tool.startswith("Voxmark") else []
            yield (row.data, row.tool, str(row.threads), number(row.ms), f"{itk.ms / row.ms:.2f}×" if itk else "–",
                   str(row.bytes), f"{row.bytes / itk.bytes:.4f}" if itk else "–", *self.verdict(verdicts))

    def memory(self):
        yield ("Operation", "Data", "threads", "output, MiB", "most in buffers, MiB", "target", "met")
        for row in self.rows.values():
            if row.output:
                yield (TITLES[row.operation], row.data, f"{row.threads}{row.tool.removeprefix('Voxmark')}",
                       number(row.output / 2**20), number(row.allocated / 2**20),
                       *self.verdict(judge(self, "memory", row.data, row)))

    @staticmethod
    def verdict(verdicts):
        texts = "; ".join(f"{text}: {value}" for text, value, _ in verdicts) or "–"
        return texts, ("–" if not verdicts else "yes" if all(met for *_, met in verdicts) else "**no**")


def markdown(lines):
    lines = list(lines)
    if len(lines) < 2:
        return ""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (lines[0], ["---"] * len(lines[0]), *lines[1:]))


def published(table):
    """Of medrs, which Debian does not have, only what others have measured is known."""
    ours, raw = (table.find("load_gz", "ct512_i16", tool) for tool in ("Voxmark", "limit: libdeflate"))
    if ours is None or raw is None:
        return ""
    return (f"medrs is not measured here. From reference figures of another machine, 313 ms for a .nii.gz like "
            f"ct512_i16 where libdeflate's raw inflate took 221 ms, it is computed to take {313 / 221:.2f} times as "
            f"long as raw inflate. Voxmark here takes {ours.ms / raw.ms:.2f} times as long as libdeflate's raw inflate "
            "here.")


def document(table, about):
    quick = "**Quick settings on small volumes: these figures only show that everything runs.**\n\n"
    head = (f"{about['cpu']}, {about['cores']} cores, {about['memoryGiB']} GiB, Linux {about['kernel']}; "
            f"{about['rounds']} rounds; load before each: {', '.join(map(str, about['loadBeforeRounds']))}; processes "
            f"that only read had their core for {about['undisturbed']:.0f} % of their time; "
            f"transparent huge pages: {about['hugePages']}; Voxmark {about['commit']}; "
            + ", ".join(f"{name} {version}" for name, version in about["versions"].items()) + ".")
    notes = ("Milliseconds, medians over the rounds, warm page cache, one core unless said; of Voxmark also the lowest "
             "and highest round. In brackets after other tools: their time divided by Voxmark's; after limits: "
             "Voxmark's time divided by the limit's. \"huge pages\": run with GLIBC_TUNABLES=glibc.malloc.hugetlb=1. "
             "\"first\": the first run in a new process without a saved index; otherwise one run has gone before. "
             "Targets are judged on one core, against the faster variant of each tool. ¹: it has no index, so its "
             "first touch.")
    parts = [(quick if about["quick"] else "") + head, notes, markdown(table.reading()),
             markdown(table.saving()), markdown(table.memory()), published(table)]
    return "\n\n".join(part for part in parts if part) + "\n"


def main():
    samples, made_path, folder = sys.argv[1:4]
    with open(made_path, encoding="utf-8") as file:
        made = json.load(file)
    rows, loads, errors = gather(samples, made)
    if not rows:
        errors.append("there are no samples")
    table, about = Table(rows), machine(made, loads)
    about["undisturbed"] = round(undisturbed(rows), 1)
    text = document(table, about)
    plain = [{"operation": row.operation, "data": row.data, "tool": row.tool, "threads": row.threads, "ms": row.ms,
              "processorMs": statistics.median(row.processor), "low": min(row.medians()),
              "high": max(row.medians()), "rounds": len(row.rounds), "samples": sum(map(len, row.rounds.values())),
              "bytes": row.bytes, "allocated": row.allocated, "output": row.output} for row in rows.values()]
    with open(os.path.join(folder, "table.md"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "table.json"), "w", encoding="utf-8") as file:
        json.dump({"machine": about, "errors": errors, "rows": plain}, file, indent=1)
    with open(os.path.join(folder, "table.tsv"), "w", encoding="utf-8") as file:
        file.write(f"# {about['cpu']}, {about['cores']} cores, Linux {about['kernel']}, quick: {about['quick']}\n")
        if plain:
            file.write("\t".join(plain[0]) + "\n")
        for row in plain:
            file.write("\t".join(f"{value:.5g}" if isinstance(value, float) else str(value)
                                 for value in row.values()) + "\n")
    print(text)
    for error in errors:
        print(f"table: {error}", file=sys.stderr)
    print(f"table: {folder}/table.md, table.json, table.tsv", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
