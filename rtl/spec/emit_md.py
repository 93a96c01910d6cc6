# SPDX-License-Identifier: Apache-2.0
"""docs/reference: the specification as tables."""
import spec


def render(s):
    return {f"docs/reference/{n}.md": f"<!-- SPDX-License-Identifier: Apache-2.0\n     {spec.BANNER} -->\n" + f(s)
            for n, f in (("registers", registers), ("instructions", instructions), ("records", records),
                         ("link", link), ("configurations", configurations), ("memories", memories))}


def table(head, rows):
    esc = lambda c: str(c).replace("|", "\\|")
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                     + ["| " + " | ".join(esc(c) for c in r) + " |" for r in rows]) + "\n"


def registers(s):
    text = ("# Registers and bus spaces\n\nA bus address has 28 bits and names a word of 32 bits: bits 27..24 are 0 for the chip and 1 + c for "
            "core c, bits 23..20 the space, bits 19..0 the index.\n\n## Spaces\n\n")
    text += table(["space", "name", "holds"], [(v["code"], n, v["doc"]) for n, v in s["bus_spaces"].items()])
    for unit, where in (("chip", "`0x0000000 + index`"), ("core", "`(1 + c) << 24 + index`")):
        text += f"\n## Registers of the {unit}, at {where}\n\n"
        text += table(["index", "name", "access", "holds"],
                      [(r["index"], n, r["access"], r["doc"]) for n, r in s["registers"][unit].items()])
    for section, what in (("states", "STATUS bits 3..0, state"), ("stalls", "STATUS bits 7..4, cause of a stall")):
        text += f"\n## {what}\n\n" + table(["code", "name"], [(v, n) for n, v in s[section].items()])
    return text


def instructions(s):
    op = s["fields"]["common"]["op"]
    text = (f"# Instructions\n\nA word has 64 bits; bits {op[0]}..{op[1]} are the opcode, the rest is a layout. What the instructions compute "
            "stands in [the machine](../machine.md).\n\n## Opcodes\n\n")
    text += table(["code", "name", "layout", "does"], [(o["code"], n, o["layout"], o["doc"]) for n, o in s["opcodes"].items()])
    for layout, fs in s["fields"].items():
        if layout == "common":
            continue
        who = " ".join(n for n, o in s["opcodes"].items() if o["layout"] == layout)
        text += f"\n## Layout {layout}: {who}\n\n"
        text += table(["field", "bits", "is"], [(n, f"{m}..{l}" if m > l else m, s["comments"].get((f"fields.{layout}", n), ""))
                                                for n, (m, l) in fs.items()])
    for section, what in (("spaces", "Destination spaces, dsp"), ("source_spaces", "Source spaces, asp and bsp"),
                          ("posts", "Clips, post"), ("init_modes", "Starts of accumulators, amode and gmode"),
                          ("stream_ports", "Stream ports, b of IN and OUT")):
        text += f"\n## {what}\n\n" + table(["code", "name", ""], [(v, n, s["comments"].get((section, n), ""))
                                                                  for n, v in s[section].items()])
    text += "\n## Number formats\n\n" + table(["name", "format", "of"], [(n, f"s{f['bits']}f{f['frac']}", f["doc"])
                                                                         for n, f in s["formats"].items()])
    text += "\n## Clocks\n\n" + table(["constant", "clocks", "is"], [(n.upper(), v, s["comments"].get(("timing", n), ""))
                                                                     for n, v in s["timing"].items()])
    text += "\n## Rounding and sizes\n\n" + table(["constant", "value"], [
        (n.upper(), v if v < 1 << 16 else f"0x{v:08X}") for sec in ("rounding", "sizes") for n, v in s[sec].items()])
    return text


def records(s):
    return ("# Records\n\nOne record is one architectural event with the value of the core's clock counter. The model and the simulated chip give the "
            "same records in the same order: by clock, then kind in the order below, then lane.\n\n"
            + table(["code", "kind", "is"], [(v["code"], n, v["doc"]) for n, v in s["records"].items()]))


