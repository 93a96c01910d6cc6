/* SPDX-License-Identifier: Apache-2.0
 * asm and dis: machine code as text and as one word of 16 hexadecimal digits a line. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "an_cli.h"
#include "an_report.h"
#include "an_say.h"
#include "an_target.h"

/* "-" is standard input. The caller frees. */
static char *slurp(const char *path, an_diag_t *d)
{
    FILE *f = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    char *s = NULL;
    size_t n = 0, room = 0, k = 1;
    if (!f) {
        an_say(d, AN_ERR_INPUT, "%s: %s", path, strerror(errno));
        return NULL;
    }
    while (k) {
        if (n + 4096 + 1 > room) {
            char *more = realloc(s, room = 2 * room + 8192);
            if (!more)
                break;
            s = more;
        }
        k = fread(s + n, 1, 4096, f);
        n += k;
        s[n] = 0;
    }
    if (ferror(f) || k) {
        an_say(d, AN_ERR_INPUT, "%s: %s", path, k ? "out of memory" : strerror(errno));
        free(s);
        s = NULL;
    } else if (s && memchr(s, 0, n)) {
        an_say(d, AN_ERR_INPUT, "%s: not a text", path);
        free(s);
        s = NULL;
    }
    if (f != stdin)
        fclose(f);
    return s;
}

/* of a chip, or of any core: cores 0 */
typedef struct words { an_program_t core[AN_MOST_CORES]; uint32_t cores; } words_t;

static void write_words(const void *what, FILE *f)
{
    const words_t *w = what;
    for (uint32_t c = 0; c < (w->cores ? w->cores : 1); c++) {
        if (w->cores)
            fprintf(f, "# core %" PRIu32 "\n", c);
        for (size_t i = 0; i < w->core[c].n; i++)
            fprintf(f, "%016" PRIx64 "\n", w->core[c].word[i]);
    }
}

static int assemble(const an_opts_t *o)
{
    an_diag_t d = {""};
    an_config_t cfg = {.cores = 0};
    bool of_chip;
    words_t w = {.cores = 0};
    an_err_t e = an_config_of(&cfg, &of_chip, o, &d);
    if (!e && (o->n_set || o->clock_hz || o->watts || ((o->lanes || o->cores) && !of_chip)))
        e = an_say(&d, AN_ERR_INPUT, "--set: legal here: lanes and cores, of the chip that --config names");
    char *text = e ? NULL : slurp(o->arg, &d);
    if (!text)
        return an_fail_with(AN_ERR_INPUT, &d);
    w.cores = cfg.cores;
    e = of_chip ? an_asm_chip(text, o->arg, &cfg, w.core, &d) : an_asm(text, o->arg, &w.core[0].word, &w.core[0].line, &w.core[0].n, &d);
    int code = EXIT_DONE;
    if (e)
        code = an_fail_with(e, &d);
    else if (!o->out)
        write_words(&w, stdout);
    else if ((e = an_file_save(o->out, write_words, &w, &d)) != AN_OK)
        an_fail_with(e, &d), code = EXIT_RUN;
    for (int c = 0; c < AN_MOST_CORES; c++) {
        free(w.core[c].word);
        free(w.core[c].line);
    }
    free(text);
    return code;
}

/* One line: blank, comment, or 1 to 16 hexadecimal digits and perhaps a comment. */
static int dis_line(const char *file, int number, char *s, uint32_t *pc)
{
    char text[256], *end;
    s[strcspn(s, "#;")] = 0;
    char *p = s + strspn(s, " \t\r");
    if (!*p)
        return EXIT_DONE;
    size_t n = strspn(p, "0123456789abcdefABCDEF");
    uint64_t word = strtoull(p, &end, 16);
    if (!n || n > 16 || end[strspn(end, " \t\r")]) {
        fprintf(stderr, "antinode: %s:%d:%d: \"%.20s\": expected one word of 1 to 16 hexadecimal digits\n", file, number, (int)(p - s) + 1, p);
        return EXIT_INPUT;
    }
    an_dis(word, text, sizeof text);
    printf("%s\n", text);
    ++*pc;
    return EXIT_DONE;
}

static int disassemble(const an_opts_t *o)
{
    an_diag_t d = {""};
    char *text = slurp(o->arg, &d);
    if (!text)
        return an_fail_with(AN_ERR_INPUT, &d);
    int code = EXIT_DONE, number = 1;
    uint32_t pc = 0;
    for (char *s = text, *next; s && !code; s = next, number++) {
        next = strchr(s, '\n');
        if (next)
            *next++ = 0;
        code = dis_line(o->arg, number, s, &pc);
    }
    free(text);
    return code;
}

const an_command_t an_cmd_asm = {.name = "asm", .usage = "FILE", .options = "out config set", .about = "assemble: text to words of 16 hexadecimal digits",
                                 .more = "FILE - is standard input. The text is that of docs/reference/instructions.md. With --config it is for that chip: `core 1, 2` begins the program of\n"
                                         "these cores, and a port that leads nowhere, a program that does not fit and cores that wait for each other for ever are refused.", .needs_arg = true, .run = assemble};
const an_command_t an_cmd_dis = {.name = "dis", .usage = "FILE", .options = "", .about = "disassemble: one word of hexadecimal digits a line to text",
                                 .more = "FILE - is standard input.", .needs_arg = true, .run = disassemble};
