/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>
#include "an_array.h"

size_t an_kind_bytes(an_kind_t k)
{
    static const size_t bytes[] = {1, 1, 2, 4, 4, 8};
    return bytes[k];
}

double an_array_at(const an_array_t *a, size_t i)
{
    switch (a->kind) {
    case AN_U1: return ((const uint8_t *)a->data)[i];
    case AN_I1: return ((const int8_t *)a->data)[i];
    case AN_I2: return ((const int16_t *)a->data)[i];
    case AN_I4: return ((const int32_t *)a->data)[i];
    case AN_F4: return (double)((const float *)a->data)[i];
    case AN_F8: return ((const double *)a->data)[i];
    }
    return 0;
}

void an_array_free(an_array_t *a)
{
    free(a->data);
    memset(a, 0, sizeof *a);
}
