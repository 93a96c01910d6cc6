/* SPDX-License-Identifier: Apache-2.0
 * variants: release
 * Random networks on the Verilated chip, of four cores in a chain and of three in a ring: the states, weights, outputs and saturations of one core of the model, bit by bit.
 * AN_RANDOM_NETS: how many networks; AN_RANDOM_FIRST: the first. */
#include "an_draw_run.h"
#include "an_port_open.h"
#include "an_port_sim.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { NETS = 8 };

static an_err_t on_chip(an_port_t **port, const an_config_t *cfg)
{
    char why[256] = "";
    const an_err_t e = an_port_sim_open(port, cfg, NULL, why, sizeof why);
    if (e) print_message("%s\n", why);
    return e;
}

static void the_chip_has_the_bits_of_one_core(void **state)
{
    (void)state;
    static an_draw_net_t d;
    static const struct { const char *config; int cores; } chip[2] = { { "bench-4x2", 4 }, { "tiny", 3 } };
    static const an_moves_t none = { .n = 0 };
    const char *env = getenv("AN_RANDOM_NETS"), *from = getenv("AN_RANDOM_FIRST");
    const uint64_t first = from ? strtoull(from, NULL, 10) : 1, nets = env ? strtoull(env, NULL, 10) : NETS;
    uint64_t compared = 0, spread = 0, parts = 0, around = 0, past = 0, beside = 0, written = 0;
    for (uint64_t seed = first; seed < first + nets; seed++) {
        const char *yaml = an_draw_files(&d, seed, "chip");
        const an_config_t plain = an_draw_config(yaml, seed, NULL, 1, 2, &none);
        const an_outcome_t one = an_draw_run(yaml, seed, &plain, &none, an_port_model_open);
        for (int k = 0; k < 2 && one.fits; k++) {
            const an_config_t cfg = an_draw_config(yaml, seed, chip[k].config, chip[k].cores, 2, &none);
            const an_outcome_t r = an_draw_run(yaml, seed, &cfg, an_draw_moves(seed, d.pops, chip[k].cores), on_chip);
            if (!r.fits) continue;
            an_draw_same(seed, &r, &one, &cfg);
            compared++;
            spread += (r.used & (r.used - 1)) != 0;
            parts += r.parts;
            around += r.around;
            past += r.passes;
            beside += r.takes;
            written += r.gives;
        }
    }
    print_message("%llu networks, %llu compared on the chip, %llu of them on several cores, %llu in parts, %llu over the link that closes a ring, %llu past a core, %llu with words that come in beside other work, %llu with words that go as they are written\n",
                  (unsigned long long)nets, (unsigned long long)compared, (unsigned long long)spread, (unsigned long long)parts, (unsigned long long)around, (unsigned long long)past, (unsigned long long)beside, (unsigned long long)written);
    assert_true(nets < NETS || (compared > nets && spread > nets / 2 && past > nets / 4 && beside > nets / 4 && written > nets / 4));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(the_chip_has_the_bits_of_one_core) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
