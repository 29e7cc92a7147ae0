#include "speech/voice.h"

#include "base/text.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SUFFIX ".voice"
enum { PATH_LIMIT = 4096 };

/* A voice file while it is read. */
struct reading {
    struct wsp_voice *voice;
    const char *path;
    uint32_t given; /* which keys have been given: a bit for each row of keys[] */
    struct wsp_error *err;
};

static const char *const regions[] = {"north", "central", "south", NULL};
static const char *const genders[] = {"male", "female", NULL};
static const char *const foreign_ways[] = {"respelled", "as-written", NULL};

/* One row is the parser, the check and the manual of a key. */
static const struct key {
    const char *name;
    enum { TEXT, NUMBER, CURVE } kind;
    size_t at, size;           /* in struct wsp_voice; the size of a text */
    const char *const *values; /* those a text may have; NULL: any */
    double min, max;           /* of a number */
    bool needed;
} keys[] = {
#define TEXT_AT(field) \
    .at = offsetof(struct wsp_voice, field), .size = sizeof(((struct wsp_voice *)0)->field)
#define NUMBER_AT(field) .kind = NUMBER, .at = offsetof(struct wsp_voice, field)
#define CURVE_AT(field) .kind = CURVE, .at = offsetof(struct wsp_voice, field)
    {"name", TEXT_AT(name), .needed = true},
    {"title.vi", TEXT_AT(title_vi), .needed = true},
    {"title.en", TEXT_AT(title_en), .needed = true},
    {"region", TEXT_AT(region), .values = regions, .needed = true},
    {"gender", TEXT_AT(gender), .values = genders, .needed = true},
    {"language", TEXT_AT(language), .needed = true},
    {"engine", TEXT_AT(engine), .needed = true},
    {"engine-voice", TEXT_AT(engine_voice), .needed = true},
    {"rate", NUMBER_AT(rate_wpm), .min = 80, .max = 450, .needed = true},
    {"pitch", NUMBER_AT(pitch), .min = 0, .max = 99},
    {"range", NUMBER_AT(range), .min = 0, .max = 99},
    {"equaliser", CURVE_AT(equaliser)},
    {"foreign-words", TEXT_AT(foreign_words), .values = foreign_ways},
};

void wsp_voice_init(struct wsp_voice *voice)
{
    *voice = (struct wsp_voice){.pitch = 50, .range = 50, .foreign_words = "respelled"};
    wsp_respell_init(&voice->respell);
}

void wsp_voice_release(struct wsp_voice *voice)
{
    wsp_respell_release(&voice->respell);
    wsp_voice_init(voice);
}

