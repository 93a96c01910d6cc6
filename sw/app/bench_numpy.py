# SPDX-License-Identifier: Apache-2.0
"""The whole tick of an_layer.h in NumPy float32, batch 1, one thread. Prints "NxN visits/s" for each N given."""
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import numpy as np  # noqa: E402  (the number of threads is read when it is imported)


def tick(w, r, e, u, v, b, d, k, eta):
    a = w @ r
    a += b
    q = e @ w
    q += d
    w += np.multiply.outer(eta * e, r)
    u += k * (a - u)
    v += k * (q - v)
    np.tanh(u, out=r)
    e[:] = v


def rate(n, seconds=1.0):
    f = np.float32
    i = np.arange(n)
    w = (((i[:, None] * 7 + i[None, :] * 13) % 101 - 50) / 4096).astype(f)
    b = ((i % 7) * 0.07 - 0.21).astype(f)
    d = ((i % 5) * 0.09 - 0.18).astype(f)
    r, e, u, v = (np.zeros(n, f) for _ in range(4))
    k, eta = f(0.1), f(2.0**-16)
    ticks, best = 16, 0.0
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:  # the best of several, as for the model
        since = time.perf_counter()
        for _ in range(ticks):
            tick(w, r, e, u, v, b, d, k, eta)
        took = time.perf_counter() - since
        best = max(best, ticks * n * n / took)
        if took < 0.05:
            ticks *= 2
    return best


for arg in sys.argv[1:]:
    print(f"{arg}x{arg} {rate(int(arg)):.6g}", flush=True)
