#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the tests: programs that make has built, tests/<kind>/test_*.py and test_*.sh, and make targets that are tests.

A test passes when it exits with 0. One line a test with its time; logs under build/tests/; the log of a failed test is shown.
The last line is "N passed, N failed"; exit code 1 if any failed.   run.py [--only TEXT] runs those whose name holds TEXT.
"""
import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT_S = 900   # a test takes seconds; place and route a few minutes
SHOW_LINES = 60   # of a failing log
SKIPPED = 77      # nobody sees a skipped test: it counts as failed


def discover(arg):
    """[(name, command)], the slowest kind first. Targets that share files are one test: TARGET+TARGET."""
    build = pathlib.Path(arg.build)
    found = [(f"make {t}", ["make", "--no-print-directory", "-k", *t.split("+")]) for t in arg.targets.split()]
    for p in arg.programs.split():
        rel = pathlib.Path(p).relative_to(build)
        variant = "" if rel.parts[0] == "tests" else f" ({rel.parts[0]})"
        found.append((str(pathlib.Path(*rel.parts[rel.parts.index("tests") + 1:])) + variant, [p]))
    for kind, tool in (("py", sys.executable), ("sh", "bash")):
        for p in sorted(ROOT.glob(f"tests/*/test_*.{kind}")):
            found.append((f"{p.parent.name}/{p.name}", [tool, str(p.relative_to(ROOT))]))
    return [f for f in found if arg.only in f[0]]


def run(test, build):
    name, command = test
    log = build / "tests" / "log" / (name.replace("/", "-").replace(" ", "-") + ".log")
    log.parent.mkdir(parents=True, exist_ok=True)
    env = dict(os.environ, AN_BUILD=str(build), ASAN_OPTIONS="detect_leaks=1", PYTHONDONTWRITEBYTECODE="1")
    env["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "tests"), env.get("PYTHONPATH")]))
    for k in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL"):
        env.pop(k, None)
    start = time.monotonic()
    with log.open("wb") as out:
        try:
            code = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out,
                                  stderr=subprocess.STDOUT, timeout=TIMEOUT_S, check=False).returncode
            why = "" if code == 0 else "skipped" if code == SKIPPED else f"signal {-code}" if code < 0 else f"exit {code}"
        except subprocess.TimeoutExpired:
            why = f"not done after {TIMEOUT_S} s"
        except OSError as e:
            why = f"{e.strerror}: {command[0]}"
            out.write(f"{why}; its build is in {build}/tests/build.log\n".encode())
    return name, why, time.monotonic() - start, log


def main():
    ap = argparse.ArgumentParser(description="runs the tests")
    ap.add_argument("--build", default="build")
    ap.add_argument("--programs", default="", help="test programs, separated by blanks")
    ap.add_argument("--targets", default="", help="make targets that are tests")
    ap.add_argument("--only", default="", help="tests whose name holds this text")
    arg = ap.parse_args()
    os.chdir(ROOT)
    build = pathlib.Path(arg.build)
    (build / "tests").mkdir(parents=True, exist_ok=True)
    tests = discover(arg)
    failed = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run, t, build) for t in tests]):
            name, why, seconds, log = done.result()
            print(f"{'FAIL' if why else 'ok  '} {seconds:7.1f} s  {name}{'  ' + why if why else ''}", flush=True)
            if why:
                failed.append((name, log))
    for name, log in sorted(failed):
        lines = log.read_text(errors="replace").splitlines()
        print(f"\n---- {name}: {log.relative_to(ROOT) if log.is_absolute() else log}")
        print("\n".join(lines[-SHOW_LINES:]))
    closing = f"{len(tests) - len(failed)} passed, {len(failed)} failed"
    (build / "tests" / "closing").write_text(closing + "\n")
    print(("\n" if failed else "") + closing, flush=True)
    return 1 if failed or not tests else 0


if __name__ == "__main__":
    sys.exit(main())
