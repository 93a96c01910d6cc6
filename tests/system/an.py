# SPDX-License-Identifier: Apache-2.0
"""Runs build/antinode for the tests of this folder."""
import gzip
import json
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BUILD = ROOT / os.environ.get("AN_BUILD", "build")
COMMAND = str(BUILD / "antinode")


class Case(unittest.TestCase):
    """A test with a folder of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="an-system-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def an(self, *arg, code=0, env=None, timeout=300):
        """(stdout, stderr) of antinode, whose exit code must be `code`."""
        p = subprocess.run([COMMAND, *map(str, arg)], cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, text=True,
                           timeout=timeout, check=False)
        self.assertEqual(p.returncode, code, f"antinode {' '.join(map(str, arg))}\n{p.stdout}{p.stderr}")
        return p.stdout, p.stderr

    def report(self, *arg, **kw):
        """The report of a run: standard output holds nothing else."""
        return json.loads(self.an("run", *arg, "--report", "-", **kw)[0])

    def bad(self, *arg, says, code=2, **kw):
        """It fails with `code`; the message holds every text of says; standard output stays empty."""
        out, err = self.an(*arg, code=code, **kw)
        self.assertEqual(out, "")
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, err)
        return err

    def yaml(self, name, *change):
        """The path of a copy of a shipped experiment with texts replaced."""
        text = (ROOT / "sw/experiments" / f"{name}.yaml").read_text()
        for old, new in change:
            self.assertIn(old, text)
            text = text.replace(old, new)
        path = self.folder / f"{name}.yaml"
        path.write_text(text)
        return path


def idx(shape, data, magic=0x08):
    return struct.pack(f">BBBB{len(shape)}I", 0, 0, magic, len(shape), *shape) + bytes(data)


def fashion(folder, n=40, change=None):
    """A tiny Fashion-MNIST of random images in folder; change: {name: bytes}."""
    for stem, count in (("train", n), ("t10k", n // 2)):
        pixels = bytes((i * 7919 >> 3) % 256 for i in range(count * 784))
        for name, data in ((f"{stem}-images-idx3-ubyte", idx((count, 28, 28), pixels)),
                           (f"{stem}-labels-idx1-ubyte", idx((count,), (i % 10 for i in range(count))))):
            (folder / f"{name}.gz").write_bytes(gzip.compress((change or {}).get(name, data)))
