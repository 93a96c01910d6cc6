/* SPDX-License-Identifier: Apache-2.0
 * an_comp -- one compilation: what stands where, and the program so far. */
#ifndef AN_COMP_H
#define AN_COMP_H
#include "an_mem.h"
#include "an_network.h"

/* A vector of a population, or what projections in parts need beside them (an_parts.c). */
typedef struct an_loc {
    const an_vector_t *decl;
    const an_pop_t *pop;
    uint32_t n, nb;   /* neurons, blocks */
    int scale;
    bool works;       /* some instruction works for it */
    bool part;        /* not of the rule: */
    int of;           /*   a slice of that location, from neuron `first`; -1: a word of partial sums, */
    uint32_t first;   /*   2 * part + (1: the low one) */
    bool second;      /*   slice of a delay line for y2 and ainit, which may be another step of it than y and acc */
} an_loc_t;

/* Where a projection is cut: its parts begin at these columns, multiples of 32, or at these rows (an_row_cut_fits), the first at 0. */
typedef struct an_cut { bool rows; uint32_t n, at[AN_MOST_PARTS]; } an_cut_t;

/* A projection, or one of its parts, which stand one after the other. */
typedef struct an_wloc {
    const an_proj_t *proj;
    uint32_t rows, cols, stride, key;
    bool by_rows;     /* the parts are runs of rows, else of columns */
    uint32_t first, row, part, parts; /* column 0, row 0 are these of the projection; number of the part, of so many */
    int on;           /* on this core; -1, where it is whole: */
    bool at_pre;      /*   on that of its presynaptic population, else of its postsynaptic one */
    uint32_t core, wbase;
} an_wloc_t;

typedef struct an_kloc {
    const char *name;
    double value;
    int shift;
    int32_t word;
    bool integer;     /* an index, not a fraction */
} an_kloc_t;

typedef struct an_tloc { const an_table_t *decl; int k, in_scale, out_scale; } an_tloc_t;

/* A vector operand: which, and how many steps back in its delay line. loc NULL: the field of the word is what it says. */
typedef struct an_ref { const an_loc_t *loc; uint32_t back; } an_ref_t;

/* An instruction as the rule has it, of no core yet: block addresses are left out, and so are END's target, RING's sizes, PRJ's place. */
typedef struct an_ins {
    uint64_t word;
    an_at_t at;
    uint32_t n;            /* vector length it needs; 0: any */
    uint32_t weight;       /* how often a turn of the entry does it */
    an_ref_t ref[4];       /* d a b c; x x2 g ginit; y y2 acc ainit */
    const an_wloc_t *w;    /* on the core of this projection, else */
    const an_pop_t *pop;   /* of this population, else where the scalars are */
    const an_loc_t *work;  /* of pop: where this vector is computed; NULL: on the population's core */
    const an_wloc_t *to;   /* VIEW: for this part */
} an_ins_t;

/* What is no instruction, but moves values: VIEW a slice from its vector to a part's core, WANT row vectors on a part's core, JOIN a slice into
 * its vector (with DSP: S or R; NEG: the rest of the vector stays). Nothing of them is left in a program; PASS, TAKE and GIVE, whose numbers they have, come
 * into one only then. */
enum { AN_OP_WANT = AN_OP_PASS, AN_OP_VIEW, AN_OP_JOIN };

/* Where words stand that a core only passes on: the buffer in S, or that in R where the host gets them as rates. */
typedef enum { AN_RELAY_NONE, AN_RELAY_S, AN_RELAY_R } an_relay_t;

/* What one core does next, in the one order that all cores share: an instruction, or its side of a transfer, or PASS: what one neighbour gives goes to the other. */
typedef struct an_step {
    enum { AN_STEP_INS, AN_STEP_OUT, AN_STEP_IN, AN_STEP_PASS } kind;
    uint32_t core, with;   /* with: of transfers, the neighbour; of PASS, that which gives, at port */
    size_t ins;            /* transfers: for the sake of which */
    uint32_t obj, back, port;
    an_relay_t relay;      /* NONE: the vector itself */
    bool both;             /* IN: to S and R */
    bool take, closes;     /* IN: it is TAKE; the step waits for what a TAKE has begun (an_takes.c) */
    bool give;             /* OUT: it is GIVE, and stands before what writes its words (an_gives.c) */
} an_step_t;

static inline uint64_t an_later(uint64_t a, uint64_t b) { return a > b ? a : b; } /* of two clocks */

/* Ways between two neighbours, each twice the core that gives and one more where that is up: the one that an OUT or PASS gives to, the one that an IN
 * or PASS takes from. */
