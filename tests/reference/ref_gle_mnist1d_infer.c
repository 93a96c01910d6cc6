// SPDX-License-Identifier: Apache-2.0
// ref_gle_mnist1d_infer -- GLE on MNIST-1D, the 15k network (rules 5.3, 5.7): inference, or training with parallel streams and Adam each step.
// --set data=DIR, weights=PREFIX (w1.npy.. to start from; inference: those in the repository), epochs (0: inference only), streams (1..112;
// 1 without training, else 100), lr, patience, train, test
// (how many sequences), reset=on|off (zero state before every test batch), hours (stop earlier); --export PREFIX after every epoch.
#include "ref_mnist1d.h"

#include <time.h>

enum { PAD = 112, CHUNK = 16 }; // streams are padded to a multiple of CHUNK; padded streams have no error, so teach nothing

typedef double row_t[PAD];
typedef struct {
    row_t u[HIDDEN], v[HIDDEN], r[HIDDEN], rp[HIDDEN], eb[HIDDEN]; // eb: error for the layer below
} layer_t;
typedef struct {
    layer_t l[LAYERS + 1];
} net_t;

static int active = PAD; // streams in use, rounded up to CHUNK
static double w[PARAMS], grad[PARAMS], adam_m[PARAMS], adam_v[PARAMS];

// c[i] = bias[i] + sum_j a[i*si + j*sj] r[j] for all streams.
static void product(const double *a, int rows, int si, int cols, int sj, const double *bias, const row_t *r, row_t *c)
{
    for (int i = 0; i < rows; i++)
        for (int b = 0; b < active; b += CHUNK) {
            double acc[CHUNK];
            for (int k = 0; k < CHUNK; k++) acc[k] = bias ? bias[i] : 0;
            for (int j = 0; j < cols; j++)
                for (int k = 0; k < CHUNK; k++) acc[k] += a[i * si + j * sj] * r[j][b + k];
            for (int k = 0; k < CHUNK; k++) c[i][b + k] = acc[k];
        }
}

// One tick: everything is computed from *o, the state of the tick before, into *n. err == NULL: no error, no gradient.
static void step(const net_t *o, net_t *n, const row_t *x, const row_t *err, int streams)
{
    static row_t in[HIDDEN], e[HIDDEN];
    for (int l = 1; l <= LAYERS; l++) {
        const layer_t *a = &o->l[l];
        layer_t *z = &n->l[l];
        int rows = SIZE[l], cols = SIZE[l - 1];
        const double *p = w + first(l);
        const row_t *below = l == 1 ? x : o->l[l - 1].r;
        product(p, rows, cols, cols, 1, p + rows * cols, below, in);
        for (int i = 0; i < rows; i++) {
            double tm = tau_m(l, i), tr = tau_r(l, i), dt = DT;
            for (int b = 0; b < active; b++) {
                double udot = (in[i][b] - a->u[i][b]) / tm, pu = a->u[i][b] + tr * udot;
                z->u[i][b] = a->u[i][b] + dt * udot;
                z->r[i][b] = pu;
            }
            if (l > 1 && l < LAYERS)
                for (int b = 0; b < active; b++) z->r[i][b] = tanh(z->r[i][b]);
            if (!err) continue;
            const double *above = l == LAYERS ? err[i] : o->l[l + 1].eb[i];
            for (int b = 0; b < active; b++) {
                double ie = above[b] * a->rp[i][b], vdot = (ie - a->v[i][b]) / tr;
                e[i][b] = a->v[i][b] + tm * vdot;
                z->v[i][b] = a->v[i][b] + dt * vdot;
                z->rp[i][b] = l > 1 && l < LAYERS ? 1 - z->r[i][b] * z->r[i][b] : 1;
            }
        }
        if (!err) continue;
        if (l > 1) product(p, cols, 1, rows, cols, NULL, e, z->eb);
        double *g = grad + first(l), scale = -1. / streams;
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int b = 0; b < active; b++) sum += e[i][b];
            g[rows * cols + i] = scale * sum;
            for (int j = 0; j < cols; j++) {
                sum = 0;
                for (int b = 0; b < active; b++) sum += e[i][b] * below[j][b];
                g[i * cols + j] = scale * sum;
            }
        }
    }
}

static void adam(double lr, long t)
{
    double c1 = 1 - pow(.9, (double)t), c2 = 1 - pow(.999, (double)t);
    for (int k = 0; k < PARAMS; k++) {
        adam_m[k] += .1 * (grad[k] - adam_m[k]);
        adam_v[k] += .001 * (grad[k] * grad[k] - adam_v[k]);
        w[k] -= lr * (adam_m[k] / c1) / (sqrt(adam_v[k] / c2) + 1e-8);
    }
}

