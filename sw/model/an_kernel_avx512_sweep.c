#include "an_kernel_avx512.h"
void an_wide_sweep(an_kernel_sweep_t *s) { an_kernel_portable.sweep(s); }
