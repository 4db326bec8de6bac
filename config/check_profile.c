/* SPDX-License-Identifier: Apache-2.0 */
#include "check_profile.h"

#include <string.h>

#include "fill.h"

/* The member to point at: where it is given, else the whole object. */
static const cJSON *place(const cJSON *node, const char *name)
{
    const cJSON *member = fill_member(node, name);

    return member != NULL ? member : node;
}

static void check_area(struct source *source, const cJSON *node, const struct profile *profile)
{
    for (int axis = 0; axis < 3; axis++) {
        bool flat = axis == AXIS_Z && profile->kind == KIND_LASER;

        if (profile->min_mm[axis] > profile->max_mm[axis] ||
            (profile->min_mm[axis] == profile->max_mm[axis] && !flat))
            source_fault(source, place(node, "max_mm"),
                         "\"max_mm\" must lie above \"min_mm\" on axis %c (%g to %g)", "xyz"[axis],
                         profile -> min_mm[axis], profile -> max_mm[axis]);
    }
    for (int axis = 0; axis < 2; axis++)
        if (profile->min_mm[axis] < profile->max_mm[axis] &&
            profile->bed_mm[axis] > profile->max_mm[axis] - profile->min_mm[axis])
            source_fault(source, place(node, "bed_mm"),
                         "\"bed_mm\" is larger than the work area on axis %c (%g, area %g)",
                         "xy"[axis], profile -> bed_mm[axis],
                         profile -> max_mm[axis] - profile -> min_mm[axis]);
}

static void check_motion(struct source *source, const cJSON *node, const struct profile *profile)
{
    int axes = profile->kind == KIND_PRINTER ? AXES : 2;

    for (int axis = 0; axis < axes; axis++) {
        if (profile->max_feed_mm_s[axis] <= 0)
            source_fault(source, place(node, "max_feed_mm_s"),
                         "\"max_feed_mm_s\" is needed for axis %c", "xyze"[axis]);
        if (profile->max_accel_mm_s2[axis] <= 0)
            source_fault(source, place(node, "max_accel_mm_s2"),
                         "\"max_accel_mm_s2\" is needed for axis %c", "xyze"[axis]);
    }
    if (profile->jerk_mm_s[AXIS_X] <= 0 && profile->junction_deviation_mm <= 0)
        source_fault(source, place(node, "jerk_mm_s"),
                     "\"jerk_mm_s\" or \"junction_deviation_mm\" is needed");
}

static void check_kind(struct source *source, const cJSON *node, const struct profile *profile)
{
    bool printer = strcmp(profile->dialect, "marlin") == 0;

    if ((profile->kind == KIND_PRINTER) != printer)
        source_fault(source, place(node, "dialect"), "\"dialect\": a %s cannot speak \"%s\"%s",
                     profile->kind == KIND_PRINTER ? "printer" : "laser", profile->dialect,
                     printer ? ": did you mean \"marlin-laser\"?" : ": did you mean \"marlin\"?");
    else if (strcmp(profile->dialect, "grbl") == 0 && profile->flavour != GCODE_GRBL)
        source_fault(source, place(node, "flavour"),
                     "\"flavour\" must be \"grbl\" with dialect \"grbl\"");
    if (profile->kind == KIND_PRINTER && profile->nozzle_max_c <= 0)
        source_fault(source, place(node, "nozzle_max_c"),
                     "\"nozzle_max_c\" is needed for printers");
    if (profile->kind == KIND_LASER && profile->s_max <= 0)
        source_fault(source, place(node, "s_max"), "\"s_max\" is needed for lasers");
    if (profile->allow[0] != '\0' && profile->allow_why[0] == '\0')
        source_fault(source, place(node, "allow"),
                     "\"allow\" needs \"allow_why\": who allows these commands, and why");
}

void check_profile(struct source *source, const cJSON *node, struct profile *profile)
{
    for (int axis = 0; axis < 2; axis++)
        if (profile->bed_mm[axis] <= 0)
            profile->bed_mm[axis] =
                profile->max_mm[axis] - (profile->min_mm[axis] > 0 ? profile->min_mm[axis] : 0);
    check_area(source, node, profile);
    check_motion(source, node, profile);
    check_kind(source, node, profile);
}
