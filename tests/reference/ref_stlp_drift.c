// SPDX-License-Identifier: Apache-2.0
// ref_stlp_drift -- STLP linear neuron (ref_stlp_linear.h) under u = 1.5 + 0.5 cos t, w(0) = 0.5: the table of rules 1.4.
#include "ref_stlp_linear.h"

static void input(double t, double u[3])
{
    u[0] = 1.5 + .5 * cos(t);
    u[1] = -.5 * sin(t);
    u[2] = -.5 * cos(t);
}

int main(int argc, char **argv) { return stlp_run(argc, argv, "stlp-drift", input, .5, 200); }
