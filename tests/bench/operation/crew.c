/* SPDX-License-Identifier: Apache-2.0 */
#include "crew.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "queue/correct.h"

enum { PRINTERS_EACH = 6, PRESENCE_MS = 10 * MINUTE };

struct task {
    struct list node;
    struct crew *crew;
    struct crew_site *site;
    struct plant_machine *machine;
    enum plant_need need;
    int64_t noticed_ms;         /* not before */
    struct plant_pieces pieces; /* unloaded */
    struct clear_part said;
    int64_t run;
    bool slipped; /* said is not what there is */
};

void crew_init(struct crew *crew, struct plant *plant, const struct config *config)
{
    char why[160];

    crew->agenda = plant->agenda;
    crew->plant = plant;
    crew->dice = dice_named(plant->seed, "crew");
    list_init(&crew->attending);
    list_init(&crew->under_way);
    for (size_t i = 0; i < config->site_count && i < CREW_SITES; i++) {
        struct crew_site *site = &crew->sites[crew->site_count++];
        int machines = 0;

        snprintf(site->id, sizeof site->id, "%s", config->sites[i].id);
        hours_parse(config->sites[i].hours, &site->hours, why, sizeof why);
        list_init(&site->tasks);
        for (size_t k = 0; k < config->machine_count; k++)
            machines += strcmp(config->machines[k].site, site->id) == 0;
        site->people = 1 + machines / PRINTERS_EACH;
    }
}

static struct crew_site *find_site(struct crew *crew, const char *id)
{
    for (size_t i = 0; i < crew->site_count; i++)
        if (strcmp(crew->sites[i].id, id) == 0)
            return &crew->sites[i];
    return NULL;
}

void crew_need(void *context, struct plant_machine *machine, enum plant_need need)
{
    struct crew *crew = context;
    struct task *task = calloc(1, sizeof *task);
    double after_s = need == NEED_REPAIR ? dice_about(&crew->dice, 7200, 0.5)
                     : machine->laser    ? dice_about(&crew->dice, 60, 0.5)
                                         : dice_about(&crew->dice, 300, 0.6);

    if (task == NULL)
        exit(2);
    task->crew = crew;
    task->site = find_site(crew, machine->view.site);
    task->machine = machine;
    task->need = need;
    task->noticed_ms = crew->agenda->now_ms + (int64_t)(after_s * SECOND);
    list_add(&task->site->tasks, &task->node);
}

/* ---- counting ---- */

static void free_person(struct task *task)
{
    task->site->busy--;
    list_remove(&task->node);
    free(task);
}

static void try_again(struct task *task, const char *text)
{
    task->crew->retried++;
    fprintf(stderr, "operation: %s\n", text);
    task->site->busy--;
    task->noticed_ms = task->crew->agenda->now_ms + MINUTE;
    list_remove(&task->node);
    list_add(&task->site->tasks, &task->node);
}

static void on_corrected(void *context, enum err err, const char *text, int64_t id)
{
    struct task *task = context;

    (void)id;
    if (err != ERR_OK) {
        fprintf(stderr, "operation: a count cannot be put right: %s\n", text);
        exit(2);
    }
    task->crew->corrected++;
    task->crew->plant->stirred = true;
    list_remove(&task->node);
    free(task);
}

/* Five minutes later they see that they have counted wrong. */
static void correct(void *context, int64_t turn)
{
    struct task *task = context;
    struct correction correction = {.run = task->run};

    (void)turn;
    snprintf(correction.by, sizeof correction.by, "%s", task->site->id);
    correction.part.good = task->pieces.good;
    correction.part.scrap = task->pieces.scrap;
    snprintf(correction.part.reason, sizeof correction.part.reason, "%s", task->pieces.reason);
    task->crew->plant->stirred = true;
    queue_correct(task->crew->plant->queue, &correction, on_corrected, task);
}

static void count(struct task *task)
{
    struct truth *truth = task->crew->plant->truth;
    size_t day = truth_day(truth, task->crew->agenda->now_ms);
    struct truth_pieces *pieces =
        truth_pieces(truth, task->machine->view.id, task->pieces.part, day);

    pieces->good += task->pieces.good;
    pieces->scrap += task->pieces.scrap;
    truth_heap(truth, task->site->id, task->pieces.part)->there += task->pieces.good;
    task->crew->verdicts++;
}

static void on_cleared(void *context, enum err err, const char *text, int64_t id)
{
    struct task *task = context;
    struct crew *crew = task->crew;

    (void)id;
    crew->plant->stirred = true;
    if (err != ERR_OK) {
        try_again(task, text);
        return;
    }
    if (task->pieces.part[0] != '\0') {
        count(task);
        task->machine->on_bed.part[0] = '\0';
    }
    if (task->slipped) {
        struct task *later = malloc(sizeof *later);

        if (later == NULL)
            exit(2);
        *later = *task;
        list_add(&crew->under_way, &later->node);
        agenda_add(crew->agenda, 300, correct, later, 0);
    }
    if (!task->machine->laser) {
        free_person(task);
        return;
    }
    list_remove(&task->node);
    list_add(&crew->attending, &task->node);
}

