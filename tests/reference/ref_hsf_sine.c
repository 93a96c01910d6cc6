// SPDX-License-Identifier: Apache-2.0
// ref_hsf_sine -- Hamiltonian sign flip (ref_hsf.h) follows z = 0.8 sin t (rules 2.6).
#include "ref_hsf.h"

static double target(double t)
{
    return .8 * sin(t);
}

int main(int argc, char **argv) { return hsf_run(argc, argv, "hsf-sine", target); }
