#include "app/batch.h"

#include "app/journal.h"
#include "app/say.h"
#include "base/hash.h"
#include "base/text.h"
#include "output/parts.h"
#include "studio/outputs.h"
#include "timing/timing.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The outputs of one FILE. */
struct job {
    const char *file;
    struct wsp_list outs; /* whole paths; owned strings */
    bool splits;          /* sound is a playlist and a file for every chapter */
};

struct plan {
    struct job *jobs;
    size_t n;
};

/* ---- names ---- */

/* "tin/bao-so-3.txt" is "bao-so-3"; "-" is "stdin". */
static struct wsp_str stem_of(const char *file)
{
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    if (strcmp(file, "-") == 0)
        return WSP_STR("stdin");
    return (struct wsp_str){name, dot && dot != name ? (size_t)(dot - name) : strlen(name)};
}

/* DIR, and the pattern with the stem in place of "{}". NULL when out of memory. */
static char *path_of(const char *folder, const char *pattern, struct wsp_str stem)
{
    struct wsp_buf path = WSP_BUF_INIT(PATH_MAX);
    const char *hole = strstr(pattern, "{}");
    wsp_buf_printf(&path, "%s/%.*s%.*s%s", folder, (int)(hole - pattern), pattern, (int)stem.len,
                   stem.ptr, hole + 2);
    char *copy = path.status ? NULL : strdup(path.ptr);
    wsp_buf_release(&path);
    return copy;
}

static enum wsp_status check_pattern(const char *pattern, struct wsp_error *err)
{
    if (!strstr(pattern, "{}") || strchr(pattern, '/'))
        return wsp_fail(err, WSP_USAGE,
                        _("with --out-dir, --out is a name with {} in it, as in {}.mp3, and not "
                          "'%s'"),
                        pattern);
    return wsp_output_check_path(pattern, err);
}

static enum wsp_status add_job(struct plan *plan, const struct wsp_options *options,
                               const char *file, struct wsp_error *err)
{
    static const char *const usual = "{}.wav";
    struct job *job = &plan->jobs[plan->n++];
    const char *const *patterns = options->outs.n > 0 ? options->outs.items : &usual;
    size_t n = options->outs.n > 0 ? options->outs.n : 1;
    *job = (struct job){.file = file, .splits = options->split};
    for (size_t i = 0; i < n; i++) {
        char *path = path_of(options->out_dir, patterns[i], stem_of(file));
        if (!path ||
            wsp_grow(&job->outs.items, &job->outs.cap, job->outs.n, sizeof *job->outs.items)) {
            free(path);
            return wsp_fail_nomem(err);
        }
        job->outs.items[job->outs.n++] = path;
    }
    for (size_t other = 0; other + 1 < plan->n; other++)
        if (strcmp(plan->jobs[other].outs.items[0], job->outs.items[0]) == 0)
            return wsp_fail(err, WSP_USAGE, _("'%s' and '%s' would both become '%s'; rename one"),
                            plan->jobs[other].file, file, job->outs.items[0]);
    return WSP_OK;
}

static void release(struct plan *plan)
{
    for (size_t i = 0; i < plan->n; i++) {
        for (size_t k = 0; k < plan->jobs[i].outs.n; k++)
            free((char *)(uintptr_t)plan->jobs[i].outs.items[k]);
        free(plan->jobs[i].outs.items);
    }
    free(plan->jobs);
}

static enum wsp_status make_plan(struct plan *plan, const struct wsp_options *options,
                                 struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < options->outs.n && !st; i++)
        st = check_pattern(options->outs.items[i], err);
    plan->jobs = calloc(options->files.n + 1, sizeof *plan->jobs);
    if (!plan->jobs)
        return wsp_fail_nomem(err);
    for (size_t i = 0; i < options->files.n && !st; i++)
        st = add_job(plan, options, options->files.items[i], err);
    return st;
}

/* ---- keys ---- */

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? wsp_hash(hash, text, strlen(text) + 1) : wsp_hash(hash, "", 0);
}

static uint64_t hash_file(uint64_t hash, const char *path)
{
    char piece[4096];
    FILE *file = strcmp(path, "-") == 0 ? NULL : fopen(path, "re");
    for (size_t n; file && (n = fread(piece, 1, sizeof piece, file)) > 0;)
        hash = wsp_hash(hash, piece, n);
    if (file)
        fclose(file);
    return hash_text(hash, path);
}

static int is_table(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot &&
           (strcmp(dot, ".tsv") == 0 || strcmp(dot, ".pls") == 0 || strcmp(dot, ".voice") == 0);
}

