# SPDX-License-Identifier: Apache-2.0
"""sw/gen/an_spec.h and an_spec.c: the same constants with the prefix AN_, and tables for the assembler and messages."""
import json

import spec


def render(s):
    return {"sw/gen/an_spec.h": header(s), "sw/gen/an_spec.c": source(s)}


TYPES = """
/* One configuration of the chip. Words are of one core, over all its lanes; lanes divide them. */
typedef struct an_config {
    char name[32];
    uint32_t cores, lanes, syn_words, state_words, rate_words, prog_words, scalars, in_words, out_words, link_steps, clock_hz;
    uint32_t vector_units; /* lanes a vector instruction takes at once, a divisor of lanes; 0 = lanes */
    bool banked;
    bool pairs, recip, ring, sums; /* features: pair synapses; RECIP and SQRT; RING; SUM and DOT */
    bool ahead; /* the program is read an instruction ahead */
    bool split; /* feature: SWP's raw, KEY's block; else ignored */
    bool beside; /* a vector step reads an S and an R word in one clock, and equal operands once */
    bool follow; /* a vector instruction begins while the one before it still computes */
    bool closed; /* the chain of cores is a ring: the last one's upper neighbour is core 0 */
    bool pass; /* feature: PASS */
    bool take; /* feature: TAKE */
    bool give; /* feature: GIVE */
} an_config_t;
extern const an_config_t an_configs[];
extern const size_t an_n_configs;

typedef struct an_feature_info {
    const char *name;
    uint32_t bit; /* AN_HAS_x */
} an_feature_info_t;
extern const an_feature_info_t an_features[];
extern const size_t an_n_features;
/* What a configuration has, as bits of the register FEATURES, and back. */
uint32_t an_features_of(const an_config_t *cfg);
void an_features_set(an_config_t *cfg, uint32_t bits);

typedef struct an_op_info {
    const char *name;
    uint8_t code, layout; /* layout: AN_LAYOUT_x */
    const char *doc;
} an_op_info_t;
extern const an_op_info_t an_ops[]; /* by code */
extern const size_t an_n_ops;

typedef struct an_field_info {
    uint8_t layout;
    const char *name;
    uint8_t msb, lsb;
} an_field_info_t;
extern const an_field_info_t an_fields[]; /* by layout, the opcode left out */
extern const size_t an_n_fields;

typedef struct an_reg_info {
    const char *name;
    uint32_t index;
    bool core;            /* register of a core, else of the chip */
    bool readable, writable;
    const char *doc;
} an_reg_info_t;
extern const an_reg_info_t an_regs[];
extern const size_t an_n_regs;

/* Names of codes; NULL where there is none of that number. Static. */
const char *an_state_name(uint32_t state);
const char *an_stall_name(uint32_t stall);
const char *an_record_name(uint32_t kind);

/* Field [msb:lsb] of an instruction word. put ignores bits of value that do not fit. */
static inline uint32_t an_field_get(uint64_t word, unsigned msb, unsigned lsb) {
    return (uint32_t)((word >> lsb) & ((1ull << (msb - lsb + 1u)) - 1u));
}
static inline int32_t an_field_get_signed(uint64_t word, unsigned msb, unsigned lsb) {
    const int64_t half = (int64_t)1 << (msb - lsb);
    return (int32_t)(((int64_t)an_field_get(word, msb, lsb) ^ half) - half);
}
static inline uint64_t an_field_put(uint64_t word, unsigned msb, unsigned lsb, uint32_t value) {
    const uint64_t mask = ((1ull << (msb - lsb + 1u)) - 1u) << lsb;
    return (word & ~mask) | (((uint64_t)value << lsb) & mask);
}
/* The same by name: AN_GET(word, VEC_D), AN_PUT(word, OP, AN_OP_ADD) */
#define AN_GET(word, field) an_field_get((word), AN_F_##field##_MSB, AN_F_##field##_LSB)
#define AN_GET_SIGNED(word, field) an_field_get_signed((word), AN_F_##field##_MSB, AN_F_##field##_LSB)
#define AN_PUT(word, field, value) an_field_put((word), AN_F_##field##_MSB, AN_F_##field##_LSB, (uint32_t)(value))

/* Bus address of a register of the chip, and of word `index` of space AN_BUS_x of core `core`. */
static inline uint32_t an_addr_chip(uint32_t reg) { return reg; }
static inline uint32_t an_addr_core(uint32_t core, uint32_t space, uint32_t index) {
    return ((core + 1u) << 24) | (space << 20) | index;
}
"""


