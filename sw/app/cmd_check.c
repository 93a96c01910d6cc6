/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_check.h"
#include "an_say.h"

#define AN_CHECK_SAMPLES 20u /* where the user gives no limit */

static int check(const an_opts_t *given)
{
    an_opts_t o = *given;
    an_check_t c;
    an_diag_t d = {""};
    if (o.samples == UINT64_MAX && o.ticks == UINT64_MAX && o.epochs == UINT64_MAX)
        o.samples = AN_CHECK_SAMPLES;
    an_session_t chip, model;
    an_err_t e = an_session_open(&chip, &o, NULL, &d);
    if (e)
        return an_fail_with(e, &d);
    e = an_session_open(&model, &o, NULL, &d);
    int code;
    if (e) {
        code = an_fail_with(e, &d);
    } else {
        if (!o.quiet)
            an_session_print(&chip, "the Verilated chip, beside the model", stdout);
        fflush(stdout);
        code = an_check_run(&c, &o, &chip, &model, NULL, &d);
        if (code == EXIT_DONE || code == EXIT_DIFFERS)
            an_check_print(&c, &chip, stdout);
        an_session_close(&model);
    }
    an_session_close(&chip);
    return code;
}

const an_command_t an_cmd_check = {
    .name = "check",
    .usage = "EXP",
    .options = "config seed epochs samples ticks set fst fst-from fst-to quiet verbose",
    .about = "lockstep: model against Verilated chip, record by record",
    .more = "Compares every architectural event with its clock, then all memories; by default over 20 training samples.\n"
            "A difference is printed with the records before it and the command that replays it with a waveform.",
    .needs_arg = true,
    .run = check,
};
