// SPDX-License-Identifier: Apache-2.0
// ref_hsf_constant -- Hamiltonian sign flip (ref_hsf.h) follows z = 0.5 (rules 2.6).
#include "ref_hsf.h"

static double target(double t)
{
    (void)t;
    return .5;
}

int main(int argc, char **argv) { return hsf_run(argc, argv, "hsf-constant", target); }
