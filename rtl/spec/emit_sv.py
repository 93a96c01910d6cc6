# SPDX-License-Identifier: Apache-2.0
"""The package an_spec_pkg, and the named configurations as make variables for lint, synthesis and simulation."""
import spec


def render(s):
    return {"rtl/gen/an_spec_pkg.sv": package(s), "rtl/gen/configs.mk": configs(s)}


def package(s):
    out = []

    def head(text):
        out.append(f"\n  // {text}")

    def num(name, value, doc=""):
        out.append(f"  localparam int {name} = {value};" + (f" // {doc}" if doc else ""))

    def code(name, bits, value, doc=""):
        out.append(f"  localparam logic [{bits - 1}:0] {name} = {bits}'d{value};" + (f" // {doc}" if doc else ""))

    def word(name, value):
        out.append(f"  localparam logic [31:0] {name} = 32'h{value:08X};")

    head("identity")
    word("MAGIC", s["chip"]["magic"])
    word("VERSION", s["version_word"])
    word("SPEC_HASH", s["hash"])
    head("number formats: W_x bits, F_x of them fractional")
    for n, f in s["formats"].items():
        num(f"W_{n.upper()}", f["bits"], f["doc"])
        num(f"F_{n.upper()}", f["frac"])
    head("instruction fields: F_<layout>_<field>_MSB, _LSB, _W")
    for layout, fs in s["fields"].items():
        for n, (msb, lsb) in fs.items():
            stem = f"F_{n.upper()}" if layout == "common" else f"F_{spec.tag(layout)}_{n.upper()}"
            num(stem + "_MSB", msb)
            num(stem + "_LSB", lsb)
            num(stem + "_W", msb - lsb + 1)
    head("opcodes")
    for n, o in s["opcodes"].items():
        code(f"OP_{n}", 5, o["code"], o["doc"])
    for section, (prefix, bits) in spec.CODES.items():
        head(section.replace("_", " "))
        for n, v in s[section].items():
            code(f"{prefix}_{n.upper()}", bits, v)
    for section, (prefix, bits) in spec.CODE_TABLES.items():
        head(section.replace("_", " "))
        for n, v in s[section].items():
            code(f"{prefix}_{n.upper()}", bits, v["code"], v["doc"])
    head("rounding bits")
    for n, v in s["rounding"].items():
        num(n.upper(), v) if n == "block_columns" else word(n.upper(), v)
    head("clocks (docs/machine.md, Time)")
    for n, v in s["timing"].items():
        num(f"T_{n.upper()}", v, s["comments"].get(("timing", n), ""))
    head("sizes")
    for n, v in s["sizes"].items():
        num(n.upper(), v)
    for unit, regs in s["registers"].items():
        head(f"registers of the {unit}: index on the bus")
        for n, r in regs.items():
            code(f"REG_{unit.upper()}_{n}", 20, r["index"], f"{r['access']}")
    head("link")
    num("LINK_MAX_PAYLOAD", s["link"]["max_payload"])
    word("LINK_CRC_POLY", s["link"]["crc_poly"])
    head("named configurations: CFG_<name>_<key>")
    for name, c in s["config"].items():
        for k in spec.CONFIG_INTS:
            num(f"CFG_{spec.ident(name)}_{k.upper()}", c[k])
        for k in spec.CONFIG_BOOLS:
            out.append(f"  localparam bit CFG_{spec.ident(name)}_{k.upper()} = 1'b{int(c[k])};")
    return (f"// SPDX-License-Identifier: Apache-2.0\n// {spec.BANNER}\n`default_nettype none\n"
            "/* verilator lint_off UNUSEDPARAM */\npackage an_spec_pkg;\n" + "\n".join(out).lstrip("\n")
            + "\n\nendpackage\n/* verilator lint_on UNUSEDPARAM */\n`default_nettype wire\n")


def camel(key):
    return "".join(w.capitalize() for w in key.split("_"))


def configs(s):
    lines = ["# SPDX-License-Identifier: Apache-2.0", f"# {spec.BANNER}",
             "# CONFIG_<name>: the parameters of an_chip as Name=value words", "",
             "CONFIGS := " + " ".join(s["config"])]
    for name, c in s["config"].items():
        par = [f"{camel(k)}={c[k]}" for k in spec.CONFIG_INTS] + [f"{camel(k)}={int(c[k])}" for k in spec.CONFIG_BOOLS]
        lines.append(f"CONFIG_{name} := " + " ".join(par))
    return "\n".join(lines) + "\n"
