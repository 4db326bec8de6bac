/* SPDX-License-Identifier: Apache-2.0 */
/* Orders of people and of the queue to one machine that are not the run itself. */
#ifndef USINE_MACHINES_ORDERS_H
#define USINE_MACHINES_ORDERS_H

#include "machine.h"

/* ORDER_SEND: one line by a technician, when idle or held. */
void order_send(struct machine *m, const struct order *order);

/* ORDER_TEST: sixteen numbered questions; lifts quarantine when none is damaged. */
void order_test(struct machine *m, const struct order *order);

/* ORDER_UNLOCK: a person on site has seen the machine. It is greeted anew, a laser homes. */
void order_unlock(struct machine *m, const struct order *order);

/* ORDER_RESUME. */
void order_resume(struct machine *m, const struct order *order);

/* ORDER_CONSENT, ORDER_WITHDRAW, ORDER_OCCUPY. */
void order_bed(struct machine *m, const struct order *order);

#endif
