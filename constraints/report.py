#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What place and route said: nextpnr's report of every seed as one page, the best seed's bitstream beside it.

No seeds: what the packed design needs, fit or not; fails if it does not fit.
--check PAGE: no page is written; fails if the clock is missed, if the logic grew by more than 3 % or the frequency of a seed
fell by more than 10 % against the committed page. Every number is an estimate of nextpnr, not a measurement on a board.
"""
import argparse
import json
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "rtl/spec"))
import emit_md  # noqa: E402
import spec  # noqa: E402

CELLS = {"ICESTORM_LC": "logic cells", "ICESTORM_RAM": "block RAM", "ICESTORM_SPRAM": "SPRAM", "ICESTORM_DSP": "SB_MAC16",
         "TRELLIS_COMB": "logic cells", "TRELLIS_FF": "flip-flops", "TRELLIS_RAMW": "distributed RAM", "DP16KD": "block RAM",
         "MULT18X18D": "MULT18X18D"}
USED = {True: ("YOSYS", "NEXTPNR_ECP5", "ECPPACK"), False: ("YOSYS", "NEXTPNR_ICE40", "ICEPACK")}
GROWTH = 1.03
SLOWER = 0.90


def read(folder, seed):
    """(fmax in MHz of the slowest clock, {cell: (used, there are)})"""
    r = json.loads((folder / f"seed-{seed}.json").read_text())
    fmax = min(c["achieved"] for c in r["fmax"].values())
    return fmax, {CELLS[k]: (u["used"], u["available"]) for k, u in r["utilization"].items() if k in CELLS}


def packed(folder):
    """{cell: (used, there are)} of the packed design, whether it fits or not"""
    found = re.findall(r"(ICESTORM_\w+|TRELLIS_\w+|DP16KD|MULT18X18D):\s*(\d+)/\s*(\d+)", (folder / "pack.log").read_text())
    return {CELLS[k]: (int(u), int(n)) for k, u, n in found if k in CELLS}


def tools(path, names):
    lines = [line.split(None, 2) for line in path.read_text().splitlines()]
    return [(pathlib.Path(w[1]).name, w[2]) for w in lines if w[0] in names]


def configuration(name):
    """(sentences about the named configuration, block RAM as the table of memories says), or nothing where there is none of the name"""
    s = spec.load(pathlib.Path(__file__).resolve().parents[1] / "rtl/spec/antinode.toml")
    c = s["config"].get(name)
    if not c or "part" not in c:
        return "", None
    many = lambda n, what: f"{n} {what}{'s' if n != 1 else ''}"
    features = [k for k in spec.FEATURES if c[k]]
    text = (f"{s['parts'][c['part']]['doc']}: {many(c['cores'], 'core')} of {many(c['lanes'], 'lane')} and "
            f"{many(c['vector_units'] or c['lanes'], 'vector unit')}; {c['cores'] * c['syn_words']} synapse words, {c['cores'] * c['state_words']} state words, "
            f"{c['cores'] * c['rate_words']} rate words: at most {c['cores'] * min(c['state_words'], c['rate_words'])} neurons, of one state and one rate each. "
            f"Features: {', '.join(features) or 'none'}. [Table of memories](../reference/memories.md). Specification {s['hash']:08x}.\n")
    return text, emit_md.memory_sums(s, c)[s["parts"][c["part"]]["block_ram"]["name"]]


def duration(folder, step):
    path = folder / f"{step}.seconds"
    return f"{int(path.read_text())} s" if path.is_file() else "-"


def page(arg, seeds, cells):
    best = max(seeds, key=seeds.get) if seeds else None
    over = [f"{used - of} {name} too many" for name, (used, of) in cells.items() if used > of]
    ecp5 = "MULT18X18D" in cells
    text = (f"<!-- SPDX-License-Identifier: Apache-2.0\n     Written by constraints/report.py. Do not edit; run: make bitstream BOARD={arg.board} -->\n"
            f"# {arg.board}: synthesis, placement, timing\n\nEstimates of nextpnr for the worst case of the part, not measurements: not tried on a board. "
            f"Target {arg.mhz:g} MHz.\n\n{configuration(arg.board)[0]}\n    make bitstream BOARD={arg.board}\n\n"
            f"| resource | used | of | |\n|---|---|---|---|\n")
    for name, (used, of) in cells.items():
        text += f"| {name} | {used} | {of} | {100 * used / of:.0f} % |\n"
    if over:
        text += f"\n**It does not fit: {', '.join(over)}.** There is no bitstream of this configuration yet.\n"
    if seeds:
        text += f"\n| seed | fmax | at {arg.mhz:g} MHz | placed and routed in |\n|---|---|---|---|\n"
    for s, f in seeds.items():
        text += f"| {s} | {f:.2f} MHz | {'meets' if f >= arg.mhz else 'misses'}{', taken' if s == best else ''} | {duration(arg.dir, f'seed-{s}')} |\n"
    text += f"\nSynthesised in {duration(arg.dir, 'synth')} on the machine that wrote this, with other work beside it. "
    text += "Tools: " + ", ".join(f"{name} {version}" for name, version in tools(arg.tools, USED[ecp5])) + ".\n"
    return text, best


def check(text, seeds, cells):
    """Complaints about this run against the committed page."""
    used = int((re.search(r"^\| logic cells \| (\d+)", text, re.M) or sys.exit("the page holds no logic cells"))[1])
    bad = []
    if cells["logic cells"][0] > GROWTH * used:
        bad.append(f"logic cells: {cells['logic cells'][0]}, the page says {used}")
    for seed, f in seeds.items():
        m = re.search(rf"^\| {seed} \| ([\d.]+) MHz", text, re.M)
        if m and f < SLOWER * float(m[1]):
            bad.append(f"seed {seed}: {f:.2f} MHz, the page says {m[1]}")
    return bad


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("--board", required=True)
    ap.add_argument("--dir", required=True, type=pathlib.Path)
    ap.add_argument("--mhz", required=True, type=float)
    ap.add_argument("--seeds", required=True)
    ap.add_argument("--tools", required=True, type=pathlib.Path)
    ap.add_argument("--out", type=pathlib.Path)
    ap.add_argument("--best", type=pathlib.Path)
    ap.add_argument("--check", type=pathlib.Path)
    arg = ap.parse_args()
    seeds, cells = {}, {}
    for s in arg.seeds.split():
        seeds[s], cells = read(arg.dir, s)
    if not seeds:
        cells = packed(arg.dir)
    print(f"{arg.board}: " + ", ".join(f"{u} of {n} {k}" for k, (u, n) in cells.items()))
    bad = []
    table = configuration(arg.board)[1]
    if table is not None and cells["block RAM"][0] != table:
        bad.append(f"block RAM: {cells['block RAM'][0]}, the table of memories says {table}")
    if seeds:
        print(f"{arg.board}: " + ", ".join(f"seed {s} {f:.2f} MHz" for s, f in seeds.items()) + f", target {arg.mhz:g} MHz")
        if max(seeds.values()) < arg.mhz:
            bad.append(f"no seed reaches {arg.mhz:g} MHz")
    elif not arg.check:
        bad += [f"does not fit: {u} {k} of {n}" for k, (u, n) in cells.items() if u > n]
    if arg.check:
        bad += check(arg.check.read_text(), seeds, cells)
    if arg.out:
        text, best = page(arg, seeds, cells)
        arg.out.parent.mkdir(parents=True, exist_ok=True)
        arg.out.write_text(text)
        print(f"wrote {arg.out}")
        if best:
            shutil.copyfile(arg.dir / f"seed-{best}{arg.best.suffix}", arg.best)
            print(f"wrote {arg.best} (seed {best})")
    for b in bad:
        print(f"{arg.board}: {b}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
