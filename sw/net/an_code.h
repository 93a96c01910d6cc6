/* SPDX-License-Identifier: Apache-2.0
 * an_code -- what assembler and disassembler share: operands of an instruction, names of values, legal ranges. */
#ifndef AN_CODE_H
#define AN_CODE_H
#include "an_spec.h"

enum { AN_READS_A = 1, AN_READS_B = 2, AN_READS_C = 4, AN_WRITES_D = 8 };
unsigned an_code_operands(unsigned op);         /* operands a vector instruction has, in the order d a b c */

bool an_code_port(unsigned op);                 /* its field b is a port */
bool an_code_memory(unsigned op);               /* its destination is one memory, S or R */

/* Legal values of a field of an instruction; sh is the only signed one. step: 2 where only even ones are. */
void an_code_range(unsigned op, const an_field_info_t *f, int64_t *lo, int64_t *hi, unsigned *step);
bool an_code_signed(const an_field_info_t *f);

/* Name of a field's value (post, gmode, amode, port), or NULL. */
const char *an_code_value(const char *field, uint32_t value);

const an_op_info_t *an_code_op(const char *name);    /* NULL: none */
/* Field of a layout by name, NULL: none. */
const an_field_info_t *an_code_field(unsigned layout, const char *name);

const char *an_code_feature(uint32_t has);           /* of those that an_seq_needs gives, the lowest in words */

extern const char *const an_code_space[4];           /* S R K SR; as a source the last is Z */

#endif
