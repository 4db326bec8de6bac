/* SPDX-License-Identifier: Apache-2.0 */
#include "priority.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NICE_OFFICE = 5, NICE_POOL = 10, SLICE_FLOOR_NS = 100000 };

/* On Linux a nice value belongs to a thread. A failure costs nothing but order under load. */
static void lower_thread(int nice)
{
    if (setpriority(PRIO_PROCESS, (id_t)gettid(), nice) != 0)
        return;
}

/* The kernel's struct sched_attr, which glibc 2.36 does not declare (sched_setattr(2)). */
struct turns {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime_ns, deadline_ns, period_ns;
};

/* How long the calling thread works in one go when others wait; 0: as long as the kernel lets all.
 * Since Linux 6.12 who asks for short turns gets them sooner; older kernels take no notice. */
static void set_slice(uint64_t ns)
{
    struct turns turns = {
        .size = sizeof turns, .nice = getpriority(PRIO_PROCESS, 0), .runtime_ns = ns};

    if (syscall(SYS_sched_setattr, 0, &turns, 0) != 0)
        return;
}

struct lowering {
    uv_barrier_t barrier;
    uv_work_t works[POOL_THREADS];
    int left; /* not handed back */
};

static void on_pool(uv_work_t *work)
{
    struct lowering *lowering = work->data;

    lower_thread(NICE_POOL);
    uv_barrier_wait(&lowering->barrier); /* so that each thread takes exactly one */
}

static void on_lowered(uv_work_t *work, int status)
{
    struct lowering *lowering = work->data;

    (void)status;
    lowering->left--;
}

void priority_lower_pool(uv_loop_t *loop)
{
    struct lowering lowering = {.left = POOL_THREADS};

    if (uv_barrier_init(&lowering.barrier, POOL_THREADS + 1) != 0)
        return;
    for (int i = 0; i < POOL_THREADS; i++) {
        lowering.works[i].data = &lowering;
        uv_queue_work(loop, &lowering.works[i], on_pool, on_lowered);
    }
    uv_barrier_wait(&lowering.barrier);
    while (lowering.left > 0) /* they live on this stack */
        uv_run(loop, UV_RUN_ONCE);
    uv_barrier_destroy(&lowering.barrier);
}

void priority_short_turns(bool wanted)
{
    set_slice(wanted ? SLICE_FLOOR_NS : 0);
}

void priority_lower_office(void)
{
    lower_thread(NICE_OFFICE);
}
