// SPDX-License-Identifier: Apache-2.0
// ref_hsf_patches -- Hamiltonian sign flip (ref_hsf.h) follows patches of 5 time units: cosines and constants (rules 2.6).
#include "ref_hsf.h"

static double target(double t)
{
    int g = (int)floor(t / 5);
    return g % 2 ? .6 * cos(1.3 * t) : .5 - .3 * (g / 2 % 3);
}

int main(int argc, char **argv) { return hsf_run(argc, argv, "hsf-patches", target); }
