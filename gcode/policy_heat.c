/* SPDX-License-Identifier: Apache-2.0 */
/* Temperatures, fans and tools against the profile, and what a Prusa file says of the printer it
 * was made for. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "policy_parts.h"

bool policy_tool_exists(const struct policy_state *state, const struct gcode_line *line,
                        struct policy_ruling *ruling)
{
    double tool = 0;

    if (!policy_in_range(line, 'T', 0, state->profile->tools - 1, ruling))
        return false;
    if (!gcode_line_value(line, 'T', &tool) || tool == floor(tool))
        return true;
    policy_refuse(ruling, "T%g is no tool number", tool);
    return false;
}

/* M104 and M140 set; M109 and M190 become those and watching, so that a cancel acts at once. */
static void heat(const struct gcode_line *line, double max, const char *set, enum host_action wait,
                 struct policy_ruling *ruling)
{
    if (!policy_in_range(line, 'S', 0, max, ruling) || !policy_in_range(line, 'R', 0, max, ruling))
        return;
    if (set == NULL)
        return;
    if (!gcode_line_has(line, 'S') && !gcode_line_has(line, 'R')) {
        policy_drop(ruling, "waits for no temperature");
        return;
    }
    ruling->verdict = POLICY_ACT;
    ruling->action = wait;
    ruling->rewritten = set;
}

void policy_nozzle(struct policy_state *state, const struct gcode_line *line,
                   struct policy_ruling *ruling)
{
    if (policy_tool_exists(state, line, ruling))
        heat(line, state->profile->nozzle_max_c, line->number == 109 ? "M104" : NULL,
             ACTION_WAIT_NOZZLE, ruling);
}

void policy_bed(struct policy_state *state, const struct gcode_line *line,
                struct policy_ruling *ruling)
{
    heat(line, state->profile->bed_max_c, line->number == 190 ? "M140" : NULL, ACTION_WAIT_BED,
         ruling);
}

void policy_fan(struct policy_state *state, const struct gcode_line *line,
                struct policy_ruling *ruling)
{
    (void)state;
    policy_in_range(line, 'S', 0, 255, ruling);
}

void policy_tool(struct policy_state *state, const struct gcode_line *line,
                 struct policy_ruling *ruling)
{
    if (line->number < 0 || line->number >= state->profile->tools || line->count > 1)
        policy_refuse(ruling, "%s has %d tool(s), from T0: slice for it", state->profile->id,
                      state->profile->tools);
    else
        state->tool = line->number;
}

/* "MK3S" asks for a profile "prusa-mk3", or one whose id or name says MK3S. */
static bool model_fits(const struct profile *profile, const char *text, size_t n)
{
    char model[32];
    const char *id = profile->id;

    if (n == 0 || n >= sizeof model)
        return false;
    memcpy(model, text, n);
    model[n] = '\0';
    if (strcasestr(profile->id, model) != NULL || strcasestr(profile->name, model) != NULL)
        return true;
    return strncmp(id, "prusa-", 6) == 0 && id[6] != '\0' &&
           strncasecmp(model, id + 6, strlen(id + 6)) == 0;
}

/* M862.1 P0.4: nozzle; M862.3 P "MK3S": model. The others ask for firmware, which is not ours. */
void policy_prusa_check(struct policy_state *state, const struct gcode_line *line,
                        struct policy_ruling *ruling)
{
    const struct profile *p = state->profile;
    const char *text = line->text + (line->count > 1 ? line->words[1].at + 1 : line->len);
    const char *end = line->text + line->len;
    double nozzle;

    policy_drop(ruling, "checked against the profile here");
    if (line->sub == 1 && gcode_line_value(line, 'P', &nozzle) &&
        fabs(nozzle - p->nozzle_mm) > 0.01)
        policy_refuse(ruling, "made for a %g mm nozzle; %s has %g mm: slice it again", nozzle,
                      p->id, p->nozzle_mm);
    if (line->sub != 3 || !gcode_line_has(line, 'P'))
        return;
    while (text < end && (*text == ' ' || *text == '"'))
        text++;
    while (end > text && (end[-1] == ' ' || end[-1] == '"'))
        end--;
    if (!model_fits(p, text, (size_t)(end - text)))
        policy_refuse(ruling, "made for a Prusa %.*s, not for %s: slice it again",
                      (int)(end - text), text, p->id);
}