/* Lower-case letters, digits, '-' and '_': so that a name is never a path. */
static bool is_name(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len < sizeof((struct wsp_voice *)0)->name &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

/* "150", "162.5": the same in every locale, which strtod is not. */
static bool parse_number(const char *text, double *value)
{
    size_t whole = strspn(text, "0123456789");
    size_t point = text[whole] == '.';
    size_t part = point ? strspn(text + whole + 1, "0123456789") : 0;
    if (whole == 0 || whole > 6 || part > 6 || (point && part == 0) || text[whole + point + part])
        return false;
    double sum = 0, scale = 1;
    for (const char *p = text; *p; p++)
        if (*p != '.')
            sum = sum * 10 + (*p - '0');
    for (size_t i = 0; i < part; i++)
        scale *= 10;
    *value = sum / scale;
    return true;
}

static enum wsp_status set_number(const struct reading *r, const struct key *key, const char *value)
{
    double number;
    if (!parse_number(value, &number) || number < key->min || number > key->max)
        return wsp_fail(r->err, WSP_DATA,
                        _("'%s' is no value for '%s'; give a number from %g to %g"), value,
                        key->name, key->min, key->max);
    memcpy((char *)r->voice + key->at, &number, sizeof number);
    return WSP_OK;
}

static enum wsp_status set_text(const struct reading *r, const struct key *key, const char *value)
{
    size_t len = strlen(value);
    if (len >= key->size)
        return wsp_fail(r->err, WSP_DATA, _("the value of '%s' is too long; at most %zu bytes fit"),
                        key->name, key->size - 1);
    const char *const *allowed = key->values;
    while (allowed && *allowed && strcmp(*allowed, value) != 0)
        allowed++;
    if (allowed && !*allowed)
        return wsp_fail(r->err, WSP_DATA, _("'%s' is no value for '%s'; write '%s' or '%s'"), value,
                        key->name, key->values[0], key->values[1]);
    memcpy((char *)r->voice + key->at, value, len + 1);
    return WSP_OK;
}

/* "1000:-3.5"; `text` is parted in place. */
static bool parse_point(char *text, struct wsp_point *point)
{
    char *db = strchr(text, ':');
    if (!db)
        return false;
    *db++ = '\0';
    bool negative = *db == '-';
    if (!parse_number(text, &point->hz) || !parse_number(db + negative, &point->db))
        return false;
    point->db = negative ? -point->db : point->db;
    return point->hz >= 20 && point->hz <= 20000 && fabs(point->db) <= 24;
}

/* `value` is parted in place. */
static enum wsp_status set_curve(const struct reading *r, const struct key *key, char *value)
{
    struct wsp_curve *curve = (void *)((char *)r->voice + key->at);
    char *rest = NULL;
    for (char *part = strtok_r(value, " \t", &rest); part; part = strtok_r(NULL, " \t", &rest)) {
        if (curve->n == WSP_CURVE_POINTS)
            return wsp_fail(r->err, WSP_DATA, _("'%s' has too many points; at most %d fit"),
                            key->name, WSP_CURVE_POINTS);
        struct wsp_point *point = &curve->points[curve->n++];
        if (!parse_point(part, point) || (curve->n > 1 && point->hz <= point[-1].hz))
            return wsp_fail(r->err, WSP_DATA,
                            _("point %zu of '%s' is none; write hertz from 20 to 20000, "
                              "rising, a colon and decibels from -24 to 24, as in 1000:-3.5"),
                            curve->n, key->name);
    }
    return WSP_OK;
}

/* Tables are named relative to the folder of the voice that needs them. */
static enum wsp_status add_table(const struct reading *r, const char *file)
{
    const char *slash = strrchr(r->path, '/');
    int folder = file[0] == '/' || !slash ? 0 : (int)(slash + 1 - r->path);
    struct wsp_buf path = WSP_BUF_INIT(PATH_LIMIT);
    enum wsp_status st = wsp_buf_printf(&path, "%.*s%s", folder, r->path, file);
    if (st == WSP_DATA)
        wsp_fail(r->err, st, _("the path of the table is too long; shorten it"));
    else if (st)
        wsp_fail_nomem(r->err);
    else
        st = wsp_respell_load(&r->voice->respell, path.ptr, r->err);
    wsp_buf_release(&path);
    return st;
}

static enum wsp_status set_key(struct reading *r, const char *name, char *value)
{
    if (strcmp(name, "respell") == 0)
        return add_table(r, value);
    for (size_t i = 0; i < WSP_LEN(keys); i++) {
        if (strcmp(name, keys[i].name) != 0)
            continue;
        if (r->given & 1U << i)
            return wsp_fail(r->err, WSP_DATA, _("'%s' is given twice; keep one"), name);
        r->given |= 1U << i;
        switch (keys[i].kind) {
        case TEXT:
            return set_text(r, &keys[i], value);
        case NUMBER:
            return set_number(r, &keys[i], value);
        case CURVE:
            return set_curve(r, &keys[i], value);
        }
    }
    return wsp_fail(r->err, WSP_DATA,
                    _("unknown key '%s'; the keys are explained in README.md of the voices"), name);
}

/* `line`, `len` bytes, is parted in place. */
static enum wsp_status read_line(struct reading *r, char *line, size_t len)
{
    if (wsp_utf8_valid_prefix(line, len) < len || strlen(line) < len)
        return wsp_fail(r->err, WSP_DATA, _("this is not UTF-8 text; save the file as UTF-8"));
    while (len > 0 && strchr(" \t\r\n", line[len - 1]))
        line[--len] = '\0';
    line += strspn(line, " \t");
    if (!*line || *line == '#')
        return WSP_OK;
    char *value = line + strcspn(line, " \t");
    if (!*value)
        return wsp_fail(r->err, WSP_DATA,
                        _("'%s' has no value; write a key, a blank and its value"), line);
    *value++ = '\0';
    return set_key(r, line, value + strspn(value, " \t"));
}

/* What can be said only at the end: all there, and named like the file. */
static enum wsp_status check(const struct reading *r)
{
    for (size_t i = 0; i < WSP_LEN(keys); i++)
        if (keys[i].needed && !(r->given & 1U << i))
            return wsp_fail(r->err, WSP_DATA, _("the voice has no '%s'; add a line with it"),
                            keys[i].name);
    const char *slash = strrchr(r->path, '/');
    const char *file = slash ? slash + 1 : r->path;
    size_t len = strlen(r->voice->name);
    if (!is_name(r->voice->name) || strncmp(file, r->voice->name, len) != 0 ||
        strcmp(file + len, SUFFIX) != 0)
        return wsp_fail(r->err, WSP_DATA,
                        _("the voice is called '%s' but its file is not; name it '%s%s'"),
                        r->voice->name, r->voice->name, SUFFIX);
    return WSP_OK;
}

static enum wsp_status fail_to_read(struct wsp_error *err, const char *path, int errnum)
{
    wsp_fail(err, WSP_UNAVAILABLE,
             _("cannot read the voice: %s; --list-voices shows those there are"),
             wsp_errno_text(errnum));
    wsp_error_place(err, path, 0, 0);
    return WSP_UNAVAILABLE;
}

static enum wsp_status read_file(struct reading *r, FILE *file)
{
    enum wsp_status st = WSP_OK;
    char *line = NULL;
    size_t cap = 0, number = 0;
    ssize_t len = 0;
    while (!st && (len = getline(&line, &cap, file)) >= 0) {
        st = read_line(r, line, (size_t)len);
        number++;
    }
    free(line);
    if (st) {
        bool placed = r->err && r->err->file[0]; /* a broken table has said where */
        if (st != WSP_NOMEM && !placed)
            wsp_error_place(r->err, r->path, number, 0);
        return st;
    }
    if (!feof(file))
        return fail_to_read(r->err, r->path, errno);
    st = check(r);
    if (st)
        wsp_error_place(r->err, r->path, 0, 0);
    return st;
}

enum wsp_status wsp_voice_load(struct wsp_voice *voice, const char *path, struct wsp_error *err)
{
    wsp_voice_init(voice);
    FILE *file = fopen(path, "re");
    if (!file)
        return fail_to_read(err, path, errno);
    struct reading r = {.voice = voice, .path = path, .err = err};
    enum wsp_status st = read_file(&r, file);
    fclose(file);
    if (st)
        wsp_voice_release(voice);
    return st;
}

static enum wsp_status join(struct wsp_buf *path, const char *folder, const char *file,
                            struct wsp_error *err)
{
    wsp_buf_clear(path);
    enum wsp_status st = wsp_buf_printf(path, "%s/%s", folder, file);
    return st ? wsp_fail_nomem(err) : WSP_OK;
}

enum wsp_status wsp_voice_find(struct wsp_buf *path, const char *name, const char *const *folders,
                               size_t n_folders, struct wsp_error *err)
{
    char file[sizeof((struct wsp_voice *)0)->name + sizeof SUFFIX];
    struct stat info;
    for (size_t i = 0; is_name(name) && i < n_folders; i++) {
        snprintf(file, sizeof file, "%s%s", name, SUFFIX);
        enum wsp_status st = join(path, folders[i], file, err);
        if (st)
            return st;
        if (stat(path->ptr, &info) == 0 && !S_ISDIR(info.st_mode))
            return WSP_OK;
    }
    wsp_buf_clear(path);
    return wsp_fail(err, WSP_UNAVAILABLE,
                    _("there is no voice '%s'; --list-voices shows those there are"), name);
}

/* The voices found so far. */
struct listing {
    struct wsp_voice *voices;
    size_t n, cap;
};

/* "vi-north.voice" -> "vi-north"; false when the file is no voice. */
static bool voice_name(char *name, size_t size, const char *file)
{
    size_t len = strlen(file);
    if (len <= strlen(SUFFIX) || len - strlen(SUFFIX) >= size)
        return false;
    len -= strlen(SUFFIX);
    memcpy(name, file, len);
    name[len] = '\0';
    return strcmp(file + len, SUFFIX) == 0 && is_name(name);
}

static enum wsp_status list_file(struct listing *list, const char *folder, const char *file,
                                 struct wsp_error *err)
{
    char name[sizeof list->voices->name];
    if (!voice_name(name, sizeof name, file))
        return WSP_OK;
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->voices[i].name, name) == 0)
            return WSP_OK; /* hidden by one in an earlier folder */
    if (wsp_grow(&list->voices, &list->cap, list->n, sizeof *list->voices))
        return wsp_fail_nomem(err);
    struct wsp_buf path = WSP_BUF_INIT(PATH_LIMIT);
    enum wsp_status st = join(&path, folder, file, err);
    if (!st)
        st = wsp_voice_load(&list->voices[list->n], path.ptr, err);
    list->n += st == WSP_OK;
    wsp_buf_release(&path);
    return st;
}

