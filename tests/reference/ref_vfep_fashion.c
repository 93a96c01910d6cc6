// SPDX-License-Identifier: Apache-2.0
// ref_vfep_fashion -- VF-EP, untied layered net on 28x28 images pooled 2x2 to 14x14 (rules 4.3, 9), batch 1.
// --set data=DIR (IDX files, .gz or not), hidden=128[,64..], epochs, T1, T2, eps, beta, alpha=in,..,out (one for each pair of
// layers, input side first; feedback has the rate of its pair), layers=3 (hidden ones: 128,64,32, with the rates that suit them), bias=on|off,
// continual=on|off, alpha_scale, decay (of alpha, per epoch) or fall=f1,f2,.. (alpha of epoch k is f_k of the first), clip=on|off, out_scale, fb_scale (of the starting weights of the output, of feedback), angle (of feedback at the start; 90:
// independent), train, test (how many)
#define _POSIX_C_SOURCE 200809L // popen
#include "ref.h"

enum { SIDE = 14, INPUTS = SIDE * SIDE, MAXL = 5, OUT = 10 };

typedef struct {
    int n;
    double *x; // n * INPUTS, 0..1
    unsigned char *label;
} images_t;

static int layers;             // dynamic layers; layer 0 is the input, layer `layers` the output
static int size[MAXL + 1];
static double *wf[MAXL + 1];   // wf[l]: layer l-1 to l, row = postsynaptic
static double *wb[MAXL + 1];   // wb[l]: layer l+1 to l
static bool clip = true;        // Eq. 77; without it (Eq. 76) s is free and only rho(s) is clipped
static double *bias[MAXL + 1], *s[MAXL + 1], *s0[MAXL + 1], *mu[MAXL + 1], *drive;

static FILE *open_idx(const char *dir, const char *name, bool *piped)
{
    char path[1024], cmd[1100];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *f = fopen(path, "rb");
    *piped = false;
    if (f) return f;
    if (strchr(dir, '\'')) ref_die("no quote in the path of the data, please");
    snprintf(cmd, sizeof cmd, "gzip -dc '%s.gz'", path);
    *piped = true;
    return popen(cmd, "r");
}

static images_t read_images(const char *dir, const char *kind, int max)
{
    images_t im = {0};
    char name[64];
    unsigned char head[16], px[4 * INPUTS];
    bool piped;
    snprintf(name, sizeof name, "%s-images-idx3-ubyte", kind);
    FILE *f = open_idx(dir, name, &piped);
    if (!f || fread(head, 1, 16, f) != 16 || head[3] != 3) ref_die("%s/%s: no IDX images", dir, name);
    im.n = head[4] << 24 | head[5] << 16 | head[6] << 8 | head[7];
    if (max > 0 && max < im.n) im.n = max;
    im.x = ref_alloc((size_t)im.n * INPUTS, sizeof *im.x);
    im.label = ref_alloc((size_t)im.n, 1);
    for (int k = 0; k < im.n; k++) {
        if (fread(px, 1, sizeof px, f) != sizeof px) ref_die("%s/%s: too short", dir, name);
        for (int i = 0; i < INPUTS; i++) {
            const unsigned char *p = px + 2 * (i / SIDE) * 2 * SIDE + 2 * (i % SIDE);
            im.x[k * INPUTS + i] = (p[0] + p[1] + p[2 * SIDE] + p[2 * SIDE + 1]) / (4 * 255.);
        }
    }
    if (piped) pclose(f); else fclose(f);
    snprintf(name, sizeof name, "%s-labels-idx1-ubyte", kind);
    f = open_idx(dir, name, &piped);
    if (!f || fread(head, 1, 8, f) != 8 || fread(im.label, 1, (size_t)im.n, f) != (size_t)im.n)
        ref_die("%s/%s: no IDX labels", dir, name);
    if (piped) pclose(f); else fclose(f);
    return im;
}

static double rho(double v) { return fmin(fmax(v, 0), 1); }

// mu of the present s; the drive of the input is constant and computed once a sample.
static void field(void)
{
    for (int l = 1; l <= layers; l++)
        for (int i = 0; i < size[l]; i++) {
            double a = bias[l][i] - s[l][i];
            if (l == 1) a += drive[i];
            else for (int j = 0; j < size[l - 1]; j++) a += wf[l][i * size[l - 1] + j] * rho(s[l - 1][j]);
            if (l < layers) for (int j = 0; j < size[l + 1]; j++) a += wb[l][i * size[l + 1] + j] * rho(s[l + 1][j]);
            mu[l][i] = a;
        }
}

