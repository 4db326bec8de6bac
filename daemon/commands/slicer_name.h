/* SPDX-License-Identifier: Apache-2.0 */
/* What a file from a slicer makes and for which model, told from its name: a slicer has no field
 * for either. Pure. */
#ifndef USINE_COMMANDS_SLICER_NAME_H
#define USINE_COMMANDS_SLICER_NAME_H

#include "config/load.h"
#include "queue/program.h"

enum { SLICER_NAME_MAX = 256 };

/* Fills yields with the parts that the name speaks of, in its order: "serre-tete x4.gcode",
 * "[4x] Serre-tête", "serre-tete=4 ecran=2", "ecran_0.2mm_PETG.gcode" (one). A part is found by its
 * id or its name, whatever the case, the accents and what stands between the words. ERR_INVALID:
 * text says what the name should be. */
enum err slicer_yields(const struct config *config, const char *name,
                       struct program_request *request, char *text, size_t size);

/* What remains of path without its folders ("a/b\\c.gcode" -> "c.gcode") and without control bytes,
 * cut to fit. "" when nothing does, or when it is not UTF-8. */
void slicer_file(const char *path, char *name, size_t size);

/* The model the file is for: wanted ("" : the address names none), or the first folder of path when
 * it is one ("prusa-mk3/ecran.gcode"), or the only model that the factory's machines have. NULL:
 * text says how to name one. */
const struct profile *slicer_model(const struct config *config, const char *wanted,
                                   const char *path, char *text, size_t size);

#endif
