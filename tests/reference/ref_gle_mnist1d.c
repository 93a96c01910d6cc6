// SPDX-License-Identifier: Apache-2.0
// ref_gle_mnist1d -- the 15k network on MNIST-1D from one stream: normalised pair synapses (rules 5.11), state never reset in
// training. --set data=DIR, weights=PREFIX, epochs, lr, halve=e1,e2,.. (epochs after which lr halves), b, b2, K,
// clip (of e' and r'; inf: none), train, test (how many sequences); --export PREFIX after every epoch.
#include "ref_mnist1d.h"

typedef struct {
    double u[HIDDEN], v[HIDDEN], r[HIDDEN], rp[HIDDEN], eb[HIDDEN];
} layer_t;
typedef struct {
    layer_t l[LAYERS + 1];
} net_t;

static double w[PARAMS], v[PARAMS], mean_e2[LAYERS + 1][HIDDEN], mean_r2[LAYERS + 1][HIDDEN]; // mean_r2[l]: of what layer l sends up
static double b1, b2, clip_at;

static double clipped(double x) { return x > clip_at ? clip_at : x < -clip_at ? -clip_at : x; }

// One tick of all layers from *o into *n; err == NULL: forward only. With err, the normalisers and v move too.
static void step(const net_t *o, net_t *n, const double *x, const double *err)
{
    for (int l = 1; l <= LAYERS; l++) {
        const layer_t *a = &o->l[l];
        layer_t *z = &n->l[l];
        int rows = SIZE[l], cols = SIZE[l - 1];
        const double *p = w + first(l), *below = l == 1 ? x : o->l[l - 1].r;
        double *q = v + first(l), scaled[HIDDEN], sent[HIDDEN] = {0};
        for (int j = 0; j < cols && err; j++) {
            mean_r2[l - 1][j] += b2 * (below[j] * below[j] - mean_r2[l - 1][j]);
            scaled[j] = clipped(below[j] / sqrt(mean_r2[l - 1][j]));
        }
        for (int i = 0; i < rows; i++) {
            double tm = tau_m(l, i), tr = tau_r(l, i), dt = DT, in = 0;
            for (int j = 0; j < cols; j++) in += p[i * cols + j] * below[j];
            double udot = (in + p[rows * cols + i] - a->u[i]) / tm, pu = a->u[i] + tr * udot;
            bool bent = l > 1 && l < LAYERS;
            z->u[i] = a->u[i] + dt * udot;
            z->r[i] = bent ? tanh(pu) : pu;
            z->rp[i] = bent ? 1 - z->r[i] * z->r[i] : 1;
            if (!err) continue;
            double ie = (l == LAYERS ? err[i] : o->l[l + 1].eb[i]) * a->rp[i], vdot = (ie - a->v[i]) / tr;
            double e = a->v[i] + tm * vdot;
            z->v[i] = a->v[i] + dt * vdot;
            for (int j = 0; j < cols; j++) sent[j] += p[i * cols + j] * e;
            mean_e2[l][i] += b2 * (e * e - mean_e2[l][i]);
            e = clipped(e / sqrt(mean_e2[l][i]));
            for (int j = 0; j < cols; j++) q[i * cols + j] += b1 * (e * scaled[j] - q[i * cols + j]);
            q[rows * cols + i] += b1 * (e - q[rows * cols + i]);
        }
        if (err) memcpy(z->eb, sent, sizeof sent);
    }
}

static double pass(net_t *s, const mnist1d_t *d, const int *order, double rate, long every, long *ticks)
{
    static net_t other;
    net_t *o = s, *n = &other;
    int right = 0;
    for (int k = 0; k < d->n; k++) {
        int at = order ? order[k] : k, label = (int)d->y.x[at], best = 0;
        double logit[CLASSES] = {0};
        for (int t = 0; t < SAMPLES; t++) {
            double x = d->x.x[at * SAMPLES + t], err[CLASSES];
            const double *out = o->l[LAYERS].r;
            double sum = 0, top = -INFINITY, p[CLASSES];
            for (int i = 0; i < CLASSES; i++) logit[i] += out[i], top = fmax(top, out[i]);
            for (int i = 0; i < CLASSES; i++) sum += p[i] = exp(out[i] - top);
            for (int i = 0; i < CLASSES; i++) err[i] = (i == label) - p[i] / sum;
            step(o, n, &x, rate > 0 ? err : NULL);
            if (rate > 0 && ++*ticks % every == 0)
                for (int i = 0; i < PARAMS; i++) w[i] += rate * (double)every * v[i];
            net_t *swap = o;
            o = n;
            n = swap;
        }
        for (int i = 1; i < CLASSES; i++)
            if (logit[i] > logit[best]) best = i;
        right += best == label;
    }
    if (o != s) *s = *o;
    return (double)right / d->n;
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    const char *dir = ref_str(&r, "data", "sw/data/mnist1d"), *start = ref_str(&r, "weights", NULL);
    int epochs = (int)ref_num(&r, "epochs", 60), train_n = (int)ref_num(&r, "train", 0), test_n = (int)ref_num(&r, "test", 0);
    double halve[16] = {12, 20, 28, 36, 43, 48, 54};
    int halvings = ref_list(&r, "halve", halve, 16);
    if (!halvings) halvings = 7;
    double lr = ref_num(&r, "lr", 3e-5);
    long every = (long)ref_num(&r, "K", 1200), ticks = 0;
    b1 = ref_num(&r, "b", 1e-4);
    b2 = ref_num(&r, "b2", 1e-4);
    clip_at = ref_num(&r, "clip", 8);
    ref_args_done(&r);
    mnist1d_init(&r, w);
    if (start) mnist1d_weights(start, w, false);
    for (int l = 0; l <= LAYERS; l++)
        for (int i = 0; i < HIDDEN; i++) mean_e2[l][i] = 1e-2, mean_r2[l][i] = 1;
    mnist1d_t train = mnist1d_read(dir, "train", train_n), test = mnist1d_read(dir, "test", test_n);
    int *order = ref_alloc((size_t)train.n, sizeof *order);
    for (int k = 0; k < train.n; k++) order[k] = k;
    static net_t s, probe;
    static double curve[1000];
    double right = NAN, online = NAN, rate = lr;
    if (epochs < 1 || epochs > 1000 || every < 1) ref_die("epochs 1..1000, K at least 1");
    if (r.trace) fprintf(r.trace, "epoch,lr,train_error,test_error\n");
    for (int ep = 1; ep <= epochs && !r.diverged; ep++) {
        rate = lr;
        for (int k = 0; k < halvings; k++) rate *= ep > halve[k] ? .5 : 1;
        ref_shuffle(&r, order, train.n);
        online = pass(&s, &train, order, rate, every, &ticks);
        memset(&probe, 0, sizeof probe);
        right = pass(&probe, &test, NULL, 0, every, &ticks);
        curve[ep - 1] = 1 - right;
        for (int k = 0; k < PARAMS; k++) if (!isfinite(w[k])) r.diverged = true;
        if (r.export_to) mnist1d_weights(r.export_to, w, true);
        if (!r.trace) continue;
        fprintf(r.trace, "%d,%.4g,%.4g,%.4g\n", ep, rate, 1 - online, 1 - right);
        fflush(r.trace);
    }
    ref_json_begin(&r, "gle-mnist1d");
    ref_json_num("test_error", 1 - right);
    ref_json_num("train_error", 1 - online);
    ref_json_arr("test_error_by_epoch", curve, r.diverged ? 0 : epochs);
    ref_json_num("lr", rate);
    return ref_end(&r);
}
