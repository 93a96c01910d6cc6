#include "an_cli.h"
static int b(const an_opts_t*o){(void)o;return 1;}
const an_command_t an_cmd_bench = {.name="bench",.usage="[NAME]",.options="report",.about="x",.takes_arg=true,.run=b};
const an_command_t an_cmd_compile = {.name="compile",.usage="EXP",.options="config",.about="x",.needs_arg=true,.run=b};
