# SPDX-License-Identifier: Apache-2.0
"""The runner: what it finds, what it calls a failure, its last line and its exit code; and that .ci/run ends with that line."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Runner(unittest.TestCase):
    def setUp(self):
        tmp = tempfile.TemporaryDirectory()
        self.addCleanup(tmp.cleanup)
        self.root = pathlib.Path(tmp.name)
        (self.root / "tests/kind").mkdir(parents=True)
        shutil.copy(ROOT / "tests/run.py", self.root / "tests")

    def write(self, name, text):
        (self.root / "tests/kind" / name).write_text(text)

    def run_all(self, *args):
        r = subprocess.run([sys.executable, str(self.root / "tests/run.py"), *args], capture_output=True, text=True, check=False)
        return r.returncode, r.stdout.splitlines()

    def test_all_pass(self):
        self.write("test_a.sh", "exit 0\n")
        self.write("test_b.py", "import os; assert os.environ['AN_BUILD'] == 'build'\n")
        self.write("helper.sh", "exit 1\n")
        code, lines = self.run_all()
        self.assertEqual((code, lines[-1]), (0, "2 passed, 0 failed"))

    def test_exit_signal_skip_and_missing_program_fail(self):
        self.write("test_a.sh", "echo the reason; exit 3\n")
        self.write("test_b.py", "import os; os.kill(os.getpid(), 11)\n")
        self.write("test_c.sh", "echo SKIP: no board; exit 77\n")
        self.write("test_d.sh", "exit 0\n")
        code, lines = self.run_all("--programs", "build/tests/kind/test_none")
        self.assertEqual((code, lines[-1]), (1, "1 passed, 4 failed"))
        self.assertIn("the reason", lines)
        text = "\n".join(lines)
        for words in ("exit 3", "signal 11", "skipped", "build/tests/kind/test_none"):
            self.assertIn(words, text)

    def test_nothing_found_is_a_failure(self):
        code, lines = self.run_all()
        self.assertEqual((code, lines[-1]), (1, "0 passed, 0 failed"))

    def ci(self, recipe):
        (self.root / ".ci").mkdir()
        shutil.copy(ROOT / ".ci/run", self.root / ".ci")
        (self.root / "Makefile").write_text(f"test:\n\t@{recipe}\n")
        env = {k: v for k, v in os.environ.items() if not k.startswith("MAKE")}
        r = subprocess.run(["bash", str(self.root / ".ci/run")], capture_output=True, text=True, env=env, check=False)
        return r.returncode, r.stdout.splitlines()[-1]

    def test_ci_ends_with_the_closing_line_when_a_test_fails(self):
        self.write("test_a.sh", "exit 1\n")
        self.assertEqual(self.ci(f"{sys.executable} tests/run.py"), (2, "0 passed, 1 failed"))

    def test_ci_passes(self):
        self.write("test_a.sh", "exit 0\n")
        self.assertEqual(self.ci(f"{sys.executable} tests/run.py"), (0, "1 passed, 0 failed"))

    def test_ci_counts_a_failure_before_the_runner(self):
        (self.root / "build/tests").mkdir(parents=True)
        (self.root / "build/tests/closing").write_text("9 passed, 0 failed\n")
        self.assertEqual(self.ci("false"), (2, "0 passed, 1 failed"))


if __name__ == "__main__":
    unittest.main()