/* Voices, respellings and lexicons. */
static uint64_t hash_folder(uint64_t hash, const char *folder)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_table, alphasort);
    for (int i = 0; i < n; i++) {
        char path[PATH_MAX];
        if (snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) < (int)sizeof path)
            hash = hash_file(hash, path);
        free(entries[i]);
    }
    free(entries);
    return hash;
}

/* Those that change nothing in what is made. */
static bool is_indifferent(const char *name)
{
    static const char *const names[] = {"out",        "out-dir", "resume",     "jobs",
                                        "progress",   "quiet",   "json",       "plot",
                                        "keep-going", "cache",   "cache-size", "latency"};
    for (size_t i = 0; i < WSP_LEN(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Texts that may be the name of a file, whose contents count then. */
static bool may_name_file(const char *name)
{
    return strcmp(name, "chime") == 0 || strcmp(name, "chime-after") == 0;
}

static uint64_t hash_option(uint64_t hash, const struct wsp_option *option,
                            const struct wsp_options *options)
{
    const char *at = (const char *)options + option->offset;
    const struct wsp_list *list = (const struct wsp_list *)(const void *)at;
    const char *text;
    hash = hash_text(hash, option->name);
    switch (option->arg) {
    case WSP_ARG_TEXT:
    case WSP_ARG_PROFILE:
        text = *(const char *const *)(const void *)at;
        return text && may_name_file(option->name) ? hash_file(hash, text) : hash_text(hash, text);
    case WSP_ARG_LIST:
        for (size_t i = 0; i < list->n; i++)
            hash = hash_file(hash, list->items[i]);
        return hash;
    case WSP_ARG_NONE:
        return wsp_hash(hash, at, sizeof(bool));
    case WSP_ARG_INT:
    case WSP_ARG_CHOICE:
        return wsp_hash(hash, at, sizeof(int));
    case WSP_ARG_RATE:
        hash = wsp_hash(hash, &options->rate_factor, sizeof options->rate_factor);
        return wsp_hash(hash, at, sizeof(double));
    case WSP_ARG_PERCENT:
    case WSP_ARG_DECIBEL:
    case WSP_ARG_NUMBER:
    case WSP_ARG_TIME:
        return wsp_hash(hash, at, sizeof(double));
    }
    return hash;
}

/* Of all that every output depends on besides its FILE. */
static uint64_t key_of_run(const struct wsp_batch *batch)
{
    uint64_t hash = hash_text(WSP_HASH_START, batch->program_version);
    for (size_t i = 0; i < wsp_n_options; i++)
        if (!is_indifferent(wsp_option_table[i].name))
            hash = hash_option(hash, &wsp_option_table[i], batch->options);
    for (size_t i = 0; i < batch->paths->n_voices; i++)
        hash = hash_folder(hash, batch->paths->voices[i]);
    hash = hash_file(hash, batch->paths->lexicon.ptr);
    hash = hash_folder(hash, batch->paths->lexicons.ptr);
    return hash_text(hash, getenv("SOURCE_DATE_EPOCH"));
}

/* ---- work ---- */

static const char *name_in_folder(const char *path)
{
    return strrchr(path, '/') + 1;
}

/* What is done with every file that an output consists of. */
struct visitor {
    struct wsp_journal *journal;
    uint64_t key;
    enum wsp_status (*visit)(const struct visitor *visitor, const char *path,
                             struct wsp_error *err);
};

/* The playlist of an output in parts, and the parts it names. */
static enum wsp_status visit_parts(const struct visitor *visitor, const char *out,
                                   struct wsp_error *err)
{
    struct wsp_buf path = WSP_BUF_INIT(PATH_MAX);
    wsp_parts_add_playlist(&path, out);
    enum wsp_status st = path.status ? wsp_fail_nomem(err) : visitor->visit(visitor, path.ptr, err);
    FILE *playlist = st ? NULL : fopen(path.ptr, "re");
    char *line = NULL;
    size_t cap = 0;
    while (!st && playlist && getline(&line, &cap, playlist) > 0) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || strchr(line, '/'))
            continue;
        wsp_buf_cut(&path, (size_t)(name_in_folder(path.ptr) - path.ptr));
        wsp_buf_puts(&path, line);
        st = path.status ? wsp_fail_nomem(err) : visitor->visit(visitor, path.ptr, err);
    }
    free(line);
    if (playlist)
        fclose(playlist);
    wsp_buf_release(&path);
    return st;
}

static bool has_parts(const struct job *job, const char *out)
{
    return job->splits && !wsp_timing_kind_of(out);
}

static enum wsp_status visit_all(const struct visitor *visitor, const struct job *job,
                                 struct wsp_error *err)
{
    enum wsp_status st = WSP_OK;
    for (size_t i = 0; i < job->outs.n && !st; i++)
        st = has_parts(job, job->outs.items[i]) ? visit_parts(visitor, job->outs.items[i], err)
                                                : visitor->visit(visitor, job->outs.items[i], err);
    return st;
}

/* WSP_NOINPUT: it is not there as the journal has it. */
static enum wsp_status look_up(const struct visitor *visitor, const char *path,
                               struct wsp_error *err)
{
    struct stat about;
    (void)err;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode) &&
                   wsp_journal_has(visitor->journal, name_in_folder(path), visitor->key,
                                   (uint64_t)about.st_size)
               ? WSP_OK
               : WSP_NOINPUT;
}

