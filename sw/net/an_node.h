/* SPDX-License-Identifier: Apache-2.0
 * an_node -- a YAML file as a tree of our own, with the place of every node and a note of who was asked for. */
#ifndef AN_NODE_H
#define AN_NODE_H
#include "an_ctx.h"

typedef enum { AN_NODE_SCALAR, AN_NODE_SEQ, AN_NODE_MAP } an_node_kind_t;

typedef struct an_node {
    an_node_kind_t kind;
    const char *key;            /* in a mapping */
    const char *text;           /* scalar */
    an_at_t at;                 /* of the key in a mapping, else of the value */
    bool asked;
    an_ctx_t *own;              /* holds the tree's memory */
    struct an_node **kid; size_t n_kid;
    const char **legal; size_t n_legal; /* keys of a mapping that were asked for, there or not */
} an_node_t;

/* Parses text (YAML); file is what messages call it. */
an_node_t *an_node_parse(an_ctx_t *c, const char *text, size_t size, const char *file);

/* Kid of a mapping (noted as asked) or NULL. */
an_node_t *an_node_get(an_ctx_t *c, an_node_t *map, const char *key);
/* The same by dotted path; digits index sequences. ask: note as asked. */
an_node_t *an_node_path(an_ctx_t *c, an_node_t *root, const char *path, bool ask);
/* Replaces or creates the value at path (mappings on the way are created). */
void an_node_set(an_ctx_t *c, an_node_t *root, const char *path, an_node_t *value);
/* First node below that nobody asked for; parent: the mapping it stands in. NULL: none. */
const an_node_t *an_node_unused(const an_node_t *n, const an_node_t **parent);
/* Fails, naming the legal keys, if the mapping has a key that was not asked for. */
void an_node_only(an_ctx_t *c, const an_node_t *map);
/* "a, b, c" of what was asked for in a mapping. */
const char *an_node_legal(an_ctx_t *c, const an_node_t *map);

#endif
