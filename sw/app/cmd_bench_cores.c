/* SPDX-License-Identifier: Apache-2.0
 * Networks over more and more cores: the estimate of a turn, and whether weights and states are those of one core. */
#include <inttypes.h>
#include "an_bench_cores.h"
#include "an_say.h"
#include "an_target.h"

static const int cores[] = {1, 2, 3, 4, 6};
enum { COLUMNS = sizeof cores / sizeof *cores };

typedef struct net { const char *name; uint64_t samples; } net_t;
static const net_t nets[] = {{"gle-lagnet", 500}, {"gle-mnist1d-infer", 1}, {"gle-mnist1d", 1}, {"bpd-exact", 500}, {"stlp-two", 500}, {"vfep-digits", 10}, {"vfep-fashion", 10}, {"vfep-theorem1", 5}};

/* Trains on the model: clocks from turn to turn by the estimate, digest of the network. */
static an_err_t train(const an_opts_t *o, const net_t *n, int on, uint64_t *period, uint64_t *digest, an_diag_t *d)
{
    an_opts_t run = *o;
    an_session_t s;
    an_port_t *port = NULL;
    an_driver_t dr;
    run.arg = n->name;
    run.config = "bench-4x2";
    run.cores = on;
    an_err_t e = an_session_open(&s, &run, NULL, d);
    if (e)
        return e;
    *period = s.img->period;
    e = an_session_on_model(&s, &port, &dr, n->samples, d);
    if (!e)
        e = an_port_diag(&dr, an_driver_digest_network(&dr, s.img, digest), d);
    if (port)
        port->ops->close(port);
    an_session_close(&s);
    return e;
}

static an_err_t row(const an_opts_t *o, const net_t *n, FILE *out, an_diag_t *d)
{
    uint64_t one = 0, bits = 0;
    fprintf(out, "  %-18s", n->name);
    for (int k = 0; k < COLUMNS; k++) {
        uint64_t period, digest;
        an_err_t e = train(o, n, cores[k], &period, &digest, d);
        if (e == AN_ERR_INPUT && !k) { /* no data: the others can still be measured */
            fprintf(out, "  not measured: %s\n", d->text);
            return AN_OK;
        }
        if (e)
            return e;
        if (!k) {
            one = period;
            bits = digest;
            fprintf(out, " %9" PRIu64, period);
        } else
            fprintf(out, " %9" PRIu64 " %5.2f", period, (double)one / (double)period);
        if (digest != bits)
            return an_say(d, AN_ERR_MISMATCH, "%s: digest of the network %016" PRIx64 " on %d cores, %016" PRIx64 " on one", n->name, digest, cores[k], bits);
        fflush(out);
    }
    fprintf(out, "   same bits\n");
    return AN_OK;
}

an_err_t an_bench_cores(const an_opts_t *o, FILE *out, an_diag_t *d)
{
    an_err_t e = AN_OK;
    fprintf(out, "cores of two lanes (bench-4x2): clocks from turn to turn by the compiler's estimate, waiting included, zero-skip off; how many times faster\n  %-18s", "");
    for (int k = 0; k < COLUMNS; k++)
        fprintf(out, k ? " %9d %5s" : " %9d", cores[k], "");
    fputs("\n", out);
    for (size_t i = 0; i < sizeof nets / sizeof *nets && !e; i++)
        e = row(o, &nets[i], out, d);
    return e;
}