static inline uint32_t an_link_given(const an_step_t *s) { return 2 * s->core + ((s->kind == AN_STEP_OUT) == (s->port == AN_PORT_UP)); }
static inline uint32_t an_link_taken(const an_step_t *s) { return 2 * s->with + (s->port == AN_PORT_DOWN); }

/* One core: what stands where, and its program. */
typedef struct an_place {
    uint32_t *addr;                        /* block, by location */
    uint32_t s_blocks, r_blocks;           /* used */
    uint64_t w_blocks;
    uint32_t ring_step, ring_size;
    uint32_t tmp;                          /* R: a row operand times the mantissa of a learning rate */
    uint32_t relay[3];                     /* by AN_RELAY_x */
    uint64_t *word; uint32_t *line; size_t n_word;
    uint32_t pop_n;                        /* n that the core has here, 0: unknown */
    uint64_t clocks;                       /* estimate, a turn of the training entry */
} an_place_t;

/* What an instruction reads or writes, whole. */
typedef struct an_touch { uint32_t obj, back; bool write; } an_touch_t;

typedef struct an_comp {
    an_ctx_t *c;
    an_network_t *net;
    const an_rule_t *rule;
    const char *dir;                       /* of the experiment file */
    an_config_t cfg;
    const an_cut_t *cut;                   /* by projection of the network */
    an_loc_t *loc; size_t n_loc;
    an_wloc_t *wloc; size_t n_wloc;
    an_kloc_t *k; size_t n_k;
    an_tloc_t *table; size_t n_table;
    an_loc_t tmp;                          /* of a ref: the core's tmp */
    an_ins_t *ins; size_t n_ins;
    an_site_t *site; size_t n_site;        /* pc: number of the instruction */
    uint32_t weight;                       /* of what is emitted now */
    long ring_depth; bool ring_s, ring_r;  /* 0: no delay lines */
    const char *notes;
    an_entry_t *entry; size_t n_entry;     /* strings and arrays in the context */
    size_t *first;                         /* by entry: its first instruction */

    /* which core does what (an_spread.c) */
    uint32_t *owner;                       /* by population */
    int *seat;                             /* by location: the core that computes it, -1: that of its population */
    bool *common;                          /* by scalar: every core computes it for itself; else */
    int *home;                             /* the core that first computes it */
    uint32_t in_core, out_core, used;      /* cores 0 .. used-1 run, the others only halt */
    uint32_t *where, *users;               /* masks of cores: by instruction; by object */
    uint32_t *rest, **live;                /* masks by object: live between entries; at LOOP and END, by instruction */
    enum { AN_TAKES_NONE, AN_TAKES_R, AN_TAKES_S } takes; /* vectors that may come in beside other work: of R; of S too */
    uint64_t *cost;                        /* by unit: clocks, without its weight; */
    an_touch_t **touch; size_t *n_touch;   /*   what it reads and writes */
    uint32_t *now;                         /* masks by object, while one of the two is made */
    size_t *unit; size_t n_unit;           /* first instructions of the units */
    an_step_t *step; size_t n_step, room;
    an_place_t *place;                     /* by core */
    int64_t *early;                        /* by instruction: it and what it needs go by so many clocks earlier */
    struct an_plan *plan;                  /* of an_plan.c */
    struct an_due *due; size_t dues;       /* of an_clocks.c, room for so many */
    uint64_t work;                         /* steps that the search has looked at */
    uint32_t drawn;                        /* annealings that it has been through, and what it was made from */
    uint64_t excess;                       /* words that do not fit */
    uint64_t period;                       /* estimate: clocks from turn to turn, waiting included */
} an_comp_t;

enum { AN_NOWHERE = 99 };                  /* core of a place that is not known yet */
enum { AN_K_TURNS = 0 };                   /* scalar that holds how many turns an entry runs */

/* An object is what has replicas: the S or the R half of a vector, or a scalar. */
static inline uint32_t an_obj(const an_comp_t *o, const an_loc_t *l, bool rate) { return (uint32_t)(l - o->loc) * 2 + rate; }
static inline uint32_t an_obj_k(const an_comp_t *o, uint32_t k) { return (uint32_t)o->n_loc * 2 + k; }
static inline size_t an_objects(const an_comp_t *o) { return o->n_loc * 2 + o->n_k; }
static inline const an_loc_t *an_obj_loc(const an_comp_t *o, uint32_t obj) { return obj < o->n_loc * 2 ? &o->loc[obj / 2] : NULL; }

