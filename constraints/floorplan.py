# SPDX-License-Identifier: Apache-2.0
"""floorplan.py in.json out.json: places of the multiplier blocks and block RAMs of one core of eight lanes on an LFE5U-25F, as BEL attributes
for nextpnr-ecp5. Its multipliers are one row of 28 (Y13), its RAMs two rows of 28 (Y25, Y37), both in 7 groups of 4. The placer fills them
in an order of its own, so that a lane's RAMs and multipliers end up chip-widths apart: 12 ns of wire in paths of 18 ns. Here a lane is a strip
of three columns of blocks: three multipliers, three of its four synapse RAMs above them, the fourth above these. Four lanes are on either
side of the group in the middle, whose multipliers are the vector units'. The other RAMs are the placer's: what all lanes share wants the middle."""
import json
import re
import sys

STARTS = (4, 13, 22, 33, 42, 51, 60)
MULTIPLIERS = [f"X{x + d}/Y13/MULT18_{n}" for x in STARTS for d, n in ((0, 0), (1, 1), (4, 4), (5, 5))]
LOW, HIGH = ([f"X{x + 2 * n}/Y{y}/EBR{n}" for x in STARTS for n in range(4)] for y in (25, 37))


def plan():
    """name of a cell below the core -> its place"""
    at = {}
    for lane in range(8):
        first = 3 * lane + (4 if lane >= 4 else 0)
        slice_ = f"g_lane[{lane}].u_slice."
        for n in range(3):
            at[f"{slice_}u_lane.u_mult{n}.block"] = MULTIPLIERS[first + n]
            at[f"{slice_}u_synapse.g_dual.u_mem.mem.0.{n}"] = LOW[first + n]
        at[f"{slice_}u_synapse.g_dual.u_mem.mem.0.3"] = HIGH[first]
    units = [f"g_unit[{u}].u_unit.u_mult{n}.block" for u in range(2) for n in range(2)]
    at.update(zip(units, MULTIPLIERS[12:16]))
    return at


def main():
    source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        netlist = json.load(f)
    at, done = plan(), set()
    for module in netlist["modules"].values():
        for name, cell in module["cells"].items():
            if cell["type"] not in ("MULT18X18D", "DP16KD"):
                continue
            short = re.sub(r"^top\.chip\.g_core\[0\]\.u_core\.", "", name)
            if short in at:
                cell["attributes"]["BEL"] = at[short]
                done.add(short)
    missing = sorted(set(at) - done)
    if missing:
        sys.exit(f"{source}: no such block: {', '.join(missing)}")
    with open(target, "w", encoding="utf-8") as f:
        json.dump(netlist, f)


main()
