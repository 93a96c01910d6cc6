/* SPDX-License-Identifier: Apache-2.0 */
#include "an_code.h"
#include <string.h>
#include <strings.h>

const char *const an_code_space[4] = { "S", "R", "K", "SR" };

const char *an_code_feature(uint32_t has)
{
    static const struct { uint32_t bit; const char *name; } all[] = {
        { AN_HAS_PAIRS, "pair synapses" }, { AN_HAS_RECIP, "recip and sqrt" }, { AN_HAS_RING, "rings" }, { AN_HAS_SUMS, "sum and dot" },
        { AN_HAS_SPLIT, "projections in parts" }, { AN_HAS_PASS, "pass" }, { AN_HAS_TAKE, "take" }, { AN_HAS_GIVE, "give" },
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (has & (~has + 1) & all[i].bit) return all[i].name;
    return "such feature";
}

unsigned an_code_operands(unsigned op)
{
    switch (op) {
    case AN_OP_IN: case AN_OP_TAKE: case AN_OP_GIVE: return AN_WRITES_D; /* of GIVE, where others will write */
    case AN_OP_OUT: return AN_READS_A;
    case AN_OP_PASS: return 0;
    case AN_OP_ADD: case AN_OP_MIN: case AN_OP_MAX: case AN_OP_MUL: case AN_OP_DOT: return AN_WRITES_D | AN_READS_A | AN_READS_B;
    case AN_OP_SEL: case AN_OP_MAC: case AN_OP_LEAK: return AN_WRITES_D | AN_READS_A | AN_READS_B | AN_READS_C;
    default: return AN_WRITES_D | AN_READS_A;
    }
}

bool an_code_port(unsigned op) { return op == AN_OP_IN || op == AN_OP_OUT || op == AN_OP_PASS || an_code_memory(op); }

bool an_code_memory(unsigned op) { return op == AN_OP_TAKE || op == AN_OP_GIVE; }

bool an_code_signed(const an_field_info_t *f) { return f->layout == AN_LAYOUT_VEC && strcmp(f->name, "sh") == 0; }

void an_code_range(unsigned op, const an_field_info_t *f, int64_t *lo, int64_t *hi, unsigned *step)
{
    const char *s = f->name;
    *lo = 0;
    *hi = ((int64_t)1 << (f->msb - f->lsb + 1)) - 1;
    *step = 1;
    if (an_code_signed(f)) {
        *lo = op == AN_OP_SUM || op == AN_OP_DOT || op == AN_OP_TAB ? 0 : -8;
        *hi = op == AN_OP_TAB ? 6 : 15;
    } else if (strcmp(s, "rows") == 0 || strcmp(s, "cols") == 0 || (f->layout == AN_LAYOUT_POP && strcmp(s, "n") == 0)) {
        *lo = 1;
        *hi = 2048;
    } else if (strcmp(s, "wbase") == 0 || strcmp(s, "stride") == 0) {
        *step = 2;
    } else if (strcmp(s, "gmode") == 0 || strcmp(s, "amode") == 0 || strcmp(s, "bsh") == 0 || strcmp(s, "ksh") == 0) {
        *hi = 2;
    } else if (f->layout == AN_LAYOUT_VEC && strcmp(s, "b") == 0) {
        if (op == AN_OP_PASS || an_code_memory(op)) *lo = AN_PORT_UP;
        if (an_code_port(op)) *hi = AN_PORT_DOWN;
        if (op == AN_OP_TAB) *hi = AN_TABLES - 1;
    } else if (an_code_memory(op) && strcmp(s, "dsp") == 0) {
        *hi = AN_SPC_R;
    }
}

const char *an_code_value(const char *field, uint32_t value)
{
    static const char *const post[] = { "none", "unit", "sym", "pos" }, *const mode[] = { "zero", "self", "from" }, *const port[] = { "host", "up", "down" };
    if (strcmp(field, "post") == 0 && value < 4) return post[value];
    if ((strcmp(field, "gmode") == 0 || strcmp(field, "amode") == 0) && value < 3) return mode[value];
    if (strcmp(field, "port") == 0 && value < 3) return port[value];
    return NULL;
}

const an_op_info_t *an_code_op(const char *name)
{
    for (size_t i = 0; i < an_n_ops; i++)
        if (strcasecmp(an_ops[i].name, name) == 0) return &an_ops[i];
    return NULL;
}

const an_field_info_t *an_code_field(unsigned layout, const char *name)
{
    for (size_t i = 0; i < an_n_fields; i++)
        if (an_fields[i].layout == layout && strcmp(an_fields[i].name, name) == 0) return &an_fields[i];
    return NULL;
}
