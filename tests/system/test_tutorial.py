# SPDX-License-Identifier: Apache-2.0
"""docs/tutorial.md: its text is its files, its commands run, and its two rules find what NumPy finds."""
import pathlib
import re
import shlex
import unittest

import numpy as np

from an import ROOT, Case

FOLDER = pathlib.Path("docs/tutorial")
TEXT = (ROOT / "docs/tutorial.md").read_text()
SEEDS = (1, 2, 3)


def signal(name):
    """ticks x words: the formulas of the experiment's file, computed here."""
    text = (ROOT / FOLDER / f"{name}.yaml").read_text()
    ticks = int(re.search(r"schedule: \{ticks: (\d+)\}", text)[1])
    t = np.arange(ticks)
    return np.stack([eval(f, {"sin": np.sin, "t": t}) for f in re.findall(r'      - "(.*)"', text)], axis=1)  # pylint: disable=eval-used


def component(x):
    """First principal component, positive on the whole, and its variance."""
    values, vectors = np.linalg.eigh(x.T @ x / len(x))
    v = vectors[:, -1]
    return v * np.sign(v.sum()), values[-1]


def oja(x, w, eta=0.002):
    for k in x:
        y = w @ k
        w = w + eta * y * (k - y * w)
    return w


def decay_length(x, v, eta=0.002, kappa=0.001):
    """kappa*L = eta*mean(clip(L*s)*s), s the signal along v."""
    s, length = x @ v, 1.0
    for _ in range(200):
        length = eta / kappa * np.mean(np.clip(length * s, -1, 1) * s)
    return length


class Tutorial(Case):
    def commands(self, word):
        found = [shlex.split(line)[1:] for line in TEXT.splitlines() if line.startswith(f"build/antinode {word} ")]
        self.assertGreater(len(found), 0)
        return [[str(self.folder / "oja.svg") if a == "build/oja.svg" else a for a in c] for c in found]

    def test_text_is_the_files(self):
        for name in ("oja.rule", "oja.yaml", "oja-decay.rule"):
            body = (ROOT / FOLDER / name).read_text().split("\n", 1)[1]
            self.assertIn(f"```{name.split('.')[1]}\n{body}```\n", TEXT, name)

    def test_principal_component(self):
        x = signal("oja")
        v, variance = component(x)
        self.assertGreater(variance, 1)
        for seed in SEEDS:
            m = self.report(FOLDER / "oja.yaml", "--seed", seed)["metrics"]
            w = np.array(m["w"])
            self.assertLess(np.abs(w - v).max(), 0.02)
            self.assertGreater(w @ v / np.linalg.norm(w), 0.9995)
            self.assertLess(abs(m["power"] / variance - 1), 0.03)

    def test_double_precision(self):
        """The same equations in double, from the middle of the start's range: the end does not depend on it."""
        w = np.array(self.report(FOLDER / "oja.yaml")["metrics"]["w"])
        self.assertLess(np.abs(w - oja(signal("oja"), np.full(3, 0.125))).max(), 0.01)

    def test_decay(self):
        x = signal("oja-decay")
        v, _ = component(x)
        want = decay_length(x, v)
        self.assertGreater(want, 1.5)
        for seed in SEEDS:
            w = np.array(self.report(FOLDER / "oja-decay.yaml", "--seed", seed)["metrics"]["w"])
            self.assertGreater(w @ v / np.linalg.norm(w), 0.9995)
            self.assertLess(abs(np.linalg.norm(w) / want - 1), 0.02)

    def test_learning_does_it(self):
        w = np.array(self.report(FOLDER / "oja.yaml", "--set", "eta=0")["metrics"]["w"])
        self.assertGreater(np.abs(w - component(signal("oja"))[0]).max(), 0.3)

    def test_commands(self):
        for word, says in (("run", "  w  "), ("compile", "learning sweep"), ("run-all", " 0 failed")):
            for c in self.commands(word):
                self.assertIn(says, self.an(*c)[0])
        self.assertIn("<svg", (self.folder / "oja.svg").read_text())

    def test_figures_as_printed(self):
        for c in self.commands("run"):
            w = next(line for line in self.an(*c)[0].splitlines() if line.startswith("  w "))
            self.assertIn(" ".join(w.split()), " ".join(TEXT.split()))

    def test_chip(self):
        for c in self.commands("check"):
            out = self.an(*c, timeout=600)[0]
            records = re.search(r"(\d+) records compared, 0 differ", out)
            self.assertIsNotNone(records, out)
            self.assertGreater(int(records[1]), 10000)


if __name__ == "__main__":
    unittest.main()
