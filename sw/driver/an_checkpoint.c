/* SPDX-License-Identifier: Apache-2.0
 * an_checkpoint -- a chip's memories to a file and back.
 * File, all words little-endian of 32 bits: "ANTINODE" "CKPT0002", spec hash, cores, lanes, syn, state, rate, prog, scalars, IN_CORE,
 * OUT_CORE, CRC of all before; then for each core and memory (an_memory order, last the registers ENTRY, TICK): core, space,
 * number of words, the words (each in 4 bytes), CRC of this section. */
#include "an_frame.h"
#include "an_memory.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC_BYTES 16
#define HEAD_WORDS 10
#define HEAD_BYTES (MAGIC_BYTES + 4 * HEAD_WORDS + AN_FRAME_CRC)
#define SECTION_HEAD 12
static const char file_magic[MAGIC_BYTES + 1] = "ANTINODECKPT0002";

/* Section k of a core; the last one is its registers. */
static an_memory_t section(const an_config_t *cfg, int k) {
    _Static_assert(AN_REG_CORE_TICK == AN_REG_CORE_ENTRY + 1, "one run of registers");
    return k < AN_MEMORIES ? an_memory(cfg, k) : (an_memory_t){ "registers", AN_BUS_REGS, 2, 4 };
}
static uint32_t section_index(int k) { return k < AN_MEMORIES ? 0 : AN_REG_CORE_ENTRY; }
static size_t section_bytes(const an_memory_t *m) { return SECTION_HEAD + 4 * (size_t)m->words + AN_FRAME_CRC; }

static size_t file_bytes(const an_config_t *cfg) {
    size_t n = HEAD_BYTES;
    for (int k = 0; k <= AN_MEMORIES; k++) {
        const an_memory_t m = section(cfg, k);
        n += section_bytes(&m) * cfg->cores;
    }
    return n;
}

static an_err_t put_head(an_driver_t *d, uint8_t *out) {
    const an_config_t *c = &d->cfg;
    uint32_t word[HEAD_WORDS] = { AN_SPEC_HASH, c->cores, c->lanes, c->syn_words, c->state_words, c->rate_words, c->prog_words, c->scalars };
    an_err_t e = an_driver_chip_read(d, AN_REG_CHIP_IN_CORE, &word[8]);
    if (e == AN_OK) e = an_driver_chip_read(d, AN_REG_CHIP_OUT_CORE, &word[9]);
    memcpy(out, file_magic, MAGIC_BYTES);
    for (size_t i = 0; i < HEAD_WORDS; i++) an_put32(out + MAGIC_BYTES + 4 * i, word[i]);
    an_put32(out + HEAD_BYTES - AN_FRAME_CRC, an_crc32(0, out, HEAD_BYTES - AN_FRAME_CRC));
    return e;
}

static an_err_t put_section(an_driver_t *d, uint32_t core, int k, uint8_t *out) {
    const an_memory_t m = section(&d->cfg, k);
    uint32_t word[AN_MEMORY_CHUNK];
    an_put32(out, core);
    an_put32(out + 4, m.space);
    an_put32(out + 8, m.words);
    for (uint32_t at = 0; at < m.words; at += AN_MEMORY_CHUNK) {
        const uint32_t n = m.words - at < AN_MEMORY_CHUNK ? m.words - at : AN_MEMORY_CHUNK;
        const an_err_t e = an_driver_read(d, core, m.space, section_index(k) + at, word, n);
        if (e != AN_OK) return e;
        for (uint32_t i = 0; i < n; i++) an_put32(out + SECTION_HEAD + 4 * (size_t)(at + i), word[i]);
    }
    const size_t n = section_bytes(&m) - AN_FRAME_CRC;
    an_put32(out + n, an_crc32(0, out, n));
    return AN_OK;
}

