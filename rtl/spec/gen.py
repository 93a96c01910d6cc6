#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""gen.py -- antinode.toml -> rtl/gen, sw/gen, docs/reference. Python >= 3.11, nothing else.

    gen.py            writes what has changed
    gen.py --check    writes nothing; exit 1 and the names of the files that differ from the specification
    --spec FILE --out DIR   another specification, another tree (the tests)
"""
import argparse
import pathlib
import sys

import emit_c
import emit_md
import emit_sv
import spec

HERE = pathlib.Path(__file__).resolve().parent


def render(s):
    """{path relative to the repository: text}; the same specification always gives the same bytes."""
    files = {}
    files.update(emit_sv.render(s))
    files.update(emit_c.render(s))
    files.update(emit_md.render(s))
    return files


def main(argv=None):
    ap = argparse.ArgumentParser(description="specification to package, header and reference")
    ap.add_argument("--check", action="store_true", help="compare instead of writing")
    ap.add_argument("--spec", type=pathlib.Path, default=HERE / "antinode.toml")
    ap.add_argument("--out", type=pathlib.Path, default=HERE.parent.parent)
    arg = ap.parse_args(argv)
    try:
        files = render(spec.load(arg.spec))
    except spec.SpecError as e:
        print(f"{arg.spec.name}: {e}", file=sys.stderr)
        return 2
    stale = []
    for name, text in files.items():
        path = arg.out / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not arg.check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for name in stale:
        print(f"{name}: differs from rtl/spec/antinode.toml; run: make gen" if arg.check else f"wrote {name}")
    return 1 if arg.check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
