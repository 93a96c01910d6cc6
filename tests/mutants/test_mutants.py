# SPDX-License-Identifier: Apache-2.0
"""Every mutant of mutants.py must be found by random programs in lockstep; one that is not fails the test.
One Verilator build for each number of cores holds all of them: each changed part becomes (number == n ? wrong : right), and number is an input of the chip.

    python3 tests/mutants/test_mutants.py [N ...]    only these"""
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mutants import MUTANTS

BUILD = Path(os.environ.get("AN_BUILD", "build"))
HERE = BUILD / "mutants"
LANES, BATCHES = 2, (4, 36, 160)  # programs; the next batch only if the ones before found nothing
PACKAGE = """// SPDX-License-Identifier: Apache-2.0
/* verilator lint_off DECLFILENAME */
package an_mutant_pkg;
  logic [7:0] number;
endpackage
"""


def mutate():
    """{path: text} of all changed files, and an_chip with its selector."""
    texts = {}
    for number, (path, text, wrong, *_) in enumerate(MUTANTS, 1):
        source = texts.get(path) or Path(path).read_text()
        head, rest = text.split("«")
        right, tail = rest.split("»")
        found = source.count(head + right + tail)
        if found != 1:
            sys.exit(f"mutant {number}: `{head}{right}{tail}` stands {found} times in {path}, not once")
        new = f"{head}(an_mutant_pkg::number == 8'd{number} ? ({wrong}) : ({right})){tail}"
        texts[path] = source.replace(head + right + tail, new)
    chip = "rtl/chip/an_chip.sv"
    source = texts.get(chip) or Path(chip).read_text()
    source = source.replace(") (\n", ") (\n    input logic [7:0] mutant,\n", 1)
    texts[chip] = source.replace("endmodule", "  always_comb an_mutant_pkg::number = mutant;\nendmodule", 1)
    return texts


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(done.stdout + "\n" + " ".join(command))


def cores(number):
    """How many it takes to see that mutant."""
    return (*MUTANTS[number - 1], 1)[4] if number else 1


def build(chain):
    """The library that ANTINODE_SIM then finds under the name of the plain one."""
    library = HERE / f"libansim-tiny-c{chain}-p{LANES}.so"
    inputs = [Path(p) for p in Path("rtl/files.f").read_text().split() if p.endswith(".sv")] + [Path(__file__).parent / "mutants.py", Path("sim/an_sim.cpp")]
    if library.exists() and library.stat().st_mtime > max(p.stat().st_mtime for p in inputs):
        return
    texts = mutate()
    files = [HERE / "an_mutant_pkg.sv"]
    HERE.mkdir(parents=True, exist_ok=True)
    files[0].write_text(PACKAGE)
    for line in Path("rtl/files.f").read_text().splitlines():
        path = line.split("#")[0].split("//")[0].strip()
        if not path:
            continue
        copy = HERE / "rtl" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(texts.get(path) or Path(path).read_text())
        files.append(copy)
    run(["make", "--no-print-directory", f"SIM_MUTANT_FILES={' '.join(map(str, files))}", str(library)])


def caught(number):
    """(number, programs until it was found or None, seconds). A chip that dies is found too."""
    start, seed = time.time(), 1
    environment = dict(os.environ, ANTINODE_SIM=str(HERE.resolve()))
    for programs in BATCHES:
        done = subprocess.run([BUILD / "an_random", "--config", "tiny", "--lanes", str(LANES), "--cores", str(cores(number)), "--seed", str(seed), "--programs", str(programs),
                               "--mutant", str(number), "--quiet"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode == 2:
            sys.exit(done.stdout)
        if done.returncode:
            words = done.stdout.split(" programs")[0].split()
            return number, (int(words[-1]) if words and words[-1].isdigit() else 1) + seed - 1, time.time() - start
        seed += programs
    return number, None, time.time() - start


def main():
    run(["make", "--no-print-directory", "-s", str(BUILD / "an_random")])
    numbers = [int(a) for a in sys.argv[1:]] or list(range(1, len(MUTANTS) + 1))
    for chain in sorted({1} | {cores(n) for n in numbers}):
        build(chain)
    _, found, _ = caught(0)
    if found:
        sys.exit("the chip without a mutant differs from the model")
    survivors = 0
    with ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count() or 2))) as pool:
        for number, found, seconds in pool.map(caught, numbers):
            path, _, _, what = MUTANTS[number - 1][:4]
            verdict = f"found by program {found}" if found else "SURVIVES"
            survivors += found is None
            print(f"{number:3} {path.split('/')[-1]:16} {what:60} {verdict} ({seconds:.1f} s)")
    print(f"{len(numbers)} mutants, {len(numbers) - survivors} found, {survivors} survive")
    sys.exit(1 if survivors or len(numbers) == 0 else 0)


if __name__ == "__main__":
    main()