def header(s):
    out = []

    def head(text):
        out.append(f"\n/* {text} */")

    def num(name, value, doc=""):
        out.append(f"#define AN_{name} {value}" + (f" /* {doc} */" if doc else ""))

    head("identity")
    num("MAGIC", f"0x{s['chip']['magic']:08X}u")
    num("VERSION", f"0x{s['version_word']:08X}u")
    num("VERSION_TEXT", json.dumps(s["chip"]["version"]))
    num("SPEC_HASH", f"0x{s['hash']:08X}u")
    head("number formats: AN_W_x bits, AN_F_x of them fractional")
    for n, f in s["formats"].items():
        num(f"W_{n.upper()}", f["bits"], f["doc"])
        num(f"F_{n.upper()}", f["frac"])
    head("bits of the register FEATURES")
    for n, bit in spec.FEATURES.items():
        num(f"HAS_{n.upper()}", f"{1 << bit}u")
    head("instruction layouts")
    for i, layout in enumerate(["none"] + layouts(s)):
        num(f"LAYOUT_{spec.tag(layout)}", i)
    head("instruction fields: AN_F_<layout>_<field>_MSB, _LSB, _W")
    for layout, fs in s["fields"].items():
        for n, (msb, lsb) in fs.items():
            stem = f"F_{n.upper()}" if layout == "common" else f"F_{spec.tag(layout)}_{n.upper()}"
            num(stem + "_MSB", msb)
            num(stem + "_LSB", lsb)
            num(stem + "_W", msb - lsb + 1)
    head("opcodes")
    for n, o in s["opcodes"].items():
        num(f"OP_{n}", o["code"], o["doc"])
    for section, (prefix, _) in spec.CODES.items():
        head(section.replace("_", " "))
        for n, v in s[section].items():
            num(f"{prefix}_{n.upper()}", v)
    for section, (prefix, _) in spec.CODE_TABLES.items():
        head(section.replace("_", " "))
        for n, v in s[section].items():
            num(f"{prefix}_{n.upper()}", v["code"], v["doc"])
    head("rounding bits")
    for n, v in s["rounding"].items():
        num(n.upper(), v if n == "block_columns" else f"0x{v:08X}u")
    head("clocks (docs/machine.md, Time)")
    for n, v in s["timing"].items():
        num(f"T_{n.upper()}", v, s["comments"].get(("timing", n), ""))
    head("sizes")
    for n, v in s["sizes"].items():
        num(n.upper(), v)
    for unit, regs in s["registers"].items():
        head(f"registers of the {unit}: index on the bus")
        for n, r in regs.items():
            num(f"REG_{unit.upper()}_{n}", r["index"], f"{r['access']}: {r['doc']}")
    head("link")
    num("LINK_MAX_PAYLOAD", s["link"]["max_payload"])
    num("LINK_CRC_POLY", f"0x{s['link']['crc_poly']:08X}u")
    return (f"/* SPDX-License-Identifier: Apache-2.0\n * {spec.BANNER} */\n#ifndef AN_SPEC_H\n#define AN_SPEC_H\n"
            "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n" + "\n".join(out) + "\n" + TYPES
            + "\n#endif\n")


def layouts(s):
    return [k for k in s["fields"] if k != "common"]


def table(kind, name, count, rows):
    body = "\n".join(f"    {r}," for r in rows)
    return f"const {kind} {name}[] = {{\n{body}\n}};\nconst size_t {count} = sizeof {name} / sizeof {name}[0];\n"


def namer(fn, codes):
    rows = "\n".join(f"    case {v}: return {json.dumps(n)};" for n, v in codes.items())
    return (f"const char *{fn}(uint32_t code) {{\n    switch (code) {{\n{rows}\n"
            "    default: return NULL;\n    }\n}\n")


def source(s):
    q, yes = json.dumps, lambda b: "true" if b else "false"
    cfgs = [f"{{{q(n)}, " + ", ".join(f"{c[k]}u" for k in spec.CONFIG_INTS) + "".join(f", {yes(c[k])}" for k in spec.CONFIG_BOOLS) + "}"
            for n, c in s["config"].items()]
    ops = [f"{{{q(n)}, {o['code']}, AN_LAYOUT_{spec.tag(o['layout'])}, {q(o['doc'])}}}"
           for n, o in sorted(s["opcodes"].items(), key=lambda kv: kv[1]["code"])]
    fields = [f"{{AN_LAYOUT_{spec.tag(l)}, {q(n)}, {f[0]}, {f[1]}}}" for l in layouts(s) for n, f in s["fields"][l].items()]
    regs = [f"{{{q(n)}, {r['index']}, {yes(unit == 'core')}, {yes('r' in r['access'])}, {yes('w' in r['access'])}, {q(r['doc'])}}}"
            for unit, rs in s["registers"].items() for n, r in rs.items()]
    return "\n".join([
        f"/* SPDX-License-Identifier: Apache-2.0\n * {spec.BANNER} */\n#include \"an_spec.h\"\n",
        table("an_config_t", "an_configs", "an_n_configs", cfgs),
        table("an_feature_info_t", "an_features", "an_n_features", [f"{{{q(n)}, AN_HAS_{n.upper()}}}" for n in spec.FEATURES]),
        "uint32_t an_features_of(const an_config_t *cfg) {\n    uint32_t bits = 0;\n"
        + "".join(f"    bits |= cfg->{n} ? AN_HAS_{n.upper()} : 0;\n" for n in spec.FEATURES) + "    return bits;\n}\n",
        "void an_features_set(an_config_t *cfg, uint32_t bits) {\n"
        + "".join(f"    cfg->{n} = bits & AN_HAS_{n.upper()};\n" for n in spec.FEATURES) + "}\n",
        table("an_op_info_t", "an_ops", "an_n_ops", ops),
        table("an_field_info_t", "an_fields", "an_n_fields", fields),
        table("an_reg_info_t", "an_regs", "an_n_regs", regs),
        namer("an_state_name", s["states"]),
        namer("an_stall_name", s["stalls"]),
        namer("an_record_name", {n: v["code"] for n, v in s["records"].items()})])
