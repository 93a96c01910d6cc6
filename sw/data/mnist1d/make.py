# SPDX-License-Identifier: Apache-2.0
"""MNIST-1D at 360 samples a sequence, quantised to s16f12: writes {train,test}_{x,y}.npy beside this file.

Data: S. Greydanus, D. Kobak, "Scaling down deep learning with MNIST-1D" (Apache-2.0), package mnist1d 0.0.2.post1 with
numpy 2.4.6 and scipy 1.17.1 (pip install -r requirements.txt). 4,000 training and 1,000 test sequences, standardised.
"""
import pathlib

import numpy as np
from mnist1d.data import get_dataset_args, make_dataset

args = get_dataset_args()
args.final_seq_length = 360  # 72 template units at dt = 0.2
data = make_dataset(args)
here = pathlib.Path(__file__).parent
for split, suffix in (("train", ""), ("test", "_test")):
    x = np.rint(data["x" + suffix] * 4096)
    assert np.abs(x).max() < 32768, "a sample does not fit s16f12"
    np.save(here / f"{split}_x.npy", x.astype("<i2"))
    np.save(here / f"{split}_y.npy", data["y" + suffix].astype("u1"))
    print(split, x.shape, x.min() / 4096, x.max() / 4096, np.bincount(data["y" + suffix]))