/* The bytes under a temporary name, to the disk, then under their own: a file of this name is always whole. */
static an_err_t write_file(an_driver_t *d, const char *path, const uint8_t *byte, size_t n) {
    char temp[4096], dir[4096];
    const char *slash = strrchr(path, '/');
    if (snprintf(temp, sizeof temp, "%s.tmp%ld", path, (long)getpid()) >= (int)sizeof temp)
        return an_port_fail(d->port, AN_ERR_ARG, "%s: name too long", path);
    snprintf(dir, sizeof dir, "%.*s", slash != NULL ? (int)(slash - path) + 1 : 1, slash != NULL ? path : ".");
    const int fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return an_port_fail(d->port, AN_ERR_IO, "%s: %s", temp, strerror(errno));
    int failed = 0;
    for (size_t at = 0; at < n && !failed;) {
        const ssize_t k = write(fd, byte + at, n - at);
        if (k > 0) at += (size_t)k;
        else failed = !(k < 0 && errno == EINTR);
    }
    failed = failed || fsync(fd) != 0;
    const int why = errno;
    const int closed = close(fd);
    if (failed || closed != 0 || rename(temp, path) != 0) {
        const int cause = failed ? why : errno;
        unlink(temp);
        return an_port_fail(d->port, AN_ERR_IO, "%s: %s", path, strerror(cause));
    }
    const int dir_fd = open(dir, O_RDONLY | O_CLOEXEC); /* the new name reaches the disk with the folder */
    if (dir_fd >= 0) {
        (void)fsync(dir_fd);
        close(dir_fd);
    }
    return AN_OK;
}

/* No core may run: its memories are not to be read, and would not be of one moment. */
static an_err_t expect_idle(an_driver_t *d) {
    for (uint32_t c = 0; c < d->cfg.cores; c++) {
        an_status_t s;
        const an_err_t e = an_driver_status(d, c, &s);
        if (e != AN_OK) return e;
        if (s.state == AN_ST_RUNNING) return an_port_fail(d->port, AN_ERR_REFUSED, "%s: core %" PRIu32 " is running", d->port->name, c);
    }
    return AN_OK;
}

an_err_t an_driver_save(an_driver_t *d, const char *path) {
    an_err_t e = expect_idle(d);
    if (e != AN_OK) return e;
    const size_t n = file_bytes(&d->cfg);
    uint8_t *byte = malloc(n);
    if (byte == NULL) return an_port_fail(d->port, AN_ERR_MEMORY, "no memory for a checkpoint of %zu bytes", n);
    size_t at = HEAD_BYTES;
    e = put_head(d, byte);
    for (uint32_t c = 0; c < d->cfg.cores && e == AN_OK; c++)
        for (int k = 0; k <= AN_MEMORIES && e == AN_OK; k++) {
            const an_memory_t m = section(&d->cfg, k);
            e = put_section(d, c, k, byte + at);
            at += section_bytes(&m);
        }
    if (e == AN_OK) e = write_file(d, path, byte, n);
    free(byte);
    return e;
}

static an_err_t bad(an_driver_t *d, const char *path, size_t offset, const char *what) {
    return an_port_fail(d->port, AN_ERR_INPUT, "%s: offset %zu: %s", path, offset, what);
}

static an_err_t check_head(an_driver_t *d, const char *path, const uint8_t *byte, size_t n) {
    static const char *const name[8] = { "hash of the specification", "number of cores", "number of lanes", "synapse words",
                                         "state words", "rate words", "instructions", "scalars" };
    const an_config_t *c = &d->cfg;
    const uint32_t own[8] = { AN_SPEC_HASH, c->cores, c->lanes, c->syn_words, c->state_words, c->rate_words, c->prog_words, c->scalars };
    if (n < HEAD_BYTES) return bad(d, path, n, "file ends inside its head");
    if (memcmp(byte, file_magic, MAGIC_BYTES) != 0) return bad(d, path, 0, "no checkpoint");
    if (an_get32(byte + HEAD_BYTES - AN_FRAME_CRC) != an_crc32(0, byte, HEAD_BYTES - AN_FRAME_CRC)) return bad(d, path, 0, "head damaged");
    for (size_t i = 0; i < 8; i++) {
        const uint32_t found = an_get32(byte + MAGIC_BYTES + 4 * i);
        if (found != own[i])
            return an_port_fail(d->port, AN_ERR_MISMATCH, "%s: %s is 0x%08" PRIx32 " (%" PRIu32 "), that of %s is 0x%08" PRIx32 " (%" PRIu32 ")", path,
                                name[i], found, found, d->port->name, own[i], own[i]);
    }
    return AN_OK;
}

