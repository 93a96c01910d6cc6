#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make.py DIGITS.csv.gz -- scikit-learn's copy of the UCI 8x8 digits to digits-x.npy and digits-y.npy, beside this file.

The file is sklearn/datasets/data/digits.csv.gz, for instance of the Debian package python3-sklearn:
    apt-get download python3-sklearn
    dpkg-deb --fsys-tarfile python3-sklearn_*.deb | tar -xO ./usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz > digits.csv.gz
"""
import gzip
import pathlib
import sys

import numpy as np


def main():
    with gzip.open(sys.argv[1], "rt") as f:
        rows = np.loadtxt(f, delimiter=",")
    x, y = rows[:, :64], rows[:, 64]
    if rows.shape != (1797, 65) or x.min() != 0 or x.max() != 16 or (rows != np.rint(rows)).any():
        sys.exit(f"{sys.argv[1]}: not the 1797 images of 64 integers 0..16 and a label")
    here = pathlib.Path(__file__).resolve().parent
    np.save(here / "digits-x.npy", x.astype(np.uint8))
    np.save(here / "digits-y.npy", y.astype(np.uint8))
    print("images", x.shape, "of each class", np.bincount(y.astype(int)).tolist())


if __name__ == "__main__":
    main()