static inline bool an_obj_ring(const an_comp_t *o, uint32_t obj) { return obj < o->n_loc * 2 && o->loc[obj / 2].decl->depth > 1; }
/* Two objects share a place: scratch vectors of one declaration do, and so does a slice with its vector, on one core. */
static inline bool an_obj_together(const an_comp_t *o, uint32_t a, uint32_t b)
{
    const an_loc_t *x = an_obj_loc(o, a), *y = an_obj_loc(o, b);
    if (!x || !y) return a == b;
    while (x->part && x->of >= 0) x = &o->loc[x->of];
    while (y->part && y->of >= 0) y = &o->loc[y->of];
    return a % 2 == b % 2 && (x == y || (x->decl->scratch && x->decl == y->decl));
}
static inline uint32_t an_loc_first(const an_loc_t *l) { return l->part && l->of >= 0 ? l->first : 0; } /* in its vector */
/* They share words: two slices of a vector may do without. */
static inline bool an_obj_overlap(const an_comp_t *o, uint32_t a, uint32_t b)
{
    const an_loc_t *x = an_obj_loc(o, a), *y = an_obj_loc(o, b);
    if (!x || !y || x->decl->scratch || !an_obj_together(o, a, b)) return an_obj_together(o, a, b);
    return an_loc_first(x) < an_loc_first(y) + y->n && an_loc_first(y) < an_loc_first(x) + x->n;
}
/* The memory is one that the vector is declared for. */
static inline bool an_obj_declared(const an_comp_t *o, uint32_t obj)
{
    const an_loc_t *l = an_obj_loc(o, obj);
    return l && !l->part && (obj % 2 ? l->decl->rate : l->decl->state);
}
static inline uint32_t an_op(const an_comp_t *o, size_t ins) { return AN_GET(o->ins[ins].word, OP); }
static inline bool an_control(uint32_t op) { return op <= AN_OP_END || op == AN_OP_RING; } /* of every core's program, and nothing passes it */
static inline bool an_pseudo(uint32_t op) { return op >= AN_OP_WANT; }
/* How often a turn of its entry does it: once at least, for the product of nested loops may wrap to 0. */
static inline uint64_t an_weight(const an_comp_t *o, size_t ins) { return o->ins[ins].weight ? o->ins[ins].weight : 1; }
static inline size_t an_entry_end(const an_comp_t *o, size_t e) { return e + 1 < o->n_entry ? o->first[e + 1] : o->n_ins; } /* behind its last instruction */
static inline uint32_t an_owner(const an_comp_t *o, const an_pop_t *p) { return o->owner[p - o->net->pop]; }
/* The core that computes a vector, and has it when an entry ends; of a slice that of its vector. */
static inline uint32_t an_seat(const an_comp_t *o, const an_loc_t *l)
{
    const size_t i = l->part && l->of >= 0 ? (size_t)l->of : (size_t)(l - o->loc);
    return o->seat[i] >= 0 ? (uint32_t)o->seat[i] : an_owner(o, l->pop);
}

/* an_parts.c: adds what projections in parts need; the slice of a vector of the side that is cut for a part, the partial sums of a part */
void an_parts(an_comp_t *o);
static inline const an_pop_t *an_cut_side(const an_wloc_t *w) { return w->by_rows ? an_row_side(w->proj) : an_lane_side(w->proj); }
static inline uint32_t an_cut_first(const an_wloc_t *w) { return w->by_rows ? w->row : w->first; }
static inline uint32_t an_cut_n(const an_wloc_t *w) { return w->by_rows ? w->rows : w->cols; }
const an_loc_t *an_slice(const an_comp_t *o, const an_loc_t *l, const an_wloc_t *w, bool second);
const an_loc_t *an_sum(const an_comp_t *o, const an_wloc_t *w, bool low);

/* an_place.c */
void an_place(an_comp_t *o);
uint32_t an_blocks(const an_comp_t *o, uint32_t n);
const an_loc_t *an_loc(const an_comp_t *o, const char *name, const an_pop_t *pop); /* NULL: its role has none */
const an_wloc_t *an_wloc(const an_comp_t *o, const an_proj_t *proj);

/* an_scalar.c: scalars and tables */
uint32_t an_k_add(an_comp_t *o, const char *name, double value, int shift, an_at_t at);
/* The constant as a 16-bit operand: the largest shift in lo..hi that keeps it in [-8, 8). Gives the index. */
uint32_t an_k_operand(an_comp_t *o, const char *name, double value, int lo, int hi, int *shift, an_at_t at);
int an_k_find(const an_comp_t *o, const char *name); /* -1: none */
uint32_t an_t_add(an_comp_t *o, const an_table_t *t, int in_scale, int out_scale, int *k, an_at_t at);

