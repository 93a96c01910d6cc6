/* SPDX-License-Identifier: Apache-2.0
 * Random networks on one to five cores, in a chain or ring, and one to eight lanes: the same states, weights, outputs and saturations, bit by bit.
 * AN_RANDOM_NETS: how many networks. */
#include "an_draw_run.h"
#include "an_port_open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#ifdef __SANITIZE_ADDRESS__
enum { NETS = 6 };
#else
enum { NETS = 40 };
#endif
enum { ANEW = 1 };
static const uint64_t differed[ANEW] = { 1032 }; /* networks that once did */
/* The k-th of a network's, which draws what the chip has. */
static an_config_t config(const char *yaml, uint64_t seed, int cores, int lanes, int k)
{
    static const an_moves_t none = { .n = 0 };
    an_config_t cfg = an_draw_config(yaml, seed, NULL, cores, lanes, &none);
    cfg.closed = k > 3;
    cfg.pass = (seed + (uint64_t)k) % 3 != 0;
    cfg.take = (seed + (uint64_t)k) % 4 != 0;
    cfg.give = (seed + (uint64_t)k) % 5 != 0;
    return cfg;
}

static void placement_changes_nothing(void **state)
{
    (void)state;
    static an_draw_net_t d;
    const char *env = getenv("AN_RANDOM_NETS"), *from = getenv("AN_RANDOM_FIRST");
    const uint64_t first = from ? strtoull(from, NULL, 10) : 1, nets = env ? strtoull(env, NULL, 10) : NETS;
    uint64_t compared = 0, spread = 0, parts = 0, moved = 0, rings = 0, past = 0, beside = 0, written = 0;
    for (uint64_t i = 0; i < nets + ANEW; i++) {
        const uint64_t seed = i < nets ? first + i : differed[i - nets];
        const char *yaml = an_draw_files(&d, seed, "spread");
        const an_config_t plain = config(yaml, seed, 1, 2, 0);
        const an_outcome_t one = an_draw_run(yaml, seed, &plain, an_draw_moves(seed, d.pops, 1), an_port_model_open);
        if (!one.fits) continue;
        for (int k = 0; k < 5; k++) {
            const int cores = k < 3 ? 2 + k : k < 4 || seed % 4 == 0 ? 1 + (int)(seed % 4) : 2 + (int)(seed % 4), lanes = k < 3 ? 2 : k == 3 ? 8 : (seed & 1) ? 1 : 4;
            const an_config_t cfg = config(yaml, seed, cores, lanes, k);
            const an_outcome_t r = an_draw_run(yaml, seed, &cfg, an_draw_moves(seed, d.pops, cores), an_port_model_open);
            if (!r.fits) continue;
            an_draw_same(seed, &r, &one, &cfg);
            compared++;
            spread += (r.used & (r.used - 1)) != 0;
            parts += r.parts;
            moved += r.moved;
            rings += r.around;
            past += r.passes;
            beside += r.takes;
            written += r.gives;
        }
    }
    print_message("%llu networks, %llu placements compared, %llu of them on several cores, %llu in parts, %llu with vectors apart from their population, %llu over the link that closes a ring, %llu past a core, %llu with words that come in beside other work, %llu with words that go as they are written\n", (unsigned long long)(nets + ANEW), (unsigned long long)compared, (unsigned long long)spread,
                  (unsigned long long)parts, (unsigned long long)moved, (unsigned long long)rings, (unsigned long long)past, (unsigned long long)beside, (unsigned long long)written);
    assert_true(nets < 30 || (compared > 3 * nets && spread > nets && parts > nets / 2 && moved > nets && rings > nets / 8 && past > nets && beside > nets && written > nets));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(placement_changes_nothing) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
