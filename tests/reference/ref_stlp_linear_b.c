// SPDX-License-Identifier: Apache-2.0
// ref_stlp_linear_b -- STLP linear neuron (ref_stlp_linear.h), run B of rules 1.5: u = 1 + 1/(1 + t^2/2), w(0) = 0.5.
#include "ref_stlp_linear.h"

static void input(double t, double u[3])
{
    double d = 1 + t * t / 2;
    u[0] = 1 + 1 / d;
    u[1] = -t / (d * d);
    u[2] = (2 * t * t / d - 1) / (d * d);
}

int main(int argc, char **argv) { return stlp_run(argc, argv, "stlp-linear-b", input, .5, 60); }
