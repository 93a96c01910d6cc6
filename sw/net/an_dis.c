/* SPDX-License-Identifier: Apache-2.0
 * Instruction word to text that an_asm reads back. What is not a legal word comes out as `word 0x..`. */
#include "an_code.h"
#include "an_exp.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct out { char *s; size_t size, n; } out_t;

__attribute__((format(printf, 2, 3))) static void put(out_t *o, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const int k = vsnprintf(o->n < o->size ? o->s + o->n : NULL, o->n < o->size ? o->size - o->n : 0, fmt, ap);
    va_end(ap);
    if (k > 0) o->n += (size_t)k;
}

/* All of the word is in fields of its layout, and all of them are in range. */
static bool legal(uint64_t w, unsigned op, unsigned layout)
{
    uint64_t rest = AN_PUT(w, OP, 0);
    for (size_t i = 0; i < an_n_fields; i++) {
        const an_field_info_t *f = &an_fields[i];
        if (f->layout != layout) continue;
        int64_t lo, hi;
        unsigned step;
        an_code_range(op, f, &lo, &hi, &step);
        const int64_t v = an_code_signed(f) ? an_field_get_signed(w, f->msb, f->lsb) : (int64_t)an_field_get(w, f->msb, f->lsb);
        if (v < lo || v > hi || v % step) return false;
        rest = an_field_put(rest, f->msb, f->lsb, 0);
    }
    return rest == 0;
}

static void operand(out_t *o, const char *name, unsigned space, uint32_t addr, bool source)
{
    if (source && space == AN_SRC_Z) put(o, addr ? "%sZ:%u" : "%sZ", name, addr);
    else put(o, "%s%s:%u", name, an_code_space[space], addr);
}

static void vector(out_t *o, uint64_t w, unsigned op)
{
    const unsigned has = an_code_operands(op);
    const unsigned sp[4] = { AN_GET(w, VEC_DSP), AN_GET(w, VEC_ASP), AN_GET(w, VEC_BSP), AN_GET(w, VEC_CSP) ? AN_SRC_K : AN_SRC_S };
    const uint32_t addr[4] = { AN_GET(w, VEC_D), AN_GET(w, VEC_A), AN_GET(w, VEC_B), AN_GET(w, VEC_C) };
    static const unsigned bit[4] = { AN_WRITES_D, AN_READS_A, AN_READS_B, AN_READS_C };
    static const char *const named[4] = { ", d=", ", a=", ", b=", ", c=" };
    const char *sep = " ";
    for (int i = 0; i < 4; i++)
        if (has & bit[i]) {
            operand(o, sep, sp[i], addr[i], i > 0);
            sep = ", ";
        }
    const bool coded = an_code_port(op) || op == AN_OP_TAB;
    if (coded && op != AN_OP_TAB) put(o, "%sport=%s", sep, an_code_value("port", addr[2]));
    if (coded && op == AN_OP_TAB) put(o, ", table=%u", addr[2]);
    for (int i = 0; i < 4; i++) {
        if ((has & bit[i]) || (!sp[i] && !addr[i])) continue;
        if (i == 2 && coded && !sp[2]) continue;
        operand(o, named[i], sp[i], addr[i], i > 0);
    }
    if (AN_GET(w, VEC_SH)) put(o, ", sh=%d", AN_GET_SIGNED(w, VEC_SH));
    if (AN_GET(w, VEC_NEG)) put(o, ", neg");
    if (AN_GET(w, VEC_POST)) put(o, ", post=%s", an_code_value("post", AN_GET(w, VEC_POST)));
}

void an_dis(uint64_t word, char *text, size_t size)
{
    out_t o = { text, size, 0 };
    const unsigned op = AN_GET(word, OP);
    if (size) text[0] = 0;
    const an_op_info_t *info = NULL;
    for (size_t i = 0; i < an_n_ops; i++)
        if (an_ops[i].code == op) info = &an_ops[i];
    if (!info || !legal(word, op, info->layout)) {
        put(&o, "word 0x%016llx", (unsigned long long)word);
        return;
    }
    for (const char *s = info->name; *s; s++) put(&o, "%c", tolower((unsigned char)*s));
    if (info->layout == AN_LAYOUT_VEC) {
        vector(&o, word, op);
        return;
    }
    for (size_t i = 0; i < an_n_fields; i++) {
        const an_field_info_t *f = &an_fields[i];
        if (f->layout != info->layout) continue;
        const uint32_t v = an_field_get(word, f->msb, f->lsb);
        const char *name = an_code_value(f->name, v);
        if (f->msb == f->lsb) put(&o, v ? " %s" : "", f->name);
        else if (op == AN_OP_KEY) put(&o, " %s=0x%08x", f->name, v);
        else if (name) put(&o, " %s=%s", f->name, name);
        else put(&o, " %s=%u", f->name, v);
    }
}