/* Somebody said so just now, and there is nothing to unload. */
static bool is_fresh(const struct task *task)
{
    const struct machine_view *view = &task->machine->view;

    return view->state == MACHINE_IDLE && view->bed == BED_CLEAR &&
           task->machine->on_bed.part[0] == '\0' &&
           task->crew->agenda->now_ms - view->since_ms <= PRESENCE_MS;
}

/* Takes the pieces off, counts, and says that the bed is clear. */
static void clear(struct task *task)
{
    struct plant_machine *machine = task->machine;
    struct clear_request ask = {.part_count = 0};

    machine->called = false;
    if (machine->view.run != 0 || is_fresh(task)) {
        free_person(task);
        return;
    }
    task->pieces = machine->on_bed;
    task->run = machine->view.last_run;
    snprintf(ask.machine, sizeof ask.machine, "%s", machine->view.id);
    snprintf(ask.by, sizeof ask.by, "%s", task->site->id);
    if (task->pieces.part[0] != '\0') {
        task->said = (struct clear_part){.good = task->pieces.good, .scrap = task->pieces.scrap};
        snprintf(task->said.reason, sizeof task->said.reason, "%s", task->pieces.reason);
        task->slipped = task->pieces.good > 0 && dice_share(&task->crew->dice) < task->crew->slips;
        task->said.good -= task->slipped ? 1 : 0;
        task->said.scrap += task->slipped ? 1 : 0;
        ask.parts = &task->said;
        ask.part_count = 1;
    }
    queue_clear(task->crew->plant->queue, &ask, on_cleared, task);
}

/* ---- working ---- */

static void on_done(void *context, int64_t turn)
{
    struct task *task = context;

    (void)turn;
    task->crew->plant->stirred = true;
    switch (task->need) {
    case NEED_CLEAR:
        clear(task);
        return;
    case NEED_REFILL:
        plant_refilled(task->machine);
        break;
    case NEED_REPAIR:
        plant_repaired(task->machine);
        break;
    }
    free_person(task);
}

static void begin(struct task *task)
{
    static const double takes_s[] = {[NEED_CLEAR] = 180, [NEED_REFILL] = 300, [NEED_REPAIR] = 2400};
    double takes = task->machine->laser && task->need == NEED_CLEAR ? 75 : takes_s[task->need];

    list_remove(&task->node);
    list_add(&task->crew->under_way, &task->node);
    task->site->busy++;
    agenda_add(task->crew->agenda, dice_about(&task->crew->dice, takes, 0.3), on_done, task, 0);
}

static bool is_open(const struct crew *crew, const struct crew_site *site)
{
    time_t now = (time_t)(crew->agenda->now_ms / 1000);
    struct tm tm = {0};

    localtime_r(&now, &tm);
    return hours_open(&site->hours, tm.tm_wday, tm.tm_hour * 60 + tm.tm_min);
}

void crew_opening(const struct crew *crew, bool open[CREW_SITES])
{
    for (size_t i = 0; i < crew->site_count; i++)
        open[i] = is_open(crew, &crew->sites[i]);
}

static bool may_begin(const struct crew *crew, const struct task *task)
{
    if (task->noticed_ms > crew->agenda->now_ms)
        return false;
    return crew->visors_wanted || !task->machine->laser || task->need != NEED_CLEAR;
}

static void look_at_site(struct crew *crew, struct crew_site *site)
{
    struct list *node, *next;

    if (!is_open(crew, site))
        return;
    for (node = site->tasks.next; node != &site->tasks && site->busy < site->people; node = next) {
        struct task *task = list_entry(node, struct task, node);

        next = node->next;
        if (may_begin(crew, task))
            begin(task);
    }
}

/* Who stays at a laser goes when its run is over, or when none has begun for a while. */
static void leave_lasers(struct crew *crew)
{
    struct list *node, *next;

    for (node = crew->attending.next; node != &crew->attending; node = next) {
        struct task *task = list_entry(node, struct task, node);

        next = node->next;
        if (task->machine->view.run != 0)
            continue;
        free_person(task);
    }
}

/* A laser that stands clear and idle has nobody's presence any more: somebody goes there again. */
static void visit_lasers(struct crew *crew)
{
    for (size_t i = 0; crew->visors_wanted && i < crew->plant->count; i++) {
        struct plant_machine *m = crew->plant->machines[i];
        bool idle = m->view.state == MACHINE_IDLE && m->view.bed == BED_CLEAR;

        if (!m->laser || !idle || m->called ||
            crew->agenda->now_ms - m->view.since_ms <= PRESENCE_MS)
            continue;
        m->called = true;
        crew_need(crew, m, NEED_CLEAR);
    }
}

void crew_look(struct crew *crew)
{
    leave_lasers(crew);
    visit_lasers(crew);
    for (size_t i = 0; i < crew->site_count; i++)
        look_at_site(crew, &crew->sites[i]);
}

static void free_tasks(struct list *tasks)
{
    while (!list_empty(tasks))
        free(list_entry(list_take(tasks), struct task, node));
}

void crew_finish(struct crew *crew)
{
    free_tasks(&crew->attending);
    free_tasks(&crew->under_way);
    for (size_t i = 0; i < crew->site_count; i++)
        free_tasks(&crew->sites[i].tasks);
}
