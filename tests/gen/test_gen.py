# SPDX-License-Identifier: Apache-2.0
"""The generator: committed files are current, its output is deterministic, and a bad specification is refused by the name of its key."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
GEN = ROOT / "rtl/spec/gen.py"
SPEC = (ROOT / "rtl/spec/antinode.toml").read_text()


def gen(*args):
    return subprocess.run([sys.executable, str(GEN), *map(str, args)], capture_output=True, text=True, check=False)


class Files(unittest.TestCase):
    def test_committed_files_are_current(self):
        r = gen("--check")
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)

    def test_check_sees_a_changed_and_a_missing_file(self):
        with tempfile.TemporaryDirectory() as d:
            self.assertEqual(gen("--out", d).returncode, 0)
            self.assertEqual(gen("--check", "--out", d).returncode, 0)
            header = pathlib.Path(d, "sw/gen/an_spec.h")
            header.write_text(header.read_text().replace("AN_OP_TICK 1", "AN_OP_TICK 2"))
            pathlib.Path(d, "docs/reference/link.md").unlink()
            r = gen("--check", "--out", d)
            self.assertEqual(r.returncode, 1)
            self.assertIn("sw/gen/an_spec.h", r.stdout)
            self.assertIn("docs/reference/link.md", r.stdout)
            self.assertFalse(pathlib.Path(d, "docs/reference/link.md").exists())

    def test_package_and_header_hold_the_same_numbers(self):
        sv = dict(re.findall(r"localparam \S+ (?:\[31:0\] |\[\d+:0\] )?(\w+) = (?:\d+'[dhb])?(\w+);",
                             (ROOT / "rtl/gen/an_spec_pkg.sv").read_text()))
        c = dict(re.findall(r"#define AN_(\w+) (?:0x)?(\w+?)u?(?: |$)", (ROOT / "sw/gen/an_spec.h").read_text(), re.M))
        shared = [k for k in sv if not k.startswith("CFG_")]
        self.assertGreater(len(shared), 300)
        for k in shared:
            self.assertEqual(sv[k], c.get(k), k)


class Refused(unittest.TestCase):
    """Each case: what is replaced in the specification, by what, and the words the message must hold."""

    def refuse(self, old, new, *words):
        self.assertEqual(SPEC.count(old), 1, f"the specification holds this once: {old!r}")
        with tempfile.TemporaryDirectory() as d:
            bad = pathlib.Path(d, "bad.toml")
            bad.write_text(SPEC.replace(old, new))
            r = gen("--spec", bad, "--out", d)
            self.assertEqual(r.returncode, 2, r.stdout + r.stderr)
            for w in words:
                self.assertIn(w, r.stderr)
            self.assertEqual([p.name for p in pathlib.Path(d).iterdir()], ["bad.toml"], "nothing was written")

    def test_field_beyond_the_word(self):
        self.refuse("wbase = [58, 39]", "wbase = [64, 39]", "fields.prj.wbase", "64-bit")

    def test_field_upside_down(self):
        self.refuse("rows  = [38, 27]", "rows  = [27, 38]", "fields.prj.rows")

    def test_overlap_in_a_layout(self):
        self.refuse("rows  = [38, 27]", "rows  = [39, 27]", "fields.prj.rows", "bit 39", "wbase")

    def test_overlap_with_the_opcode(self):
        self.refuse("count = [15, 0]", "count = [59, 0]", "fields.loop.count", "fromk")
        self.refuse("target = [31, 0]", "target = [59, 0]", "fields.end.target", "op")

    def test_same_name_in_two_places(self):
        self.refuse("key  = [31, 0]", "step = [31, 0]", "fields.key.step", "another layout")

    def test_opcode_twice(self):
        self.refuse("TICK = { code = 1,", "TICK = { code = 0,", "opcodes.TICK", "HALT")

    def test_opcode_too_large(self):
        self.refuse("AMAX = { code = 26,", "AMAX = { code = 32,", "opcodes.AMAX", "5 bits")

    def test_unknown_layout(self):
        self.refuse('layout = "ring"', 'layout = "rings"', "opcodes.RING.layout", "rings")

    def test_register_twice(self):
        self.refuse("VERSION    = { index = 1,", "VERSION    = { index = 0,", "registers.chip.VERSION", "MAGIC")

    def test_lanes(self):
        self.refuse("lanes = 8\nsyn_words = 65536", "lanes = 3\nsyn_words = 65536", "config.bench-1x8.lanes", "1, 2, 4 or 8")

    def test_part(self):
        self.refuse('part = "up5k"', 'part = "up6k"', "config.icebreaker.part", "up5k lfe5u-25")

    def test_missing_and_unknown_key_of_a_configuration(self):
        self.refuse("syn_words = 4096\n", "", "config.tiny.syn_words", "missing")
        self.refuse("syn_words = 4096\n", "syn_words = 4096\nsynwords = 1\n", "config.tiny.synwords", "unknown")

    def test_not_a_truth_value(self):
        self.refuse("link_steps = 4\nclosed = true", "link_steps = 4\nclosed = 1", "config.tiny.closed", "true or false")

    def test_not_a_number(self):
        self.refuse("block_columns = 32", 'block_columns = "32"', "rounding.block_columns")

    def test_no_toml(self):
        self.refuse("[timing]", "[timing", "bad.toml")


if __name__ == "__main__":
    unittest.main()
