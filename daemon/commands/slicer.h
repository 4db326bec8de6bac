/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows for slicers share: an upload becomes a program and, if it is to be printed, a job.
 * The two dialects, OctoPrint's (command_octoprint.c) and PrusaLink's (command_prusalink.c), differ
 * in how they ask and in the words of the answer. */
#ifndef USINE_COMMANDS_SLICER_H
#define USINE_COMMANDS_SLICER_H

#include "office.h"
#include "queue/program.h"

struct slicer_sent {
    const struct program *program;
    const char *model;
    bool print; /* a job was added */
    int64_t job;
    const char *base; /* how the slicer addressed us: "http://localhost:8750/slicer/prusa-mk3" */
};

/* What a slicer asks; all but to_json is copied. */
struct slicer_upload {
    const char *path; /* folders and file name as the slicer says them */
    bool print;       /* and make its yield */
    bool overwrite;   /* programs of the same name and model go */
    cJSON *(*to_json)(const struct slicer_sent *sent); /* the dialect's answer */
};

/* Adds call->upload as a program for the model of call->id, and answers. */
void slicer_upload(struct office *office, const struct call *call,
                   const struct slicer_upload *upload, struct answer *answer);

/* Adds a job for what one run of a program makes, at the sites where the caller is coordinator;
 * then as above. */
void slicer_print(struct office *office, const struct call *call,
                  const struct slicer_upload *upload, struct answer *answer);

/* The model of the address: NULL with "" in call->id when it names none. False: answered. */
bool slicer_address(struct office *office, const struct call *call, const struct profile **model,
                    struct answer *answer);

/* The live program of this name and model (NULL: any). NULL: none. */
const struct program *slicer_program(const struct office *office, const char *name,
                                     const char *model);

/* sent->base and "/api/files/local/serre-tete%20x4.gcode". Whole, because Qt (Cura) takes no other.
 */
void slicer_location(const struct slicer_sent *sent, char *text, size_t size);

#endif
