/* SPDX-License-Identifier: Apache-2.0 */
/* Days of the calendar in the process's zone. */
#ifndef USINE_PRODUCTION_CALENDAR_H
#define USINE_PRODUCTION_CALENDAR_H

#include <stdint.h>

/* Wall time of the midnight with which a day (20200407) begins. */
int64_t calendar_midnight(int day);

/* The day so many days before a day. */
int calendar_before(int day, int days);

#endif
