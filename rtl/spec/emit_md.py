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
            "feature that is not there is a fault, and the compiler refuses it. `ahead`: the program is read an instruction ahead. `split`: SWP's raw and KEY's block are there, else they are ignored. `beside`: a vector step reads an S and an R word in one clock, and equal operands once. `follow`: a vector instruction begins while the one before it still computes. `closed`: the chain of cores is a ring, the last one's upper neighbour is core 0; of one core without effect. `pass`: PASS is there. `take`: TAKE is there. `give`: GIVE is there.\n\n"
            + table(["name", "for"], [(n, c["doc"]) for n, c in s["config"].items()]) + "\n"
            + table(["key"] + names, [[k] + [str(s["config"][n][k]).lower() for n in names] for k in keys]))


def memory_rows(s, c):
    """(memory, width, depth, how many, ports) of every memory of the chip; a depth is per instance."""
    lanes, cores, z = c["lanes"], c["cores"], s["sizes"]
    rate, state = s["formats"]["rate"]["bits"], s["formats"]["state"]["bits"]
    n = lanes * cores
    syn = c["syn_words"] // lanes
    both = "1 read, 1 write"
    rows = [("S, state, of a lane", state, c["state_words"] // lanes, n, both),
            ("R, rate, of all lanes", rate * lanes, c["rate_words"] // lanes, cores, both + " a lane")]
    rows.append(("W, synapse, even and odd bank of a lane", rate, syn // 2, 2 * n, ONE_PORT) if c["banked"]
                else ("W, synapse, of a lane", rate, syn, n, both))
    rows += [("K, scalar, and first ticks", state, 2 * max(c["scalars"], c["prog_words"]), cores, both),
             ("table", rate, z["tables"] * z["table_points"], cores * (c["vector_units"] or c["lanes"]), both),  # of every vector unit
             ("program, half", 32, c["prog_words"], 2 * cores, both),
             ("range count", z["range_count_bits"] + 1, c["prog_words"], cores, both),
             ("input stream", rate, c["in_words"], 1, both),
             ("output stream", state, c["out_words"], 1, both),
             ("link, frame", 8, 512, 1, ONE_PORT)]
    return rows


ONE_PORT = "1 read or write"


def primitives(part, width, depth, ports):
    """The fewest blocks of the part's RAM that hold it: of the large one where one port is enough and it would be half full."""
    large = part["large_ram"]
    ram = large if large["count"] and ports == ONE_PORT and 2 * width * depth >= max(d * w for d, w in large["shapes"]) else part["block_ram"]
    return ram["name"], min(-(-width // w) * -(-depth // d) for d, w in ram["shapes"])


def memory_sums(s, c):
    """{primitive: how many} of a configuration with a part."""
    sums = {}
    for _, width, depth, n, ports in memory_rows(s, c):
        name, each = primitives(s["parts"][c["part"]], width, depth, ports)
        sums[name] = sums.get(name, 0) + each * n
    return sums


def memories(s):
    text = "# Memories\n\nEvery memory of every named configuration. Depth is of one instance. A write of R has an enable a lane.\n\n"
    ram = lambda r: f"{r['count']} {r['name']}: " + ", ".join(f"{d} x {w}" for d, w in r["shapes"]) if r["count"] else "-"
    text += table(["part", "", "block RAM", "large RAM", "multipliers"],
                  [(n, p["doc"], ram(p["block_ram"]), ram(p["large_ram"]), p["multipliers"]) for n, p in s["parts"].items()])
    text += "\n| configuration | part | cores x lanes | synapse words | block RAM | | large RAM | | multipliers in lanes | |\n" + "|---" * 10 + "|\n"
    for name, c in s["config"].items():
        if "part" in c:
            p, sums, used = s["parts"][c["part"]], memory_sums(s, c), 3 * c["cores"] * c["lanes"]
            block, large = sums.get(p["block_ram"]["name"], 0), sums.get(p["large_ram"]["name"], 0)
            of = lambda n, m: f"{n} of {m} | {100 * n // m} %" if m else "- |"
            text += (f"| {name} | {c['part']} | {c['cores']} x {c['lanes']} | {c['cores'] * c['syn_words']} | {of(block, p['block_ram']['count'])} | "
                     f"{of(large, p['large_ram']['count'])} | {of(used, p['multipliers'])} |\n")
    for name, c in s["config"].items():
        text += f"\n## {name}\n\n"
        part = s["parts"].get(c.get("part"))
        rows, bits = [], 0
        for what, width, depth, n, ports in memory_rows(s, c):
            bits += width * depth * n
            row = (what, n, width, depth, ports)
            if part:
                prim, each = primitives(part, width, depth, ports)
                row += (f"{each * n} {prim}",)
            rows.append(row)
        text += table(["memory", "instances", "bits", "depth", "ports"] + (["primitives"] if part else []), rows)
        text += f"\n{bits} bits in all" + ("".join(f", {v} {k}" for k, v in memory_sums(s, c).items()) if part else "") + ".\n"
    return text
