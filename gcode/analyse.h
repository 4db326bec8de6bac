/* SPDX-License-Identifier: Apache-2.0 */
/* One pass over a program: hash, policy report, bounds, layers, filament, tools, temperatures,
 * time, thumbnail. Fed in chunks of any size; memory does not depend on the file's size. Pure but
 * for the memory of the report and the hash. */
#ifndef USINE_GCODE_ANALYSE_H
#define USINE_GCODE_ANALYSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/profile.h"

enum { ANALYSIS_FINDINGS_MAX = 200, ANALYSIS_THUMBNAIL_MAX = 262144 };

enum finding_kind { FINDING_REFUSED, FINDING_DROPPED, FINDING_ACTION };

struct finding {
    enum finding_kind kind;
    uint32_t line;  /* first line where it stands, from 1 */
    uint32_t count; /* how many lines alike (same command and reason) */
    char text[64];  /* the line, cut, printable ASCII only */
    char why[160];
};

struct analysis {
    char sha256[HASH_TEXT_SIZE];
    uint64_t bytes;
    uint64_t lines;                     /* of the file */
    uint64_t prepared_lines;            /* that go to the machine */
    bool accepted;                      /* no refusal */
    uint64_t refused, dropped, actions; /* lines */
    struct finding
        *findings; /* owned; refused first, then by line; at most ANALYSIS_FINDINGS_MAX */
    size_t finding_count;
    double min_mm[3], max_mm[3]; /* of moves that extrude or cut (travel: travel_*); NAN if none */
    double travel_min_mm[3], travel_max_mm[3];
    uint32_t layers; /* distinct extruding heights in order; 0 for lasers */
    double layer_mm; /* most frequent step; 0 if none */
    double filament_mm, filament_cm3,
        filament_g; /* g by density of the material named in the file, else 1.24 */
    double cut_mm;  /* path with beam on */
    uint32_t tools; /* bit mask of tools used */
    double nozzle_max_c, bed_max_c;
    double nozzle_mm;     /* diameter the file says it was made for; 0: nothing */
    double time_s;        /* estimate with the profile's acceleration and junctions; no heating */
    double slicer_time_s; /* what the file says itself; 0: nothing */
    double slicer_g;      /* the same */
    char slicer[48];      /* "PrusaSlicer 2.5.0"; printable ASCII; "" unknown */
    char material[32];    /* named in the file: "PETG"; "" unknown */
    char *thumbnail;      /* largest PNG (or JPG/QOI as found), decoded; owned; NULL if none */
    size_t thumbnail_size;
    char thumbnail_type[24]; /* "image/png" */
};

struct analyser;

/* `profile` (borrowed) decides limits, flavour and speeds. ERR_NO_MEMORY. */
enum err analyser_begin(struct analyser **analyser, const struct profile *profile);
void analyser_feed(struct analyser *analyser, const char *bytes, size_t n);
/* Completes *analysis (the caller's to analysis_finish) and frees the analyser. With analysis NULL
 * only frees. */
enum err analyser_end(struct analyser *analyser, struct analysis *analysis);
void analysis_finish(struct analysis *analysis); /* zeroed is harmless */

/* A whole file, in chunks. Blocks: pool only. *progress (may be NULL) counts bytes, atomically. */
enum err analyse_file(const char *path, const struct profile *profile, struct analysis *analysis,
                      _Atomic uint64_t *progress);

#endif