static enum wsp_status note_one(const struct visitor *visitor, const char *path,
                                struct wsp_error *err)
{
    struct stat about;
    return stat(path, &about) ? WSP_OK
                              : wsp_journal_note(visitor->journal, name_in_folder(path),
                                                 visitor->key, (uint64_t)about.st_size, err);
}

/* ".tin.wav.k3mz07" of "tin.wav", see output/target.h; in parts also ".tin.m3u8.k3mz07" and
 * ".tin-01-chuong.wav.k3mz07". */
static bool is_left_of(const char *entry, const struct job *job, const char *out)
{
    enum { RANDOM = 7 };
    const char *name = name_in_folder(out), *extension = strrchr(name, '.');
    size_t len = strlen(entry), n = strlen(name), stem = (size_t)(extension - name);
    if (len < RANDOM + 2 || entry[0] != '.' || entry[len - RANDOM] != '.')
        return false;
    struct wsp_str middle = {entry + 1, len - 1 - RANDOM};
    if (!has_parts(job, out))
        return wsp_str_equal(middle, (struct wsp_str){name, n});
    if (middle.len <= stem || memcmp(middle.ptr, name, stem) != 0)
        return false;
    struct wsp_str rest = {middle.ptr + stem, middle.len - stem};
    size_t ending = strlen(extension);
    return wsp_str_is(rest, ".m3u8") ||
           (rest.len > 3 + ending && rest.ptr[0] == '-' &&
            strspn(rest.ptr + 1, "0123456789") >= 2 &&
            memcmp(rest.ptr + rest.len - ending, extension, ending) == 0);
}

/* What a run that was killed has left half made. */
static void sweep(const struct plan *plan, const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        for (size_t i = 0; i < plan->n; i++)
            for (size_t k = 0; k < plan->jobs[i].outs.n; k++)
                if (is_left_of(entry->d_name, &plan->jobs[i], plan->jobs[i].outs.items[k]))
                    (void)unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}

static enum wsp_status do_job(const struct wsp_batch *batch, struct wsp_journal *journal,
                              const struct job *job, uint64_t key, struct wsp_error *err)
{
    struct visitor visitor = {.journal = journal, .key = key, .visit = look_up};
    if (batch->options->resume && !visit_all(&visitor, job, NULL))
        return WSP_OK;
    enum wsp_status st = batch->render(batch->context, job->file, &job->outs, err);
    visitor.visit = note_one;
    if (!st)
        return visit_all(&visitor, job, err);
    if (st == WSP_CANCELLED || st == WSP_NOMEM)
        return st;
    batch->failed(batch->context, err); /* the others go on */
    return WSP_OK;
}

enum wsp_status wsp_batch_run(const struct wsp_batch *batch, struct wsp_error *err)
{
    const char *folder = batch->options->out_dir;
    struct plan plan = {0};
    struct wsp_journal journal = {.fd = -1};
    enum wsp_status st = make_plan(&plan, batch->options, err);
    if (!st && mkdir(folder, 0777) && errno != EEXIST) {
        st = wsp_fail(err, WSP_CANTCREAT, _("cannot make the folder: %s"), wsp_errno_text(errno));
        wsp_error_place(err, folder, 0, 0);
    }
    if (!st)
        st = wsp_journal_open(&journal, folder, err);
    if (!st && journal.damaged && !batch->options->quiet)
        wsp_say_remark(folder, 0,
                       _("the journal was damaged or another version's; what it does not hold is "
                         "made again"));
    if (!st)
        sweep(&plan, folder);
    uint64_t run = st ? 0 : key_of_run(batch);
    for (size_t i = 0; i < plan.n && !st; i++)
        st = do_job(batch, &journal, &plan.jobs[i], hash_file(run, plan.jobs[i].file), err);
    wsp_journal_close(&journal);
    release(&plan);
    return st;
}