// Softmax of the output of the tick before against the label: error and cross entropy, summed over the streams.
static double cross_entropy(const net_t *o, const int *label, int streams, row_t *err)
{
    double loss = 0;
    for (int b = 0; b < streams; b++) {
        double p[CLASSES], sum = 0, top = -INFINITY;
        for (int i = 0; i < CLASSES; i++) top = fmax(top, o->l[LAYERS].r[i][b]);
        for (int i = 0; i < CLASSES; i++) sum += p[i] = exp(o->l[LAYERS].r[i][b] - top);
        for (int i = 0; i < CLASSES && err; i++) err[i][b] = (i == label[b]) - p[i] / sum;
        loss -= log(p[label[b]] / sum + 1e-300);
    }
    return loss;
}

// Runs all sequences once, `streams` side by side; learns where lr > 0. Returns the share of right answers.
static double pass(net_t *s, const mnist1d_t *d, const int *order, int streams, double lr, long *ticks, bool reset, double *loss)
{
    static net_t other;
    static row_t x[1], err[CLASSES];
    int right = 0;
    net_t *o = s, *n = &other;
    *loss = 0;
    for (int at = 0; at + streams <= d->n; at += streams) {
        int label[PAD];
        double logit[PAD][CLASSES] = {{0}};
        if (reset) memset(o, 0, sizeof *o);
        for (int b = 0; b < streams; b++) label[b] = (int)d->y.x[order ? order[at + b] : at + b];
        for (int t = 0; t < SAMPLES; t++) {
            for (int b = 0; b < streams; b++) x[0][b] = d->x.x[(order ? order[at + b] : at + b) * SAMPLES + t];
            for (int b = 0; b < streams; b++)
                for (int i = 0; i < CLASSES; i++) logit[b][i] += o->l[LAYERS].r[i][b];
            *loss += cross_entropy(o, label, streams, lr > 0 ? err : NULL);
            step(o, n, x, lr > 0 ? err : NULL, streams);
            if (lr > 0) adam(lr, ++*ticks);
            net_t *swap = o;
            o = n;
            n = swap;
        }
        for (int b = 0; b < streams; b++) {
            int best = 0;
            for (int i = 1; i < CLASSES; i++)
                if (logit[b][i] > logit[b][best]) best = i;
            right += best == label[b];
        }
    }
    if (o != s) *s = *o;
    int done = d->n / streams * streams;
    *loss /= (double)done * SAMPLES;
    return (double)right / done;
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    const char *dir = ref_str(&r, "data", "sw/data/mnist1d"), *start = ref_str(&r, "weights", NULL);
    int epochs = (int)ref_num(&r, "epochs", 0), streams = (int)ref_num(&r, "streams", epochs ? 100 : 1), bad = 0;
    int patience = (int)ref_num(&r, "patience", 2), train_n = (int)ref_num(&r, "train", 0), test_n = (int)ref_num(&r, "test", 0);
    double lr = ref_num(&r, "lr", 1e-3), hours = ref_num(&r, "hours", 100), best = INFINITY, loss = NAN, train_loss = NAN;
    bool reset = ref_on(&r, "reset", false);
    ref_args_done(&r);
    if (streams < 1 || streams > PAD) ref_die("--set streams: 1..%d", PAD);
    if (!epochs && !start) start = "sw/experiments/reference/gle-mnist1d-infer/";
    active = (streams + CHUNK - 1) / CHUNK * CHUNK;
    mnist1d_init(&r, w);
    if (start) mnist1d_weights(start, w, false);
    mnist1d_t train = mnist1d_read(dir, "train", train_n), test = mnist1d_read(dir, "test", test_n);
    int *order = ref_alloc((size_t)train.n, sizeof *order);
    for (int k = 0; k < train.n; k++) order[k] = k;
    static net_t s, probe;
    long ticks = 0;
    double right = NAN, train_right = NAN;
    int ep = 0;
    time_t began = time(NULL);
    if (r.trace) fprintf(r.trace, "epoch,lr,train_loss,train_error,test_loss,test_error\n");
    do {
        if (epochs) {
            ref_shuffle(&r, order, train.n);
            train_right = pass(&s, &train, order, streams, lr, &ticks, false, &train_loss);
        }
        memset(&probe, 0, sizeof probe);
        right = pass(&probe, &test, NULL, streams, 0, &ticks, reset, &loss);
        if (!isfinite(loss)) r.diverged = true;
        if (r.trace) {
            fprintf(r.trace, "%d,%.4g,%.5g,%.4g,%.5g,%.4g\n", ep + 1, lr, train_loss, 1 - train_right, loss, 1 - right);
            fflush(r.trace);
        }
        if (r.export_to) mnist1d_weights(r.export_to, w, true);
        if (loss < best * (1 - 1e-4)) best = loss, bad = 0;
        else if (++bad > patience) lr /= 2, bad = 0;
    } while (++ep < epochs && !r.diverged && difftime(time(NULL), began) < 3600 * hours);
    ref_json_begin(&r, "gle-mnist1d-infer");
    ref_json_num("test_error", 1 - right);
    ref_json_num("loss", loss);
    ref_json_num("train_error", epochs ? 1 - train_right : NAN);
    ref_json_num("epochs", epochs ? ep : 0);
    ref_json_num("lr", lr);
    return ref_end(&r);
}