static an_err_t check_sections(an_driver_t *d, const char *path, const uint8_t *byte, size_t n) {
    size_t at = HEAD_BYTES;
    for (uint32_t c = 0; c < d->cfg.cores; c++)
        for (int k = 0; k <= AN_MEMORIES; k++) {
            const an_memory_t m = section(&d->cfg, k);
            const size_t size = section_bytes(&m);
            char what[96];
            snprintf(what, sizeof what, "core %" PRIu32 ", %s: %s", c, m.name, n - at < size ? "file ends here" : "damaged");
            if (n - at < size) return bad(d, path, n, what);
            const bool good = an_get32(byte + at + size - AN_FRAME_CRC) == an_crc32(0, byte + at, size - AN_FRAME_CRC) &&
                              an_get32(byte + at) == c && an_get32(byte + at + 4) == m.space && an_get32(byte + at + 8) == m.words;
            if (!good) return bad(d, path, at, what);
            at += size;
        }
    return at == n ? AN_OK : bad(d, path, at, "more behind the end");
}

static an_err_t restore_sections(an_driver_t *d, const uint8_t *byte) {
    uint32_t word[AN_MEMORY_CHUNK];
    size_t at = HEAD_BYTES;
    for (uint32_t c = 0; c < d->cfg.cores; c++)
        for (int k = 0; k <= AN_MEMORIES; k++) {
            const an_memory_t m = section(&d->cfg, k);
            for (uint32_t i = 0; i < m.words; i += AN_MEMORY_CHUNK) {
                const uint32_t n = m.words - i < AN_MEMORY_CHUNK ? m.words - i : AN_MEMORY_CHUNK;
                for (uint32_t j = 0; j < n; j++) word[j] = an_get32(byte + at + SECTION_HEAD + 4 * (size_t)(i + j));
                const an_err_t e = an_driver_write(d, c, m.space, section_index(k) + i, word, n);
                if (e != AN_OK) return e;
            }
            at += section_bytes(&m);
        }
    const uint8_t *head = byte + MAGIC_BYTES;
    return an_driver_set_stream(d, an_get32(head + 32), an_get32(head + 36));
}

/* The whole file, at most one byte more than expected; *byte is the caller's to free. */
static an_err_t read_file(an_driver_t *d, const char *path, size_t expected, uint8_t **byte, size_t *n) {
    FILE *f = fopen(path, "rb");
    if (f == NULL) return an_port_fail(d->port, AN_ERR_IO, "%s: %s", path, strerror(errno));
    *byte = malloc(expected + 1);
    *n = *byte != NULL ? fread(*byte, 1, expected + 1, f) : 0;
    const bool failed = ferror(f) != 0;
    const int why = errno;
    fclose(f);
    if (*byte == NULL) return an_port_fail(d->port, AN_ERR_MEMORY, "no memory for a checkpoint of %zu bytes", expected);
    return failed ? an_port_fail(d->port, AN_ERR_IO, "%s: %s", path, strerror(why)) : AN_OK;
}

an_err_t an_driver_restore(an_driver_t *d, const char *path) {
    uint8_t *byte = NULL;
    size_t n = 0;
    an_err_t e = expect_idle(d);
    if (e == AN_OK) e = read_file(d, path, file_bytes(&d->cfg), &byte, &n);
    if (e == AN_OK) e = check_head(d, path, byte, n);
    if (e == AN_OK) e = check_sections(d, path, byte, n);
    if (e == AN_OK) e = restore_sections(d, byte);
    free(byte);
    return e;
}
