/* SPDX-License-Identifier: Apache-2.0
 * an_table -- activation functions: 256 points, linear between them (docs/machine.md section 4, TAB). */
#ifndef AN_TABLE_H
#define AN_TABLE_H
#include <stdint.h>

/* table: AN_TABLE_POINTS values s16f12 over the domain [-2^k, 2^k); k 0..6. Between its two points, so it never saturates. */
int32_t an_table(const int16_t *table_f12, int32_t a_f24, unsigned k);

#endif
