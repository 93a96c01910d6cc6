/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "an_reference.h"

/* "set": {"errors": "instantaneous"}, as the references write it */
static bool set_text(char *s, size_t size, const char *const *set, size_t n)
{
    size_t at = (size_t)snprintf(s, size, "\"set\": {");
    for (size_t i = 0; i < n && at < size; i++) {
        const char *eq = strchr(set[i], '=');
        at += (size_t)snprintf(s + at, size - at, "%s\"%.*s\": \"%s\"", i ? ", " : "", eq ? (int)(eq - set[i]) : 0, set[i], eq ? eq + 1 : "");
    }
    if (at < size)
        at += (size_t)snprintf(s + at, size - at, "}");
    return at < size;
}

char *an_reference_find(const char *share, const char *name, uint64_t seed, const char *const *set, size_t n_set)
{
    char path[1024], want[1024], mine[48], *line = NULL, *found = NULL;
    size_t size = 0;
    bool exact = false;
    if ((size_t)snprintf(path, sizeof path, "%s/experiments/reference/%s.json", share, name) >= sizeof path || !set_text(want, sizeof want, set, n_set))
        return NULL;
    snprintf(mine, sizeof mine, "\"seed\": %" PRIu64 ",", seed);
    FILE *f = fopen(path, "r");
    while (f && !exact && getline(&line, &size, f) > 0) {
        if (strncmp(line, "{\"command\"", 10) || !strstr(line, want))
            continue;
        exact = strstr(line, mine) != NULL;
        if (found && !exact)
            continue;
        char *end = strrchr(line, '}');
        if (!end)
            continue;
        end[1] = '\0';
        free(found);
        found = strdup(line);
    }
    free(line);
    if (f)
        fclose(f);
    return found;
}
