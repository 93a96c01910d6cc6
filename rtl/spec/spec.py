# SPDX-License-Identifier: Apache-2.0
"""Reads and checks antinode.toml. Whatever is not as it should be is refused with the dotted name of its key."""
import hashlib
import re
import tomllib

BANNER = "Generated from rtl/spec/antinode.toml by rtl/spec/gen.py. Do not edit; run: make gen"
SECTIONS = ["chip", "formats", "fields", "spaces", "source_spaces", "posts", "init_modes", "stream_ports", "opcodes",
            "rounding", "timing", "sizes", "bus_spaces", "registers", "states", "stalls", "link", "link_ops",
            "link_status", "records", "parts", "config"]
CONFIG_INTS = ["cores", "lanes", "syn_words", "state_words", "rate_words", "prog_words", "scalars", "in_words",
               "out_words", "link_steps", "clock_hz", "vector_units"]
# what a configuration may leave out: bits of the register FEATURES
FEATURES = {"pairs": 0, "recip": 1, "ring": 2, "sums": 3, "ahead": 4, "split": 5, "beside": 6, "follow": 7, "closed": 12, "pass": 13, "take": 14, "give": 15}
CONFIG_BOOLS = ("banked",) + tuple(FEATURES)
MAY_BE_ZERO = ("clock_hz", "vector_units")  # no clock of its own; as many as lanes
# sections of plain codes: prefix of the constants, bits of a code
CODES = {"spaces": ("SPC", 2), "source_spaces": ("SRC", 2), "posts": ("POST", 2), "init_modes": ("INIT", 2),
         "stream_ports": ("PORT", 2), "states": ("ST", 4), "stalls": ("STALL", 4), "link_status": ("LINKST", 8)}
# sections of { code, doc }
CODE_TABLES = {"bus_spaces": ("BUS", 4), "link_ops": ("LINK", 8), "records": ("REC", 4)}
LAYOUT_TAG = {"vector": "VEC"}  # the others are their own tag in capitals


class SpecError(Exception):
    pass


def need(ok, key, what):
    if not ok:
        raise SpecError(f"{key}: {what}")


def is_int(v):
    return isinstance(v, int) and not isinstance(v, bool)


def tag(layout):
    return LAYOUT_TAG.get(layout, layout.upper())


def ident(name):
    return re.sub(r"\W", "_", name).upper()


def trailing_comments(text):
    """{(table, key): comment at the end of its line}: the words about a field stand beside it."""
    out, table = {}, ""
    for line in text.splitlines():
        head = re.match(r"\s*\[([^\]]+)\]", line)
        if head:
            table = head[1]
            continue
        m = re.match(r"\s*([\w-]+)\s*=\s*[^#\"{]*#\s*(.*)$", line)
        if m:
            out[table, m[1]] = m[2].strip()
    return out


def unique_codes(section, codes, bits):
    seen = {}
    for name, code in codes.items():
        key = f"{section}.{name}"
        need(is_int(code), key, "its code must be an integer")
        need(0 <= code < 1 << bits, key, f"code {code} does not fit {bits} bits")
        need(code not in seen, key, f"code {code} is already that of {seen.get(code)}")
        seen[code] = name


def check_fields(s):
    fields = s["fields"]
    need(list(fields.get("common", {})) == ["op"], "fields.common", "must hold op and nothing else")
    place = {}
    for layout, fs in fields.items():
        used = {} if layout == "common" else {b: "op" for b in bits_of(fields["common"]["op"])}
        for name, f in fs.items():
            key = f"fields.{layout}.{name}"
            need(isinstance(f, list) and len(f) == 2 and all(is_int(x) for x in f), key, "must be [msb, lsb]")
            need(63 >= f[0] >= f[1] >= 0, key, f"[{f[0]}, {f[1]}] is not a field of a 64-bit word")
            for b in bits_of(f):
                need(b not in used, key, f"bit {b} already belongs to {used.get(b)}")
                used[b] = name
            need(place.setdefault(name, f) == f, key, f"stands at {place[name]} in another layout")


def bits_of(field):
    return range(field[1], field[0] + 1)


def check_opcodes(s):
    op = s["fields"]["common"]["op"]
    bits = op[0] - op[1] + 1
    for name, o in s["opcodes"].items():
        key = f"opcodes.{name}"
        need(isinstance(o, dict) and sorted(o) == ["code", "doc", "layout"], key, "must be { code, layout, doc }")
        need(o["layout"] == "none" or o["layout"] in s["fields"], key + ".layout",
             f"there is no layout {o['layout']!r}; legal: none {' '.join(k for k in s['fields'] if k != 'common')}")
    unique_codes("opcodes", {k: o["code"] for k, o in s["opcodes"].items()}, bits)


