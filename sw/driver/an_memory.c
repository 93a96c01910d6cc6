/* SPDX-License-Identifier: Apache-2.0 */
#include "an_memory.h"

an_memory_t an_memory(const an_config_t *cfg, int k) {
    switch (k) {
    case 0: return (an_memory_t){ "program", AN_BUS_PROGRAM, 2 * cfg->prog_words, 4 };
    case 1: return (an_memory_t){ "scalar", AN_BUS_SCALAR, cfg->scalars, 4 };
    case 2: return (an_memory_t){ "table", AN_BUS_TABLE, AN_TABLES * AN_TABLE_POINTS, 2 };
    case 3: return (an_memory_t){ "rate", AN_BUS_RATE, cfg->rate_words, 2 };
    case 4: return (an_memory_t){ "state", AN_BUS_STATE, cfg->state_words, 4 };
    default: return (an_memory_t){ "synapse", AN_BUS_SYNAPSE, cfg->syn_words, 2 };
    }
}

uint32_t an_memory_image_word(const an_core_image_t *core, int k, uint32_t i) {
    switch (k) {
    case 0: return i / 2 < core->n_prog ? (uint32_t)(core->prog[i / 2] >> (32 * (i & 1u))) : 0; /* HALT behind the program */
    case 1: return i < core->n_scalar ? (uint32_t)core->scalar[i] : 0;
    case 2: return (uint32_t)core->table[i];
    case 3: return (uint32_t)core->rate[i];
    case 4: return (uint32_t)core->state[i];
    default: return (uint32_t)core->syn[i];
    }
}
