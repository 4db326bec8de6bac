/* SPDX-License-Identifier: Apache-2.0 */
#include "heater.h"

#include <math.h>

#define ROOM_C 19.37 /* what the recorded boards show */

void heater_init_nozzle(struct heater *heater)
{
    *heater = (struct heater){
        .room_c = ROOM_C, .full_c = 350, .heat_tau_s = 100, .cool_tau_s = 150, .from_c = ROOM_C};
}

void heater_init_bed(struct heater *heater)
{
    *heater = (struct heater){
        .room_c = ROOM_C, .full_c = 135, .heat_tau_s = 350, .cool_tau_s = 600, .from_c = ROOM_C};
}

static bool heating(const struct heater *h)
{
    return h->target_c > h->from_c && !h->dead;
}

double heater_at(const struct heater *h, int64_t now_us)
{
    double seconds = (double)(now_us - h->since_us) * 1e-6;
    double floor_c = h->target_c > h->room_c && !h->dead ? h->target_c : h->room_c, c;

    if (heating(h)) {
        c = h->full_c - (h->full_c - h->from_c) * exp(-seconds / h->heat_tau_s);
        return c < h->target_c ? c : h->target_c;
    }
    c = h->room_c + (h->from_c - h->room_c) * exp(-seconds / h->cool_tau_s);
    return c > floor_c ? c : floor_c;
}

void heater_set(struct heater *h, int64_t now_us, double target_c)
{
    h->from_c = heater_at(h, now_us);
    h->since_us = now_us;
    h->target_c = target_c;
}

void heater_break(struct heater *h, int64_t now_us, bool dead)
{
    heater_set(h, now_us, h->target_c);
    h->dead = dead;
}

int64_t heater_reaches(const struct heater *h, int64_t now_us, double window)
{
    double c = heater_at(h, now_us), seconds, end = heating(h) ? h->full_c : h->room_c;
    double tau = heating(h) ? h->heat_tau_s : h->cool_tau_s;
    double wanted = heating(h) ? h->target_c - window : h->target_c + window;

    if (fabs(c - h->target_c) <= window)
        return now_us;
    if (h->dead && h->target_c > c)
        return INT64_MAX;
    if ((wanted - end) / (c - end) <= 0 || (wanted - end) / (c - end) > 1)
        return INT64_MAX; /* beyond what it can reach */
    seconds = -tau * log((wanted - end) / (c - end));
    return now_us + (int64_t)(seconds * 1e6) + 1;
}

int heater_duty(const struct heater *h, int64_t now_us)
{
    double c = heater_at(h, now_us);

    if (h->target_c <= 0 || c > h->target_c)
        return 0;
    if (c < h->target_c - 1)
        return 127;
    return (int)(127 * (h->target_c - h->room_c) / (h->full_c - h->room_c));
}