static enum wsp_status list_folder(struct listing *list, const char *folder, struct wsp_error *err)
{
    DIR *dir = opendir(folder);
    if (!dir && (errno == ENOENT || errno == ENOTDIR))
        return WSP_OK;
    if (!dir) {
        wsp_fail(err, WSP_UNAVAILABLE, _("cannot look for voices: %s; make the folder readable"),
                 wsp_errno_text(errno));
        wsp_error_place(err, folder, 0, 0);
        return WSP_UNAVAILABLE;
    }
    enum wsp_status st = WSP_OK;
    for (struct dirent *entry; !st && (entry = readdir(dir));)
        st = list_file(list, folder, entry->d_name, err);
    closedir(dir);
    return st;
}

static int compare_names(const void *left, const void *right)
{
    const struct wsp_voice *a = left, *b = right;
    return strcmp(a->name, b->name);
}

enum wsp_status wsp_voice_list(struct wsp_voice **voices, size_t *n, const char *const *folders,
                               size_t n_folders, struct wsp_error *err)
{
    struct listing list = {0};
    *voices = NULL;
    *n = 0;
    for (size_t i = 0; i < n_folders; i++) {
        enum wsp_status st = list_folder(&list, folders[i], err);
        if (st) {
            wsp_voice_list_free(list.voices, list.n);
            return st;
        }
    }
    if (list.n > 0)
        qsort(list.voices, list.n, sizeof *list.voices, compare_names);
    *voices = list.voices;
    *n = list.n;
    return WSP_OK;
}

void wsp_voice_list_free(struct wsp_voice *voices, size_t n)
{
    for (size_t i = 0; i < n; i++)
        wsp_voice_release(&voices[i]);
    free(voices);
}
