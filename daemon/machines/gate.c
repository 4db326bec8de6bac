/* SPDX-License-Identifier: Apache-2.0 */
#include "gate.h"

#include <math.h>
#include <stdio.h>

enum { ORDER_AGE_MS = 60000 };

static const double slack_mm = 0.01;

/* The machine's own condition. */
static bool machine_ready(const struct gate_facts *f, char *reason, size_t size)
{
    const char *why = NULL;

    if (f->locked)
        why = "the machine is locked: a person on site must unlock it";
    else if (f->out)
        why = "the machine is out of service";
    else if (f->quarantined)
        why = "the machine is quarantined: run the link test";
    else if (!f->connected)
        why = "the machine is not connected";
    else if (f->not_ready[0] != '\0')
        why = f->not_ready;
    else if (f->home_first)
        why = "its position is doubtful: unlock it, it homes first";
    else if (f->run_active)
        why = "the machine has a run already";
    else if (f->changing)
        why = "its config has just changed: confirm its bed when it is back";
    if (why != NULL)
        snprintf(reason, size, "%s", why);
    else if (f->state != MACHINE_IDLE)
        snprintf(reason, size, "the machine is %s", machine_state_name(f->state));
    return why == NULL && f->state == MACHINE_IDLE;
}

static bool bed_ready(const struct gate_facts *f, const struct run_order *order, char *reason,
                      size_t size)
{
    int64_t age = f->wall_ms - f->consent_ms;
    bool laser = f->profile->kind == KIND_LASER && !f->profile->unattended;
    double attend = f->profile->attend_max_min;

    if (f->bed != BED_CLEAR || f->consent == 0) {
        snprintf(reason, size, "the bed is %s: confirm that it is clear",
                 f->bed == BED_CLEAR ? "not confirmed" : bed_state_name(f->bed));
        return false;
    }
    if (order->consent != f->consent) {
        snprintf(reason, size, "that clear-bed confirmation was used or taken back: confirm again");
        return false;
    }
    if (age > CONSENT_AGE_MS) {
        snprintf(reason, size, "the clear-bed confirmation is older than 12 h: confirm again");
        return false;
    }
    if (laser && attend > 0 && age > (int64_t)(attend * 60000)) {
        snprintf(reason, size, "nobody confirmed presence within %.0f min: confirm again", attend);
        return false;
    }
    return true;
}

/* Does the program fit the machine? */
static bool program_fits(const struct gate_facts *f, const struct run_order *order, char *reason,
                         size_t size)
{
    const struct profile *p = f->profile;
    static const char axes[] = "XYZ";

    if (order->nozzle_max_c > p->nozzle_max_c && p->kind == KIND_PRINTER) {
        snprintf(reason, size, "the program heats the nozzle to %.0f °C, the machine allows %.0f",
                 order->nozzle_max_c, p->nozzle_max_c);
        return false;
    }
    if (order->bed_max_c > p->bed_max_c && p->kind == KIND_PRINTER) {
        snprintf(reason, size, "the program heats the bed to %.0f °C, the machine allows %.0f",
                 order->bed_max_c, p->bed_max_c);
        return false;
    }
    for (int i = 0; i < 3; i++) {
        bool known = !isnan(order->max_mm[i]) && !isnan(order->min_mm[i]);

        if (!known || (p->kind == KIND_LASER && i == 2))
            continue;
        if (order->max_mm[i] > p->max_mm[i] + slack_mm ||
            order->min_mm[i] < p->min_mm[i] - slack_mm) {
            snprintf(reason, size,
                     "the program goes from %c%.1f to %.1f, the machine from %.1f to %.1f", axes[i],
                     order->min_mm[i], order->max_mm[i], p->min_mm[i], p->max_mm[i]);
            return false;
        }
    }
    return true;
}

bool gate_open(const struct gate_facts *f, const struct run_order *order, char *reason, size_t size)
{
    reason[0] = '\0';
    if (!machine_ready(f, reason, size) || !bed_ready(f, order, reason, size))
        return false;
    if (f->wall_ms - order->issued_ms > ORDER_AGE_MS) {
        snprintf(reason, size, "the start order is older than 60 s");
        return false;
    }
    return program_fits(f, order, reason, size);
}
