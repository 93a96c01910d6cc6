# SPDX-License-Identifier: Apache-2.0
"""Model, Verilated chip and the chip behind its UART pins: the same bits. Small chip (tiny), small net, real digits."""
import json
import re
import signal
import subprocess
import unittest
import xml.etree.ElementTree

from an import COMMAND, ROOT, Case

SMALL = ("vfep-digits", "--config", "tiny", "--set", "hidden=16")
SAME = ("digest", "digest_network", "clocks", "visits", "ticks", "samples", "metrics")


class Served:
    """antinode serve as a child; `target` is what --on takes."""

    def __init__(self, case, *arg):
        self.case, self.arg = case, arg

    def __enter__(self):
        self.child = subprocess.Popen([COMMAND, "serve", "--on", "sim", "--config", "tiny", *self.arg], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        line = self.child.stdout.readline()
        found = re.search(r"--on (\S+)", line)
        self.case.assertIsNotNone(found, f"serve said {line!r}")
        self.target = found[1]
        return self

    def __exit__(self, *_):
        self.child.send_signal(signal.SIGINT)
        self.code = self.child.wait(30)
        self.child.stdout.close()
        self.case.assertEqual(self.code, 0)


class Targets(Case):
    def same(self, a, b):
        for key in SAME:
            self.assertEqual(a[key], b[key], key)

    def test_check(self):
        out, _ = self.an("check", *SMALL, "--samples", 5)
        compared, differ = map(int, re.search(r"(\d+) records compared, (\d+) differ", out).groups())
        self.assertEqual(differ, 0)
        self.assertGreater(compared, 10000)
        chip, model = re.search(r"chip ([0-9a-f]{16}), model ([0-9a-f]{16})", out).groups()
        self.assertEqual(chip, model)
        self.assertEqual(model, self.report(*SMALL, "--samples", 5, "--test", 0)["digest"])

    def test_sim(self):
        run = (*SMALL, "--samples", 10, "--test", 20)
        self.same(self.report(*run), self.report(*run, "--on", "sim"))

    def test_pins(self):
        run = ("--set", "hidden=16", "--samples", 3, "--test", 4)
        model = self.report("vfep-digits", *run, "--config", "tiny")
        link = self.folder / "chip"
        with Served(self, "--pty", link) as s:
            self.assertIn(str(link), s.target)
            out = self.an("info", "--on", s.target, "--self-test")[0]
            for text in ("that of tiny", "loopback  6720 words", "every memory as the model's"):
                self.assertIn(text, out)
            self.same(model, self.report("vfep-digits", *run, "--on", s.target))
            self.bad("run", "vfep-digits", "--config", "icebreaker", "--on", s.target, code=3, says=["lanes", "(1), expected", "(2)"])
            self.assertIn("does not fit", self.an("run", "vfep-fashion", "--on", s.target, code=2)[1])
        self.assertFalse(link.exists())

    def test_tcp(self):
        run = ("vfep-digits", "--set", "hidden=16", "--samples", 1, "--test", 0)
        with Served(self, "--tcp", "0") as s:
            self.assertEqual(self.report(*run, "--on", s.target)["digest"], self.report(*run, "--config", "tiny")["digest"])

    def test_demo(self):
        out, _ = self.an("demo", *SMALL, "--samples", 340, "--out", self.folder / "demo")
        for step in range(1, 6):
            self.assertRegex(out, rf"(?m)^{step}\. ")
        self.assertRegex(out, r"[1-9]\d* records compared, 0 differ")
        r = json.loads((self.folder / "demo/report.json").read_text())
        self.assertEqual((r["samples"], r["chip_samples"], r["metrics"]["test_count"]), (340, 300, 359))
        self.assertEqual(r["digest_network"], self.report(*SMALL, "--samples", 340, "--test", 0)["digest_network"])
        texts = [t.text for t in xml.etree.ElementTree.parse(self.folder / "demo/learning.svg").getroot().iter() if t.text]
        self.assertIn("first 300: Verilated chip in lockstep", texts)


if __name__ == "__main__":
    unittest.main()
