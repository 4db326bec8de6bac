/* SPDX-License-Identifier: Apache-2.0 */
#include "dispatch_checks.h"

static const struct {
    const char *key, *words;
} refusals[] = {
#define X(code, key, words) [REFUSAL_##code] = {key, words},
    REFUSAL_TABLE(X)
#undef X
};

const char *refusal_key(enum refusal refusal)
{
    return refusals[refusal].key;
}

const char *refusal_words(enum refusal refusal)
{
    return refusals[refusal].words;
}

static enum refusal check_pair(const struct dispatch *d, const struct dispatch_program *program,
                               const struct dispatch_machine *m)
{
    enum refusal refusal = check_suits(program, m);

    if (refusal == REFUSAL_NONE)
        refusal = check_machine(m, d->now_ms);
    if (refusal == REFUSAL_NONE)
        refusal =
            check_hours(program, m, &d->sites[m->site], check_model(program, m->model)->time_s);
    if (refusal == REFUSAL_NONE && check_change(program, m))
        refusal = REFUSAL_CHANGE;
    return refusal == REFUSAL_NONE ? REFUSAL_LATER : refusal;
}

enum refusal dispatch_why(const struct dispatch *d, size_t job, size_t machine, size_t *program)
{
    enum refusal place = check_place(&d->jobs[job], d, machine);
    enum refusal refusal = check_job(&d->jobs[job]), best = REFUSAL_NO_PROGRAM;

    *program = SIZE_MAX;
    if (refusal != REFUSAL_NONE)
        return refusal;
    for (size_t i = 0; i < d->program_count; i++) {
        if (check_yield(&d->programs[i], d->jobs[job].part) == SIZE_MAX)
            continue;
        refusal = check_pair(d, &d->programs[i], &d->machines[machine]);
        if (*program == SIZE_MAX || refusal > best) {
            best = refusal;
            *program = i;
        }
    }
    return *program != SIZE_MAX && place != REFUSAL_NONE ? place : best;
}
