// SPDX-License-Identifier: Apache-2.0
// ref_stlp_linear_a -- STLP linear neuron (ref_stlp_linear.h), run A of rules 1.5: u = tanh t, w(0) = 0.
#include "ref_stlp_linear.h"

static void input(double t, double u[3])
{
    u[0] = tanh(t);
    u[1] = 1 - u[0] * u[0];
    u[2] = -2 * u[0] * u[1];
}

int main(int argc, char **argv) { return stlp_run(argc, argv, "stlp-linear-a", input, 0, 40); }
