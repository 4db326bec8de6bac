/* SPDX-License-Identifier: Apache-2.0 */
/* Who goes first when the processor is short: the floor, then the office, then the pool. */
#ifndef USINE_PRIORITY_H
#define USINE_PRIORITY_H

#include <stdbool.h>
#include <uv.h>

enum { POOL_THREADS = 8 };

/* Lowers every thread of the pool (of POOL_THREADS) to nice 10; blocks until it is done, at most a
 * few ms. */
void priority_lower_pool(uv_loop_t *loop);

/* True: from now on the calling thread, and whom it starts, get the processor in short turns and
 * soon, as threads that answer machines need it. False: in turns as all have them. */
void priority_short_turns(bool wanted);

/* Lowers the calling thread to nice 5. */
void priority_lower_office(void);

#endif