/* an_emit.c */
size_t an_emit(an_comp_t *o, an_ins_t i);                     /* gives its number */
size_t an_emit_site(an_comp_t *o, size_t ins, const char *name, bool state); /* gives its number */
void an_emit_more(an_comp_t *o, size_t site, size_t ins);     /* the site is there too */
void an_emit_entry(an_comp_t *o, const an_rule_entry_t *e);
/* d = a, or d = 0 where a is NULL */
void an_emit_copy(an_comp_t *o, const an_loc_t *d, const an_loc_t *a, uint32_t back, an_at_t at);

/* an_vecop.c */
void an_vecop(an_comp_t *o, const an_stmt_t *s, const an_pop_t *pop);
/* vec or vec[k]: the vector, and how many steps back */
const an_loc_t *an_vecref(an_comp_t *o, const an_expr_t *e, const an_pop_t *pop, uint32_t *back);

/* an_sweep.c */
void an_sweep(an_comp_t *o, const an_stmt_t *s);
void an_sweep_pairs(an_network_t *net);    /* sets pair of every projection whose V a sweep uses */

/* an_touch.c */
enum { AN_TOUCHES = 24 };
size_t an_unit(const an_comp_t *o, size_t ins);               /* words that belong together: those of a sweep, else 1 */
size_t an_touch(const an_comp_t *o, size_t ins, an_touch_t t[AN_TOUCHES]); /* what they read and write; writes are whole */
void an_common(an_comp_t *o);                                 /* sets common */

/* an_work.c: sets work of every instruction */
void an_work(an_comp_t *o);

/* an_where.c: sets where, users, in_core, out_core, used, and the core of every projection */
void an_where(an_comp_t *o);
/* an_live.c: sets rest and live */
void an_live(an_comp_t *o);
/* an_spread.c: the steps of all cores, for owner[], seat[] and at_pre[] as they are */
void an_spread(an_comp_t *o);
/* an_takes.c: words of a neighbour that come in beside what else the core does: the step is an IN that may do so, and how many clocks its words take at least;
 * sets take and closes of all steps; changes the order of the steps from..to-1, of one entry, so that more comes in like that: instructions go behind an IN that
 * they need not have gone before */
bool an_takes_some(const an_comp_t *o, const an_step_t *s);
uint64_t an_takes_clocks(const an_comp_t *o, const an_step_t *in);
void an_takes(an_comp_t *o);
void an_takes_order(an_comp_t *o, size_t from, size_t to);
/* an_gives.c: words that go to a neighbour as they are written: of the instruction or sweep the operand that a GIVE's words are written to, all of them in one go,
 * NULL: none; makes OUTs of the training entry GIVE, for good: what plans steps takes them to be behind what writes their words */
const an_ref_t *an_gives_from(const an_comp_t *o, const an_step_t *give, size_t ins);
void an_gives(an_comp_t *o);
/* an_arrange.c: the order of the training entry's steps where it is free; of all entries' steps, and a better one of so many drawn for that */
void an_arrange(an_comp_t *o);
void an_polish(an_comp_t *o, uint32_t times);
/* an_balance.c: chooses owner[], seat[], at_pre[] and on[], and spreads; from: begins with another compilation's choice */
void an_balance(an_comp_t *o, const an_comp_t *from);
/* an_anneal.c: from that on, the best that is found by moving vectors too, each thing so many times */
void an_anneal(an_comp_t *o, uint32_t times);
/* an_cuts.c: the compilation whose projections are cut best */
an_comp_t *an_cuts(const an_comp_t *base);
/* an_compile.c: base's network with its projections cut so, without programs yet */
an_comp_t *an_compiled(const an_comp_t *base, const an_cut_t *cut, const an_comp_t *from);
/* an_clocks.c: estimates of clocks: of an instruction without its weight; of every core and the period */
uint64_t an_clocks_of(const an_comp_t *o, size_t ins);
uint32_t an_transfer_steps(const an_comp_t *o, const an_step_t *s); /* in which its words go to a neighbour, a clock each */
size_t an_training(const an_comp_t *o);                       /* the entry that learns: train, else the first */
void an_clocks(an_comp_t *o);
uint64_t an_busiest(const an_comp_t *o);                      /* of these */
void an_busy(an_comp_t *o);                                   /* the clocks of every core only, whatever the order */
/* an_layout.c: addresses on every core */
void an_layout(an_comp_t *o);
/* an_encode.c: the programs */
void an_encode(an_comp_t *o);

/* an_to_image.c: img->cfg is set; what has been made so far is the image's even if it fails */
void an_to_image(an_comp_t *o, an_image_t *img);

/* an_fit.c: words that do not fit, of all cores; which, NULL: none */
uint64_t an_excess(const an_comp_t *o);
const char *an_overflow(an_comp_t *o);

/* an_init.c */
void an_init_memory(an_comp_t *o, an_core_image_t *core);     /* all cores */
int16_t an_init_weight(double w, int frac);

#endif
