/* SPDX-License-Identifier: Apache-2.0 */
/* What slicers write of themselves into comments. Each form below was seen in real output or is in
 * the slicer's source; unknown comments are nothing. Pure. */
#ifndef USINE_GCODE_METADATA_H
#define USINE_GCODE_METADATA_H

#include <stddef.h>

struct metadata {
    double time_s;    /* 0: not said */
    double elapsed_s; /* up to the last layer, if that is said; 0: not */
    double grams, mm, cm3, density;
    double nozzle_mm; /* diameter, of the first tool; 0: not said */
    char slicer[48];  /* printable ASCII */
    char material[32];
};

/* One comment, behind its ';' or '(' and blanks. */
void metadata_comment(struct metadata *metadata, const char *text, size_t n);

#endif
