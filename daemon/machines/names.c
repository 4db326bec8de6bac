/* SPDX-License-Identifier: Apache-2.0 */
/* The words of floor.h that commands and pages show. */
#include "floor.h"

const char *bed_state_name(enum bed_state bed)
{
    static const char *const names[] = {"clear", "occupied", "uncertain"};

    return names[bed];
}

const char *waiting_for_name(enum waiting_for waiting)
{
    static const char *const names[] = {NULL, "clear", "load", "unlock", "material", "resume"};

    return names[waiting];
}

const char *run_outcome_name(enum run_outcome outcome)
{
    static const char *const names[] = {"finished", "failed", "cancelled", "refused"};

    return names[outcome];
}
