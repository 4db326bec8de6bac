/* SPDX-License-Identifier: Apache-2.0 */
/* Programs: G-code files known by their SHA-256, kept as <state>/programs/<sha256>.gcode. */
#ifndef USINE_QUEUE_PROGRAM_H
#define USINE_QUEUE_PROGRAM_H

#include <cjson/cJSON.h>

#include "base/hash.h"
#include "queue.h"

enum { PROGRAM_MODELS_MAX = 16, PROGRAM_YIELDS_MAX = 8 };

struct program_yield {
    char part[ID_SIZE];
    int64_t pieces; /* per run, 1..10000 */
};

struct program_model {
    char model[32];
    bool accepted;           /* by the policy, for this model */
    uint64_t prepared_lines; /* for this model */
    double time_s;           /* estimate for this model, without heating */
};

struct program {
    char sha256[HASH_TEXT_SIZE];
    char name[128];
    struct program_model models[PROGRAM_MODELS_MAX];
    size_t model_count;
    struct program_yield yields[PROGRAM_YIELDS_MAX];
    size_t yield_count; /* 0: nobody has said yet what a run makes; it is not handed out */
    char material[32];  /* "" unknown */
    uint64_t bytes;
    double min_mm[3], max_mm[3]; /* of moves that extrude or cut; NAN: none */
    double nozzle_max_c, bed_max_c;
    double nozzle_mm; /* diameter it was sliced for; 0: unknown */
    double filament_g;
    char by[ID_SIZE];
    int64_t added_ms;    /* wall */
    int64_t tried, lost; /* pieces of its judged runs of late, and those that were not good */
    bool removed;        /* no longer handed out; still named by old runs */
    cJSON *analysis;     /* {"models": {MODEL: report}}; owned by the program */
};

struct program_request {
    char name[128];   /* "" : taken from path */
    const char *path; /* the upload on disk; stays the caller's to delete */
    char models[PROGRAM_MODELS_MAX][32];
    size_t model_count; /* >= 1; each known to the config */
    struct program_yield yields[PROGRAM_YIELDS_MAX];
    size_t yield_count; /* parts known to the config, each once; 0: to be said later */
    char by[ID_SIZE];
};

/* Answer to queue_program_add. report (borrowed; NULL when the file could not be read) is
 * {"sha256", "name", "models": {MODEL: {"accepted", "lines", "prepared_lines", "time_s", "min_mm",
 * "max_mm", "layers", "filament_g", "material", "slicer", "refused", "dropped", "actions",
 * "findings": [{"kind", "line", "count", "text", "why"}], …}}}, also for a refused file. */
typedef void (*program_done)(void *context, enum err err, const char *text, const cJSON *report);

/* Copies the file, analyses it for each model on the pool, and keeps it if every model accepts it.
 * ERR_INVALID: refused by the policy (text names the first line) or a bad field. The same file
 * again updates its name, models and yields. request is copied. */
void queue_program_add(struct queue *queue, const struct program_request *request,
                       program_done done, void *context);

/* Changes the name ("": stays) and the yields (none: stay) of a program; runs under way keep
 * theirs. ERR_NOT_FOUND; ERR_INVALID: no such part. change is copied. */
void queue_program_set(struct queue *queue, const char *key, const struct program_request *change,
                       queue_done done, void *context);

/* ERR_NOT_FOUND; ERR_REFUSED while a run of it is under way. The file stays while runs name it. */
void queue_program_remove(struct queue *queue, const char *key, queue_done done, void *context);

/* By SHA-256, a unique beginning of it (>= 4 digits) or the name. NULL: none, or several. Removed
 * programs are found by their whole SHA-256 only. */
const struct program *queue_program_find(const struct queue *queue, const char *key);

/* The i-th program in order of addition, removed ones included; NULL after the last. */
const struct program *queue_program_at(const struct queue *queue, size_t i);

/* Where its G-code is; its thumbnail, if any, is beside it with ".thumb" for ".gcode". */
void queue_program_path(const struct queue *queue, const char *sha256, char *path, size_t size);

#endif
