"""What Voxmark is meant to reach, judged on what table.py has read."""

MIB = 2**20


def at_most(name, value, bound, unit=""):
    return f"{name} ≤ {bound}{unit}", f"{value:.4g}{unit}", value <= bound


def at_least(name, value, bound, unit="×"):
    return f"{name} ≥ {bound}{unit}", f"{value:.3g}{unit}", value >= bound


def fastest(rows):
    return min((row.ms for row in rows), default=None)


def judge_saving(table, data, row):
    """Against ITK's writer; in speed mode, which is the default level, or in size mode, level 6."""
    itk = table.find("save_gz", data, "ITK")
    if itk is None or row.threads != 1:
        return []
    size = row.bytes / itk.bytes
    if data.endswith("_labels"):
        return [at_most("size / ITK's", size, 1.2)]
    speed = row.tool == "Voxmark"
    return [at_least("ITK", itk.ms / row.ms, 5 if speed else 2), at_most("size / ITK's", size, 1.04 if speed else 1.01)]


def judge(table, operation, data, row=None):
    """(target, value, met) for each target of an operation that can be judged with the rows that are there."""
    if operation == "save_gz":
        return judge_saving(table, data, row)
    if operation == "memory":
        bound = 1.1 * row.output + 64 * MIB
        return [("≤ 1.1 output + 64 MiB", f"{row.allocated / bound:.2f} of it", row.allocated <= bound)]
    ours = table.find(operation, data, "Voxmark").ms
    if operation == "open":
        return [at_most("ours", ours, 0.05, " ms")]
    if operation == "crop":
        return [at_most("ours", ours, 0.2, " ms")]
    out = []
    if operation == "materialise":
        if (copy := table.find(operation, data, "limit: memcpy")) is not None:
            out.append(at_most("ours / memcpy", ours / copy.ms, 1.2))
    elif operation == "load_gz":
        for peer in ("ITK", "nibabel"):
            if (time := fastest(table.of(operation, data, peer))) is not None:
                out.append(at_least(peer, time / ours, 2.5))
        if (time := fastest(table.of(operation, data, "limit"))) is not None:
            out.append(at_least("raw inflate's rate", 100 * time / ours, 95, " %"))
    elif operation == "crop_gz_indexed":
        if (time := fastest(table.of("crop_gz", data, "nibabel"))) is not None:
            out.append(at_least("nibabel", time / ours, 20))
    elif operation == "crop_seekable":
        if (span := table.find(operation, data, "limit: ISA-L span")) is not None:
            out.append(at_most("ours / span", ours / span.ms, 2.5))
    return out
