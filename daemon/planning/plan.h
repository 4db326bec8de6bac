/* SPDX-License-Identifier: Apache-2.0 */
/* The factory as a forecast sees it: what is and what is asked for (an outlook), with each
 * machine's present doing and each site's opening, and what a "what if" changes in it. Constant
 * while the model runs. Pure. */
#ifndef USINE_PLANNING_PLAN_H
#define USINE_PLANNING_PLAN_H

#include "base/err.h"
#include "queue/outlook.h"
#include "shifts.h"

enum { PLAN_DAYS_BACK = 15, PLAN_DAYS = 28, PLAN_WHAT_IFS = 8 };

/* What a machine is doing now. */
enum plan_doing {
    PLAN_READY,   /* idle and clear */
    PLAN_RUNNING, /* its run goes on */
    PLAN_WAITING, /* for a person: to unload, clear, unlock */
    PLAN_DOWN,    /* out of service, quarantined, not connected */
    PLAN_ABSENT,  /* not connected for long: not counted on */
    PLAN_GIVEN_UP /* a what-if takes it away: nobody judges what lies on it, others make it anew */
};

struct plan_machine {
    char name[ID_SIZE];
    struct dispatch_machine ready; /* as the dispatcher shall see it once it is ready */
    enum plan_doing doing;
    double since_s;                /* in it; seconds before now */
    const struct outlook_run *run; /* under way or awaiting its verdict; id 0: none. Borrowed */
};

struct plan_site {
    const char *id; /* borrowed */
    struct shifts shifts;
    struct shifts quiet; /* noisy machines do not start */
    double hands_more;   /* people there beyond those measured */
};

struct plan {
    const struct outlook *outlook; /* borrowed; outlives the plan */
    int64_t now_ms;                /* wall */
    double today_s;                /* seconds until midnight */
    double horizon_s;
    struct plan_machine *machines; /* owned */
    size_t machine_count;
    struct plan_site *sites; /* owned; as in the config */
    size_t site_count;
    double *bought_more; /* by part: as if so many more were in stock; owned */
};

/* One change: "+3 prusa-mk3@caen", "-1 ender-3@rouen", "hours caen 08:00-22:00", "operators caen
 * +2", "close rouen", "stock elastique +500". */
struct what_if {
    enum what_if_kind {
        WHAT_IF_MACHINES,
        WHAT_IF_HOURS,
        WHAT_IF_OPERATORS,
        WHAT_IF_CLOSE,
        WHAT_IF_STOCK
    } kind;
    size_t site, model, part;
    double number;
    struct hours hours;
};

/* Fills *plan; plan_finish also after a failure. ERR_NO_MEMORY. */
enum err plan_init(struct plan *plan, const struct outlook *outlook, int days);
void plan_finish(struct plan *plan);

/* When kits are put together: at the assembly site that is open longest; without one, at any. NULL:
 * never. */
const struct shifts *plan_assembly(const struct plan *plan);

/* As the dispatcher shall see it when it is ready, whatever it is doing now. */
void plan_make_ready(struct dispatch_machine *machine);

/* Every site stays open longer, each time it opens. */
void plan_lengthen(struct plan *plan, double seconds);

/* Reads one change. ERR_INVALID: why says what is wrong and what would be right. */
enum err what_if_parse(const char *text, const struct outlook *outlook, struct what_if *what_if,
                       char *why, size_t size);

/* Changes the plan. ERR_NO_MEMORY. */
enum err what_if_apply(const struct what_if *what_if, struct plan *plan);

#endif