static void relax(double eps, double beta, int label)
{
    field();
    if (beta != 0)
        for (int i = 0; i < OUT; i++) mu[layers][i] += beta * ((i == label) - s[layers][i]);
    for (int l = 1; l <= layers; l++)
        for (int i = 0; i < size[l]; i++) s[l][i] = clip ? rho(s[l][i] + eps * mu[l][i]) : s[l][i] + eps * mu[l][i];
}

// Every block post <- pre: W += alpha/beta (s_post - s0_post) rho(s0_pre), also the feedback blocks.
static void learn(const double *x, const double *alpha, double beta, bool with_bias)
{
    for (int l = 1; l <= layers; l++)
        for (int i = 0; i < size[l]; i++) {
            double d = (s[l][i] - s0[l][i]) / beta;
            if (d == 0) continue;
            const double *pre = l == 1 ? x : s0[l - 1];
            for (int j = 0; j < size[l - 1]; j++) wf[l][i * size[l - 1] + j] += alpha[l - 1] * d * (l == 1 ? pre[j] : rho(pre[j]));
            if (l < layers)
                for (int j = 0; j < size[l + 1]; j++) wb[l][i * size[l + 1] + j] += alpha[l] * d * rho(s0[l + 1][j]);
            if (with_bias) bias[l][i] += alpha[l - 1] * d;
        }
}

static void keep(void)
{
    for (int l = 1; l <= layers; l++) memcpy(s0[l], s[l], (size_t)size[l] * sizeof **s);
}

static int settle(const double *x, double eps, int steps)
{
    for (int i = 0; i < size[1]; i++) {
        drive[i] = 0;
        for (int j = 0; j < INPUTS; j++) drive[i] += wf[1][i * INPUTS + j] * x[j];
    }
    for (int l = 1; l <= layers; l++) memset(s[l], 0, (size_t)size[l] * sizeof **s);
    for (int t = 0; t < steps; t++) relax(eps, 0, 0);
    int best = 0;
    for (int i = 1; i < OUT; i++)
        if (s[layers][i] > s[layers][best]) best = i;
    return best;
}

// Angle between the forward weights of a pair of layers and the transposed feedback weights.
static void angles(double *deg)
{
    for (int l = 2; l <= layers; l++) {
        double ff = 0, bb = 0, fb = 0;
        for (int i = 0; i < size[l]; i++)
            for (int j = 0; j < size[l - 1]; j++) {
                double f = wf[l][i * size[l - 1] + j], b = wb[l - 1][j * size[l] + i];
                ff += f * f, bb += b * b, fb += f * b;
            }
        deg[l - 2] = acos(fb / sqrt(ff * bb)) * 180 / acos(-1);
    }
}

static double *glorot(ref_t *r, int post, int pre, double scale)
{
    double *w = ref_alloc((size_t)(post * pre), sizeof *w), g = scale * sqrt(6. / (post + pre));
    for (int i = 0; i < post * pre; i++) w[i] = ref_q12(ref_uniform(r, -g, g));
    return w;
}

// Feedback of a stated angle to the forward weights: their transpose, a sign flipped with probability (1 - cos angle)/2.
static void aim(ref_t *r, double deg, double scale, double out_scale)
{
    double flip = (1 - cos(deg * acos(-1) / 180)) / 2;
    for (int l = 1; l < layers; l++)
        for (int i = 0; i < size[l]; i++)
            for (int j = 0; j < size[l + 1]; j++)
                wb[l][i * size[l + 1] + j] = ref_q12(wf[l + 1][j * size[l] + i] * scale / (l + 1 == layers ? out_scale : 1) *
                                                     (ref_uniform(r, 0, 1) < flip ? -1 : 1));
}