def check_registers(s):
    for unit in ("chip", "core"):
        need(unit in s["registers"], f"registers.{unit}", "is missing")
        for name, r in s["registers"][unit].items():
            key = f"registers.{unit}.{name}"
            need(isinstance(r, dict) and sorted(r) == ["access", "doc", "index"], key, "must be { index, access, doc }")
            need(r["access"] in ("ro", "rw", "wo"), key + ".access", "legal: ro rw wo")
        unique_codes(f"registers.{unit}", {k: r["index"] for k, r in s["registers"][unit].items()}, 20)


def check_parts(s):
    for name, p in s["parts"].items():
        key = f"parts.{name}"
        need(isinstance(p, dict) and sorted(p) == ["block_ram", "doc", "large_ram", "multipliers"], key, "must be { block_ram, large_ram, multipliers, doc }")
        for k in ("block_ram", "large_ram"):
            r = p[k]
            need(isinstance(r, dict) and sorted(r) == ["count", "name", "shapes"] and is_int(r["count"]), f"{key}.{k}", "must be { name, count, shapes }")
            for shape in r["shapes"]:
                need(isinstance(shape, list) and len(shape) == 2 and all(is_int(x) and x > 0 for x in shape), f"{key}.{k}.shapes", "each is [words, bits]")


def check_configs(s):
    for name, c in s["config"].items():
        key = f"config.{name}"
        need(1 <= len(name) <= 31, key, "a name has 1 to 31 characters")
        legal = CONFIG_INTS + [*CONFIG_BOOLS, "doc"]
        for k in c:
            need(k in legal or k == "part", f"{key}.{k}", f"unknown key; legal: {' '.join(legal)} part")
        need(c.get("part") in (None, *s["parts"]), f"{key}.part", f"legal: {' '.join(s['parts'])}")
        for k in legal:
            need(k in c, f"{key}.{k}", "is missing")
        for k in CONFIG_INTS:
            need(is_int(c[k]) and (c[k] >= 1 or k in MAY_BE_ZERO and c[k] == 0), f"{key}.{k}", "must be a positive integer")
        need(c["lanes"] in (1, 2, 4, 8), f"{key}.lanes", f"{c['lanes']} is not 1, 2, 4 or 8")
        need(c["vector_units"] == 0 or c["lanes"] % c["vector_units"] == 0, f"{key}.vector_units", "must divide lanes, or be 0: as many as lanes")
        need(c["link_steps"] in [1 << k for k in range(1, 11)], f"{key}.link_steps", "must be a power of two, 2 to 1024")
        need(c["cores"] <= 14, f"{key}.cores", "at most 14 cores have bus addresses")
        for k in CONFIG_BOOLS:
            need(isinstance(c[k], bool), f"{key}.{k}", "must be true or false")
        for k, width in (("syn_words", 20), ("state_words", 11), ("rate_words", 11)):
            need(c[k] % c["lanes"] == 0, f"{key}.{k}", "must be a multiple of lanes")
            need(c[k] <= c["lanes"] << width, f"{key}.{k}", f"more than 2^{width} blocks")


def load(path):
    raw = path.read_bytes()
    try:
        s = tomllib.loads(raw.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
        raise SpecError(str(e)) from e
    for k in SECTIONS:
        need(isinstance(s.get(k), dict), k, "section is missing")
    for k in s:
        need(k in SECTIONS, k, f"unknown section; legal: {' '.join(SECTIONS)}")
    for k in ("magic", "version"):
        need(k in s["chip"], f"chip.{k}", "is missing")
    m = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{1,2})", str(s["chip"]["version"]))
    need(m, "chip.version", "must be major.minor.patch")
    for k in ("rounding", "timing", "sizes", "link"):
        for n, v in s[k].items():
            need(is_int(v) and 0 <= v < 1 << 32, f"{k}.{n}", "must be an integer of 32 bits")
    for n, f in s["formats"].items():
        need(isinstance(f, dict) and sorted(f) == ["bits", "doc", "frac"], f"formats.{n}", "must be { bits, frac, doc }")
        need(0 <= f["frac"] < f["bits"] <= 64, f"formats.{n}", "needs frac < bits <= 64")
    check_fields(s)
    check_opcodes(s)
    for k, (_, bits) in CODES.items():
        unique_codes(k, s[k], bits)
    for k, (_, bits) in CODE_TABLES.items():
        for n, v in s[k].items():
            need(isinstance(v, dict) and sorted(v) == ["code", "doc"], f"{k}.{n}", "must be { code, doc }")
        unique_codes(k, {n: v["code"] for n, v in s[k].items()}, bits)
    check_registers(s)
    check_parts(s)
    check_configs(s)
    s["comments"] = trailing_comments(raw.decode("utf-8"))
    s["hash"] = int.from_bytes(hashlib.sha256(raw).digest()[:4], "big")
    s["version_word"] = int(m[1]) << 16 | int(m[2]) << 8 | int(m[3])
    return s
