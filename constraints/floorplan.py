# SPDX-License-Identifier: Apache-2.0
"""floorplan.py 25k|85k in.json out.json: places of the multiplier blocks and block RAMs of cores of eight lanes on an LFE5U-25F (one core) or 85F
(six), as BEL attributes for nextpnr-ecp5. The placer fills rows of blocks in an order of its own, so that a lane's RAMs and multipliers end up
chip-widths apart: 12 ns of wire in paths of 18 ns. Here a lane is a strip of three columns of blocks: its three multipliers, its RAMs above them.
Four lanes are on either side of two columns in the middle (25F: of four), whose multipliers are the vector units'.
25F: multipliers are one row of 28 (Y13), RAMs two rows (Y25, Y37); what all lanes share is the placer's: it wants the middle.
85F: multipliers are rows of 52 (Y10, 34, 58), RAMs of 52 (Y22, 46, 70, 82); a core has the left or right half of a row of multipliers, and the chain
winds up: cores 0 1, then 3 2, then 4 5. Almost every RAM of the part is used, so those of a core's own are placed all."""
import json
import sys

GROUPS = {"25k": (4, 13, 22, 33, 42, 51, 60), "85k": (4, 13, 22, 31, 40, 49, 58, 69, 78, 87, 96, 105, 114)}  # first columns of 4 blocks


def multipliers(part, y):
    return [f"X{x + d}/Y{y}/MULT18_{n}" for x in GROUPS[part] for d, n in ((0, 0), (1, 1), (4, 4), (5, 5))]


def rams(part, y):
    return [f"X{x + 2 * n}/Y{y}/EBR{n}" for x in GROUPS[part] for n in range(4)]


def mult(lane, n):
    return f"u_lanes.g_lane[{lane}].u_slice.u_lane.u_mult{n}.block"


def synapse(lane, n):
    return f"u_lanes.g_lane[{lane}].u_slice.u_synapse.g_dual.u_mem.mem.0.{n}"


def state(lane):
    return f"u_lanes.g_lane[{lane}].u_slice.u_state.mem.0.0"


def rate(n):
    return f"u_lanes.u_rate.mem.0.{n}"


def unit_mults(units):
    return [f"u_units.g_unit[{u}].u_unit.u_mult{n}.block" for u in range(units) for n in range(2)]


SHARED = [f"{m}.mem.0.0" for m in ("u_scalars.u_mem", "u_units.g_unit[0].u_table.u_mem", "g_prog[0].u_prog", "g_prog[1].u_prog", "u_range.u_mem")]


def strips(lanes, middle):
    """names in the order of the columns: three of each lane, what is in the middle behind lane 3"""
    return [n for lane in range(4) for n in lanes(lane)] + middle + [n for lane in range(4, 8) for n in lanes(lane)]


def own(core, names):
    return [n and f"top.chip.g_core[{core}].u_core.{n}" for n in names]


def of_25k():
    low = lambda lane: [synapse(lane, n) for n in range(3)]
    return [
        (multipliers("25k", 13), own(0, strips(lambda lane: [mult(lane, n) for n in range(3)], unit_mults(2)))),
        (rams("25k", 25), own(0, strips(low, 4 * [None]))),
        (rams("25k", 37), own(0, strips(lambda lane: [synapse(lane, 3), None, None], 4 * [None]))),
    ]


def of_85k():
    at = []
    for half, (a, b, c) in enumerate(((0, 3, 4), (1, 2, 5))):
        middle = slice(26 * half, 26 * half + 26)
        for core, y in ((a, 10), (b, 34), (c, 58)):
            at.append((multipliers("85k", y)[middle], own(core, strips(lambda lane: [mult(lane, n) for n in range(3)], unit_mults(1)))))
        # third columns of the strips, lane by lane, and the two in the middle: what the cores above and below have left
        third_46 = own(b, [rate(0)]) + own(a, SHARED[:2]) + own(b, [rate(1)]) + own(a, [rate(2), rate(3)]) + own(b, [rate(2)]) + own(a, SHARED[2:])
        third_70 = own(c, [rate(0), rate(1)]) + own(b, SHARED[:2] + [rate(3)]) + own(b, SHARED[2:]) + own(c, [rate(2), rate(3)])
        third_82 = own(c, [None, SHARED[2], None, SHARED[0], SHARED[1], None, SHARED[3], None, SHARED[4], None])
        for core, y, lanes, third in (
            (a, 22, lambda lane: own(a, [synapse(lane, 0), synapse(lane, 1), state(lane)]), None),
            (b, 46, lambda lane: own(b, [synapse(lane, 0), synapse(lane, 1)]), third_46),
            (b, 70, lambda lane: own(b, [state(lane)]) + own(c, [synapse(lane, 0)]), third_70),
            (c, 82, lambda lane: own(c, [synapse(lane, 1), state(lane)]), third_82),
        ):
            if third is None:
                names = strips(lanes, own(a, [rate(0), rate(1)]))
            else:
                column = third[:4] + third[6:]
                names = strips(lambda lane: lanes(lane) + [column[lane]], third[4:6])
            at.append((rams("85k", y)[middle], names))
    return at


def main():
    part, source, target = sys.argv[1:]
    with open(source, encoding="utf-8") as f:
        netlist = json.load(f)
    at = {}
    for places, names in {"25k": of_25k, "85k": of_85k}[part]():
        at.update((name, place) for name, place in zip(names, places, strict=True) if name)
    done = set()
    for module in netlist["modules"].values():
        for name, cell in module["cells"].items():
            name = name.replace("u_lane.g_pair.", "u_lane.").replace("u_lane.g_plain.", "u_lane.")
            if cell["type"] in ("MULT18X18D", "DP16KD") and name in at:
                cell["attributes"]["BEL"] = at[name]
                done.add(name)
    missing = sorted(set(at) - done)
    if missing:
        sys.exit(f"{source}: no such block: {', '.join(missing)}")
    with open(target, "w", encoding="utf-8") as f:
        json.dump(netlist, f)


main()
