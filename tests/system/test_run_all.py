# SPDX-License-Identifier: Apache-2.0
"""antinode run-all: verdicts, exit codes, reports, and the bars of the shipped experiments' files."""
import json
import unittest
import xml.etree.ElementTree

from an import COMMAND, ROOT, Case  # noqa: F401

QUICK_LIMIT_S = 600
BASE = "docs/tutorial/oja.yaml"


class RunAll(Case):
    def exp(self, *run, **part):
        """The tutorial's experiment, short, with runs of checks.quick (and of full) of its own."""
        text = (ROOT / BASE).read_text()
        text = text[:text.index("checks:")].replace("rule: oja.rule", f"rule: {ROOT}/docs/tutorial/oja.rule").replace("ticks: 20000", "ticks: 200")
        lines = ["checks:"]
        for name, runs in {"quick": run, **part}.items():
            lines += [f"  {name}:"] + [f"    - {r}" for r in runs]
        path = self.folder / "own.yaml"
        path.write_text(text + "\n".join(lines) + "\n")
        return path

    def rows(self, path, *arg, code=0, env=None):
        report = self.folder / "rows.json"
        out, _ = self.an("run-all", path, "--report", report, *arg, code=code, env=env)
        r = json.loads(report.read_text())
        self.assertEqual(r["failed"], sum(x["pass"] is False for x in r["rows"]))
        self.assertIn(f"{r['passed']} passed, {r['failed']} failed", out)
        return r["rows"]

    def test_bars(self):
        for bar, holds in (("power > 0", True), ("power < 0", False), ("w <= 0.9", True), ("w <= 0.2", False), ("w[1] >= -1", True), ("w[9] >= -1", False),
                           ("w = w +- 0", True), ("w = 0 +- 8", True), ("w = 0 0 +- 8", False), ("w = 0 0 0 +- 8", True), ("w = 5 5 5 +- 1", False), ("power = power +- 1 %", True), ("w = 5 5 5 +- 1 % or 8", True), ("w = 5 5 5 +- 1 % or 1", False),
                           ("nothing > 0", False), ("power > reference.power", False), ("diverged", False)):
            with self.subTest(bar=bar):
                row, = self.rows(self.exp(f'{{bars: ["{bar}"]}}'), code=0 if holds else 1)
                self.assertEqual((row["bar"], row["pass"]), (bar, holds))

    def test_runs(self):
        rows = self.rows(self.exp('{set: {eta: 0}, seeds: 2, first: 4, bars: ["power > 0", "w < 0.25"]}', '{ticks: 50, bars: ["power > 0"]}'))
        self.assertEqual([r["run"] for r in rows], ["eta=0, seed 4"] * 2 + ["eta=0, seed 5"] * 2 + ["50 ticks, seed 1"])
        self.assertNotEqual(rows[1]["value"], rows[3]["value"])

    def test_diverged(self):
        grow = (ROOT / "tests/system/grow.yaml").read_text().replace("rule: grow.rule", f"rule: {ROOT}/tests/system/grow.rule")
        path = self.folder / "grow.yaml"
        path.write_text(grow.rstrip() + "\nchecks:\n  quick:\n    - {bars: [diverged]}\n    - {bars: [test_error < 2]}\n")
        good, bad = self.rows(path, code=1)
        self.assertEqual((good["pass"], bad["pass"], bad["value"]), (True, False, "diverged"))
        self.assertRegex(good["value"], r"^input\.u, tick \d+$")
        path.write_text(grow.rstrip() + "\nexpect: diverged\n")
        row, = self.rows(path)
        self.assertEqual((row["bar"], row["pass"]), ("diverged", True))

    def test_mean(self):
        """Over the seeds of a run, after its last one; a run that diverged has no mean."""
        path = self.exp('{seeds: 3, bars: [power > 0, mean power > 0, mean power < 0]}')
        rows = self.rows(path, code=1)
        self.assertEqual([(r["run"], r["pass"]) for r in rows], [("seed 1", True), ("seed 2", True), ("seed 3", True), ("seeds 1 to 3", True), ("seeds 1 to 3", False)])
        each = [float(r["value"]) for r in rows]
        self.assertAlmostEqual(sum(each[:3]) / 3, each[3], delta=1e-3 * each[3])
        grow = (ROOT / "tests/system/grow.yaml").read_text().replace("rule: grow.rule", f"rule: {ROOT}/tests/system/grow.rule")
        path = self.folder / "grow.yaml"
        path.write_text(grow.rstrip() + "\nchecks:\n  quick:\n    - {seeds: 2, bars: [mean test_error < 2]}\n")
        row, = self.rows(path, code=1)
        self.assertEqual((row["run"], row["pass"]), ("seeds 1 to 2", False))

    def test_long(self):
        path = self.exp("{bars: [power < 0]}", full=["{bars: [power < 0]}"], long=["{bars: [power > 0]}"])
        row, = self.rows(path, "--long")
        self.assertTrue(row["pass"])
        row, = self.rows(self.exp("{bars: [power > 0]}"), "--long", code=1)
        self.assertIn("no checks.long", row["value"])
        self.bad("run-all", path, "--long", "--full", says="only one of --full, --long")

    def lines(self, svg):
        texts = [t.text for t in xml.etree.ElementTree.parse(svg).getroot().iter("{http://www.w3.org/2000/svg}text")]
        return [t for t in texts if "seed" in t or t == "paper"]

    def test_overview(self):
        path, plot = self.exp('{set: {eta: 0.01}, seeds: 2, bars: [power > 0]}', '{set: {eta: 0.02}, seeds: 2, bars: [power > 0]}', '{bars: [power > 0]}'), self.folder / "o.svg"
        text = path.read_text()
        path.write_text(text + "overview: {x: eta, y: [power]}\n")
        self.an("run-all", path, "--plot", plot)
        self.assertEqual(self.lines(plot), ["power, seed 1", "power, seed 2"])
        self.assertEqual(plot.read_text().count("<circle"), 4)  # two runs of two seeds; the third sets no eta
        for key, says in (("{x: eta}", "overview: legal"), ("{y: [power]}", "overview: legal"), ("{published: {x: [1, 2], y: [1]}}", "overview.published: legal"),
                          ("{x: eta, y: [power], z: 1}", "z: unknown key")):
            path.write_text(text + f"overview: {key}\n")
            self.bad("run", path, says=says)
        self.bad("run-all", "--plot", plot, says="--plot: legal with EXP")
        path.write_text(text)
        row, = self.rows(path, "--plot", plot, code=1)
        self.assertIn("no key overview", row["value"])

    def test_curves(self):
        """Learning curves of all seeds in one plot, with what was published; one run draws that too."""
        path = self.yaml("vfep-digits", ("schedule: {epochs: 10}", "schedule: {epochs: 2}\noverview: {published: {label: paper, x: [0, 2000], y: [0.9, 0.1]}}"),
                         ("- {bars: [test_error <= 0.08]}", "- {seeds: 2, bars: [test_error <= 0.5]}"))
        plot = self.folder / "c.svg"
        self.an("run-all", path, "--plot", plot)
        self.assertEqual(self.lines(plot), ["paper", "seed 1", "seed 2"])
        self.an("run", path, "--plot", plot)
        self.assertEqual([t for t in self.lines(plot) if t == "paper"], ["paper"])

    def test_full_has_lockstep(self):
        rows = self.rows(self.exp("{bars: [power < 0]}", full=["{bars: [power > 0]}"]), "--full")
        self.assertEqual([r["pass"] for r in rows], [True, True])
        self.assertRegex(rows[1]["value"], r"[1-9]\d* records compared, 0 differ, [0-9a-f]{16}")

    def test_markdown(self):
        path = self.folder / "r.md"
        out, _ = self.an("run-all", self.exp("{bars: [power > 0]}"), "--report", path, "--quiet")
        self.assertEqual(out, "")
        self.assertIn("**1 passed, 0 failed**", path.read_text())
        self.assertIn("| `oja` | seed 1 | power > 0 | ", path.read_text())

    def test_bad_input(self):
        for run, says in (("{bars: [power]}", 'checks.quick.0.bars.0: "power"; legal'), ("{bars: []}", "0 bars"), ("{bars: [power = 1]}", "legal"),
                          ("{bars: [power > 0], tikcs: 5}", "tikcs: unknown key"), ("{bars: [power > 0], ticks: 5, epochs: 1}", "only one of"),
                          ("{bars: [power > x y]}", "legal"), ("{bars: [power > 0], seeds: 0}", "legal: a whole number")):
            with self.subTest(run=run):
                path = self.exp(run)
                self.bad("run", path, says=says)  # a mistake there does not wait for run-all
                row, = self.rows(path, code=1)
                self.assertFalse(row["pass"])

    def test_left_out(self):
        """Data that only the user can have."""
        row, = self.rows("vfep-mnist", env={"ANTINODE_DATA": ""})
        self.assertIsNone(row["pass"])
        self.assertIn("ANTINODE_DATA", row["value"])

    def test_no_checks(self):
        text = (ROOT / BASE).read_text()
        path = self.folder / "none.yaml"
        path.write_text(text[:text.index("checks:")].replace("rule: oja.rule", f"rule: {ROOT}/docs/tutorial/oja.rule"))
        row, = self.rows(path, code=1)
        self.assertIn("no checks.quick", row["value"])
        row, = self.rows("no-such-experiment", code=1)
        self.assertIn("no such experiment", row["value"])

    def test_shipped(self):
        """Every shipped experiment, its quick runs, in the time that is promised."""
        report = self.folder / "all.json"
        self.an("run-all", "--report", report, timeout=QUICK_LIMIT_S, env={"ANTINODE_DATA": ""})
        r = json.loads(report.read_text())
        names = {p.stem for p in (ROOT / "sw/experiments").glob("*.yaml")}
        self.assertEqual({x["experiment"] for x in r["rows"]}, names)
        self.assertLess(r["wall_s"], QUICK_LIMIT_S)


if __name__ == "__main__":
    unittest.main()
