# SPDX-License-Identifier: Apache-2.0
"""antinode run, compile, list, info, asm, dis."""
import json
import subprocess
import unittest
import xml.etree.ElementTree

from an import COMMAND, ROOT, Case

# vfep-digits after its 10 epochs: 2.5 to 5.3 % at seeds 1 to 5
DIGITS_EPOCHS, DIGITS_BAR = 10, 0.08


class Run(Case):
    def test_learns(self):
        r = self.report("vfep-digits", "--epochs", DIGITS_EPOCHS)
        self.assertEqual(r["metrics"]["test_count"], 359)
        self.assertLess(r["metrics"]["test_error"], DIGITS_BAR)
        self.assertEqual(r["samples"], DIGITS_EPOCHS * 1438)
        self.assertFalse(r["diverged"])
        self.assertEqual([p["samples"] for p in r["curve"]], [1438 * (i + 1) for i in range(DIGITS_EPOCHS)])
        for key in ("experiment", "target", "config", "seed", "ticks", "clocks", "visits", "wall_s", "digest", "digest_network", "version", "spec_hash", "range"):
            self.assertIn(key, r)
        self.assertEqual((r["experiment"], r["target"], r["config"], r["seed"]), ("vfep-digits", "model", "icebreaker", 1))
        self.assertGreater(r["visits"], 0)
        self.assertGreater(r["clocks"], r["visits"] // 2)  # two lanes, one word a lane and clock at most

    def test_cost(self):
        r = self.report("vfep-digits", "--samples", 60, "--test", 10, "--set", "clock_hz=12e6", "--set", "watts=0.05")
        c = r["cost"]
        for name, n in ("clocks_per_tick", r["ticks"]), ("clocks_per_sample", r["samples"]):
            part = c[name]
            self.assertEqual(set(part), {"all", "input", "output", "sweep", "vector", "exchange", "control", "stall"})
            self.assertAlmostEqual(part["all"] * n, r["clocks"], delta=1)
            self.assertAlmostEqual(sum(v for k, v in part.items() if k not in ("all", "stall")) / part["all"], 1, 6)
        part = c["clocks_per_sample"]
        self.assertTrue(64 + 10 <= part["input"] <= 2 * (64 + 10) and 10 / 2 <= part["output"] < part["input"])  # the image and its label come word by word
        self.assertEqual(part["exchange"], 0)
        self.assertAlmostEqual(c["s_per_sample"] / (part["all"] / 12e6), 1, 6)
        self.assertAlmostEqual(c["joules_per_sample"] / (0.05 * c["s_per_sample"]), 1, 6)
        self.assertIn("estimate", c["energy"])
        plain = self.report("vfep-digits", "--samples", 60, "--test", 10)["cost"]
        self.assertEqual((plain["clock_hz"], plain["watts"], plain["joules_per_sample"]), (24e6, None, None))

    def test_same_seed_same_bits(self):
        one, two, other = (self.report("vfep-digits", "--samples", 200, "--test", 20, "--seed", s) for s in (5, 5, 6))
        for key in ("digest", "digest_network", "clocks", "visits", "ticks", "metrics"):
            self.assertEqual(one[key], two[key])
        self.assertNotEqual(one["digest_network"], other["digest_network"])

    def test_lanes_do_not_matter(self):
        r = [self.report("vfep-digits", "--samples", 100, "--test", 50, "--set", f"lanes={p}") for p in (1, 2, 4, 8)]
        self.assertEqual([x["lanes"] for x in r], [1, 2, 4, 8])
        self.assertEqual(len({x["digest_network"] for x in r}), 1)
        self.assertEqual(len({x["metrics"]["test_error"] for x in r}), 1)
        self.assertEqual(len({x["digest"] for x in r}), 4)  # it is the whole chip, and so depends on where things lie
        self.assertEqual(len({x["visits"] for x in r}), 1)
        self.assertGreater(r[0]["clocks"], r[3]["clocks"])

    def test_evaluations_do_not_change_training(self):
        a = self.report("vfep-digits", "--samples", 400, "--test", 0)
        b = self.report("vfep-digits", "--samples", 400, "--test", 0, "--set", "schedule.eval=100", "--set", "schedule.eval_count=10")
        self.assertEqual(a["digest_network"], b["digest_network"])
        self.assertEqual(len(b["curve"]), 3)
        self.assertEqual(a["curve"], [])

    def test_ticks(self):
        r = self.report("vfep-digits", "--ticks", 33, "--test", 0)
        self.assertEqual((r["ticks"], r["samples"]), (33, 33))
        self.assertEqual(r["digest_network"], self.report("vfep-digits", "--samples", 33, "--test", 0)["digest_network"])

    def test_files(self):
        report, plot = self.folder / "r.json", self.folder / "p.svg"
        out, _ = self.an("run", "vfep-digits", "--epochs", 1, "--report", report, "--plot", plot)
        self.assertIn("test error", out)
        self.assertEqual(json.loads(report.read_text())["samples"], 1438)
        root = xml.etree.ElementTree.parse(plot).getroot()
        texts = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text")]
        self.assertIn("test error", texts)
        self.assertIn("training samples seen", texts)
        self.assertEqual(sorted(p.name for p in self.folder.iterdir()), ["p.svg", "r.json"])

    def test_quiet(self):
        self.assertEqual(self.an("run", "vfep-digits", "--samples", 20, "--test", 0, "--quiet"), ("", ""))

    def test_own_file(self):
        path = self.yaml("vfep-digits")
        r = self.report(path, "--samples", 50, "--test", 0)
        self.assertEqual(r["digest_network"], self.report("vfep-digits", "--samples", 50, "--test", 0)["digest_network"])


class Diverges(Case):
    GROW = ROOT / "tests/system/grow.yaml"

    def test_says_where(self):
        path = self.folder / "r.json"
        _, err = self.an("run", self.GROW, "--report", path, code=1)
        r = json.loads(path.read_text())
        self.assertTrue(r["diverged"])
        self.assertEqual(r["metrics"], {})
        self.assertLess(r["samples"], 1438)  # it does not go on for nothing
        site, = r["range"]
        self.assertEqual((site["name"], site["state"]), ("input.u", True))
        self.assertIn(f"input.u saturates since tick {site['first_tick']}", err)

    def test_not_within_range(self):
        r = self.report(self.GROW, "--set", "gain=0.01")
        self.assertEqual((r["diverged"], r["range"], r["samples"]), (False, [], 1438))


class Bench(Case):
    def test_utilisation(self):
        u = json.loads(self.an("bench", "utilisation", "--report", "-")[0])
        for name, bar in (("256x256", 0.97), ("64x64", 0.95), ("128x10", 0.90), ("vfep-fashion", 0.80)):
            self.assertGreaterEqual(u["utilisation"][name], bar)
            self.assertLess(u["utilisation"][name], 1)
        self.assertGreater(u["clocks_saved_by_skip"], 0.05)
        self.assertIsNone(u["sim_clocks_per_s"])

    def test_without_data(self):
        out, _ = self.an("bench", "utilisation", env={"ANTINODE_DATA": "/nonexistent"})
        self.assertIn("not measured: no Fashion-MNIST", out)


class Others(Case):
    def test_help(self):
        out, _ = self.an("--help")
        names = [line.split()[1] for line in out.splitlines() if line.startswith("  antinode ")]
        self.assertGreaterEqual(set(names), {"run", "check", "serve", "info", "list", "asm", "dis", "compile", "bench", "demo"})
        for name in names:
            text, err = self.an(name, "--help")
            self.assertTrue(text.startswith(f"antinode {name}"))
            self.assertEqual(err, "")

    def test_list(self):
        out, _ = self.an("list")
        for name in ("vfep-fashion", "vfep-digits", "icebreaker", "tiny"):
            self.assertIn(name, out)
        self.assertNotIn("damaged", out)

    def test_info(self):
        out, _ = self.an("info", "--on", "model", "--config", "tiny")
        self.assertIn("1 core x 1 lane, that of tiny", out)

    def test_compile(self):
        out, _ = self.an("compile", "vfep-digits", "--samples", 20, "--list")
        for text in ("synapse", "calibration run over 20 training samples", "hidden.s ", "input>hidden", "largest step", "halt"):
            self.assertIn(text, out)

    def test_asm_and_dis(self):
        listing, _ = self.an("compile", "vfep-digits", "--samples", 1, "--list")
        words = [f[1] for f in (line.split() for line in listing.splitlines()) if len(f) > 2 and f[0].isdigit() and len(f[1]) == 16]
        self.assertGreater(len(words), 50)
        code, text = self.folder / "code.hex", self.folder / "code.s"
        code.write_text("\n".join(words) + "\n")
        text.write_text(self.an("dis", code)[0])
        self.assertEqual(self.an("asm", text)[0].split(), words)
        self.an("asm", text, "--out", code)
        self.assertEqual(code.read_text().split(), words)
        p = subprocess.run([COMMAND, "dis", "-"], input=words[0], capture_output=True, text=True, check=True)
        self.assertEqual(p.stdout, text.read_text().splitlines()[0] + "\n")


if __name__ == "__main__":
    unittest.main()
