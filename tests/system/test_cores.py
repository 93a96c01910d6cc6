# SPDX-License-Identifier: Apache-2.0
"""A network over the cores of a chip: the bits of one core, on the model and on the Verilated chip."""
import json
import re
import unittest

from an import Case

RUNS = (("vfep-digits", "--set", "hidden=16", "--config", "tiny", "--samples", 4), ("gle-chain", "--config", "tiny", "--ticks", 200),
        ("vfep-digits", "--set", "hidden=40", "--set", "projections.0.split.at=[32]", "--config", "tiny", "--samples", 4),  # in parts
        ("vfep-digits", "--set", "hidden=40", "--set", "projections.0.split.rows=[32,48]", "--config", "tiny", "--samples", 4))
THREE = ("--set", "cores=3", "--set", "lanes=2")


class Cores(Case):
    def test_model(self):
        for run in RUNS:
            one = self.report(*run, "--test", 20)
            for cores in (2, 3):
                more = self.report(*run, "--test", 20, "--set", f"cores={cores}")
                for key in ("digest_network", "metrics", "visits", "ticks", "curve", "range", "diverged"):
                    self.assertEqual(one[key], more[key], (run[0], cores, key))
                self.assertLess(more["clocks"], one["clocks"], run[0])

    def test_chip(self):
        for run in RUNS:
            out, _ = self.an("check", *run, *THREE)
            compared, differ = map(int, re.search(r"(\d+) records compared, (\d+) differ", out).groups())
            self.assertEqual(differ, 0)
            self.assertGreater(compared, 5000)
            model, chip = (self.report(*run, "--test", 0, *THREE, "--on", on) for on in ("model", "sim"))
            one = self.report(*run, "--test", 0)
            self.assertEqual(chip["digest"], model["digest"])
            self.assertEqual(chip["digest_network"], one["digest_network"])

    def test_compile(self):
        out, _ = self.an("compile", "vfep-digits", "--set", "cores=2", "--samples", 2)
        self.assertRegex(out, r"balance: a turn of the training entry every \d+ clocks")
        clocks = [int(n) for n in re.findall(r"core \d +(\d+) clocks \( *\d+ %\), +\d+ synapse words: \w+", out)]
        self.assertEqual(len(clocks), 2)
        self.assertGreater(min(clocks), max(clocks) / 2)

    def test_parts(self):
        command = ("compile", "vfep-digits", "--set", "cores=3", "--config", "tiny", "--set", "hidden=40", "--samples", 2)
        out, _ = self.an(*command, "--set", "projections.0.split.at=[32]", "--set", "projections.0.split.cores=[2,0]")
        self.assertRegex(out, r"core 2 .*input>hidden \[0-31\]")
        self.assertRegex(out, r"core 0 .*input>hidden \[32-39\]")
        self.assertRegex(out, r"note: \d projections? in parts: the programs send \d+ words")
        out, _ = self.an(*command, "--set", "projections.0.split.rows=[32,48]", "--set", "projections.0.split.cores=[2,0,1]")
        for core, rows in ((2, "0-31"), (0, "32-47"), (1, "48-63")):
            self.assertRegex(out, rf"core {core} .*input>hidden \[rows {rows}\]")
        out, _ = self.an(*command, *(a for k in range(3) for a in ("--set", f"projections.{k}.split=false")))
        self.assertNotIn("in parts", out)

    def test_bench(self):
        out, text = self.an("bench", "cores", "--report", "-")
        self.assertGreaterEqual(text.count("same bits"), 4)
        found = json.loads(out)
        self.assertGreaterEqual(found["utilisation"]["4x256 on 4x2"], 0.94)
        self.assertGreaterEqual(found["utilisation"]["gle-mnist1d 4x2"], 0.65)
        if found["utilisation"]["vfep-fashion 1x8"] is not None:  # null: no Fashion-MNIST here
            self.assertGreaterEqual(found["utilisation"]["vfep-fashion 1x8"], 0.78)
        ticks = found["clocks_per_tick_layers_as_cores"]
        self.assertLess(max(ticks.values()), 1.05 * min(ticks.values()))

    def test_cost(self):
        """Clocks of several cores hold their waiting; the parts and the stall add up."""
        cost = self.report("gle-chain", "--config", "bench-4x2", "--ticks", 400, "--set", "cores=3")["cost"]["clocks_per_tick"]
        self.assertGreater(cost["stall"], 2)
        self.assertAlmostEqual(cost["all"], sum(v for k, v in cost.items() if k != "all"), places=3)

    def test_refused(self):
        self.bad("run", "vfep-digits", "--set", "cores=16", says="from 1 to 15")
        self.bad("run", "vfep-digits", "--set", "cores=2", "--set", "populations.0.core=2", says=("core: 2; legal: 0 to 1", "--set cores=N"))
        self.bad("run", "vfep-digits", "--set", "cores=2", "--set", "projections.0.split.at=[40]", says="input>hidden: a part at column 40; legal: multiples of 32 below 64")
        self.bad("run", "vfep-fashion", "--set", "hidden=800", "--config", "icebreaker", "--set", "cores=2", says=("does not fit icebreaker with 2 cores of 2 lanes: core 0: synapse words: ", " needed, 65536 available"))


if __name__ == "__main__":
    unittest.main()