int main(int argc, char **argv)
{
    ref_t r = ref_begin(argc, argv);
    double hidden[MAXL - 1] = {128}, alpha[MAXL] = {.02, .01, .01, .01, .01}, start[MAXL], angle[MAXL];
    double fall[64];
    int n = ref_list(&r, "hidden", hidden, MAXL - 1);
    bool three = ref_num(&r, "layers", 0) == 3;
    if (three) memcpy(hidden, (double[3]){128, 64, 32}, 3 * sizeof *hidden), n = 3;
    layers = (n ? n : 1) + 1;
    if (three) memcpy(alpha, (double[MAXL]){.16, .005, .0005, .001}, sizeof alpha);
    else if (layers > 2) memcpy(alpha, (double[MAXL]){.08, .01, .0025, .0006, .00015}, sizeof alpha);
    ref_list(&r, "alpha", alpha, MAXL);
    const char *dir = ref_str(&r, "data", "/usr/share/datasets/fashion-mnist");
    int epochs = (int)ref_num(&r, "epochs", 6), T1 = (int)ref_num(&r, "T1", 10 * layers), T2 = (int)ref_num(&r, "T2", 4 * (layers - 1));
    int train_n = (int)ref_num(&r, "train", 0), test_n = (int)ref_num(&r, "test", 0);
    double eps = ref_num(&r, "eps", .5), beta = ref_num(&r, "beta", .5), scale = ref_num(&r, "alpha_scale", 1);
    double decay = ref_num(&r, "decay", .7);
    int falls = ref_list(&r, "fall", fall, 64);
    if (three && !falls) memcpy(fall, (double[]){1, .7, .49, .3, .15, .06}, 6 * sizeof *fall), falls = 6;
    bool with_bias = ref_on(&r, "bias", true), continual = ref_on(&r, "continual", false);
    double out_scale = ref_num(&r, "out_scale", .25), fb_scale = ref_num(&r, "fb_scale", layers > 2 ? .5 : 1), angle0 = ref_num(&r, "angle", 90);
    clip = ref_on(&r, "clip", true);
    ref_args_done(&r);
    for (int l = 0; l <= layers; l++) size[l] = l == 0 ? INPUTS : l == layers ? OUT : (int)hidden[l - 1];
    for (int l = 1; l <= layers; l++) {
        wf[l] = glorot(&r, size[l], size[l - 1], l == layers ? out_scale : 1);
        if (l < layers) wb[l] = glorot(&r, size[l], size[l + 1], fb_scale);
        double **const all[] = {bias, s, s0, mu};
        for (int k = 0; k < 4; k++) all[k][l] = ref_alloc((size_t)size[l], sizeof(double));
        alpha[l - 1] *= scale;
    }
    if (angle0 != 90) aim(&r, angle0, fb_scale, out_scale);
    drive = ref_alloc((size_t)size[1], sizeof *drive);
    images_t train = read_images(dir, "train", train_n), test = read_images(dir, "t10k", test_n);
    int *order = ref_alloc((size_t)train.n, sizeof *order);
    for (int k = 0; k < train.n; k++) order[k] = k;
    double test_error[64], wrong = 0;
    if (epochs > 64) ref_die("--set epochs: at most 64");
    angles(start);
    if (r.trace) fprintf(r.trace, "epoch,train_error,test_error,angle_deg\n");
    for (int ep = 0; ep < epochs; ep++) {
        ref_shuffle(&r, order, train.n);
        wrong = 0;
        for (int l = 0; l < layers && ep; l++) alpha[l] *= ep < falls ? fall[ep] / fall[ep - 1] : decay;
        for (int k = 0; k < train.n; k++) {
            const double *x = train.x + order[k] * INPUTS;
            int label = train.label[order[k]];
            double b = ref_u64(&r) >> 63 ? beta : -beta;
            wrong += settle(x, eps, T1) != label;
            keep();
            for (int t = 0; t < T2; t++) {
                relax(eps, b, label);
                if (continual) learn(x, alpha, b, with_bias), keep();
            }
            if (!continual) learn(x, alpha, b, with_bias);
        }
        int miss = 0;
        for (int k = 0; k < test.n; k++) miss += settle(test.x + k * INPUTS, eps, T1) != test.label[k];
        test_error[ep] = (double)miss / test.n;
        angles(angle);
        if (r.trace)
            fprintf(r.trace, "%d,%.4g,%.4g,%.4g\n", ep + 1, wrong / train.n, test_error[ep], angle[layers - 2]);
    }
    ref_json_begin(&r, "vfep-fashion");
    ref_json_num("test_error", epochs ? test_error[epochs - 1] : NAN);
    ref_json_num("train_error", wrong / train.n);
    ref_json_arr("test_error_by_epoch", test_error, epochs);
    ref_json_arr("angle_deg", angle, layers - 1);
    ref_json_arr("angle_deg_start", start, layers - 1);
    return ref_end(&r);
}
