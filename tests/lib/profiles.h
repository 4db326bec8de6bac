/* SPDX-License-Identifier: Apache-2.0 */
/* Machine models as constants, for tests that need no config. The figures are those of the slicer
 * profiles that made tests/samples (machine_max_* in their comments). */
#ifndef USINE_TESTS_PROFILES_H
#define USINE_TESTS_PROFILES_H

#include "base/profile.h"

extern const struct profile profile_mk3, profile_ender3, profile_cr10, profile_ramps,
    profile_ultimaker2, profile_grbl_600x400, profile_grbl_900x600, profile_grbl_k40,
    profile_marlin_laser;

/* A sample program and the profile it was made for. */
struct sample {
    const char *path; /* from the repository's root */
    const struct profile *profile;
};
extern const struct sample samples[];
extern const unsigned sample_count;

#endif