def link(s):
    text = (f"# Link\n\nFrames are COBS-coded and end with a zero byte; a frame carries at most {s['link']['max_payload']} bytes of payload. "
            f"The check is CRC-32, polynomial 0x{s['link']['crc_poly']:08X} reflected, initial value and final xor 0xFFFFFFFF, little endian, over all "
            "bytes before it.\n\n- request: seq, op, addr (4, little endian), count (2), payload, crc (4)\n"
            "- answer: seq, status, count (2), payload, crc (4)\n\n## Operations\n\n")
    text += table(["code", "op", "does"], [(v["code"], n, v["doc"]) for n, v in s["link_ops"].items()])
    return text + "\n## Status of an answer\n\n" + table(["code", "status", ""], [
        (v, n, s["comments"].get(("link_status", n), "")) for n, v in s["link_status"].items()])


def configurations(s):
    keys = spec.CONFIG_INTS + list(spec.CONFIG_BOOLS)
    names = list(s["config"])
    return ("# Configurations\n\nWords are of one core, over all its lanes; lanes divide them. `banked`: synapse memory of two single-port banks a "
            "lane, alternating by address parity. `pairs`, `recip`, `ring`, `sums`: pair synapses (PAR, PRJ with pair), RECIP and SQRT, RING, SUM and DOT; an instruction of a "
            "feature that is not there is a fault, and the compiler refuses it.\n\n"
            + table(["name", "for"], [(n, c["doc"]) for n, c in s["config"].items()]) + "\n"
            + table(["key"] + names, [[k] + [str(s["config"][n][k]).lower() for n in names] for k in keys]))


def memory_rows(s, c):
    """(memory, width, depth, how many, ports) of every memory of the chip; a depth is per instance."""
    lanes, cores, z = c["lanes"], c["cores"], s["sizes"]
    fmt = s["formats"]
    n = lanes * cores
    syn = c["syn_words"] // lanes
    rows = [("S, state", fmt["state"]["bits"], c["state_words"] // lanes, n, "1 read, 1 write"),
            ("R, rate", fmt["rate"]["bits"], c["rate_words"] // lanes, n, "1 read, 1 write")]
    rows.append(("W, synapse, even and odd bank", 16, syn // 2, 2 * n, "1 read or write") if c["banked"]
                else ("W, synapse", 16, syn, n, "1 read, 1 write"))
    rows += [("K, scalar", fmt["state"]["bits"], c["scalars"], cores, "1 read, 1 write"),
             ("table, even and odd points", fmt["rate"]["bits"], z["tables"] * z["table_points"] // 2, 2 * cores, "1 read, 1 write"),
             ("program", 64, c["prog_words"], cores, "1 read, 1 write"),
             ("range", 48, c["prog_words"], cores, "1 read, 1 write"),
             ("input stream", 16, c["in_words"], 1, "1 read, 1 write"),
             ("output stream", 32, c["out_words"], 1, "1 read, 1 write")]
    return rows


def primitive(c, width, depth, ports):
    """iCE40 UP5K: SPRAM is 16384 x 16 with one port, a block RAM 256 x 16 (also 512 x 8, 1024 x 4, 2048 x 2)."""
    if not c["banked"]:
        return "", 0
    if ports == "1 read or write":
        return "SPRAM", -(-depth // 16384) * -(-width // 16)
    return "block RAM", min(-(-width // w) * -(-depth // d) for d, w in ((256, 16), (512, 8), (1024, 4), (2048, 2)))


def memories(s):
    text = ("# Memories\n\nEvery memory of every named configuration. Depth is of one instance. Primitives are given for the configurations that are "
            "built for a part: iCE40 UP5K block RAM (256 x 16 or narrower and deeper, 30 in the part) and SPRAM (16384 x 16, 4 in the part); the "
            "others are simulated only. The link's frame buffers are not in this table.\n")
    for name, c in s["config"].items():
        text += f"\n## {name}\n\n"
        rows, bits, sums = [], 0, {}
        for what, width, depth, n, ports in memory_rows(s, c):
            prim, each = primitive(c, width, depth, ports)
            bits += width * depth * n
            if prim:
                sums[prim] = sums.get(prim, 0) + each * n
            rows.append((what, n, width, depth, ports) + ((f"{each * n} {prim}",) if c["banked"] else ()))
        text += table(["memory", "instances", "bits", "depth", "ports"] + (["primitives"] if c["banked"] else []), rows)
        text += f"\n{bits} bits in all" + "".join(f", {v} {k}" for k, v in sums.items()) + ".\n"
    return text
