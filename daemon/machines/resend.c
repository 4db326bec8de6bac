/* SPDX-License-Identifier: Apache-2.0 */
/* Resend: the machine wants a line again. Rewind once, wait for the permit that the ok of the
 * refusal is; a request without ok is given its permit after half a second (FAULTS.md section 2).
 */
#include "hold.h"
#include "recover.h"
#include "safety.h"
#include "stream.h"

enum {
    PERMIT_MS = 500,
    QUIET_MS = 100, /* with several lines in flight its oks are counted when it is quiet again */
    SAME_MAX = 5,
    BARE_MAX = 3,
    NOISE_LINES = 100,
};

/* The machine has taken the lines before k; those of them that are in flight still owe their ok.
 * The lines from k on are lost. */
static void rewind_to(struct machine *m, uint64_t k)
{
    struct stream *s = &m->stream;
    uint64_t flying = s->window.count;

    if (k > s->acked + flying)
        s->acked = k - flying;
    window_clear(&s->window);
    for (uint64_t i = s->acked; i < k; i++) {
        size_t n = WIRE_MAX;

        supply_wire(s->supply, i, &n);
        window_sent(&s->window, n);
    }
    if (k < s->acked)
        s->acked = k;
    supply_rewind(s->supply, k);
}

void stream_resend(struct machine *m, int64_t number)
{
    struct stream *s = &m->stream;
    int64_t k = number - SUPPLY_NUMBER;
    unsigned flying = s->window.count;

    s->refused_due = 0;
    if (s->supply == NULL || !s->open)
        return;
    if (k < 0 || (uint64_t)k > s->sent) { /* not of this job: ask where it stands */
        stream_fault(m);
        recover_probe(m);
        return;
    }
    if ((uint64_t)k == s->sent && !s->permit_wait)
        return; /* the next one anyway */
    if (s->permit_wait && (uint64_t)k == s->asked)
        return; /* said twice */
    if (s->repeats > 0 && (uint64_t)k == s->asked) {
        s->repeats--; /* one for each line that was in flight behind the bad one */
        return;
    }
    m->resends++;
    s->same = (uint64_t)k == s->asked && s->same > 0 ? (uint8_t)(s->same + 1) : 1;
    s->asked = (uint64_t)k;
    s->repeats = (uint8_t)(flying > 1 ? flying - 1 : 0);
    rewind_to(m, (uint64_t)k);
    s->doubt = false; /* it has just said where it stands */
    s->permit_wait = true;
    s->quiet_wait = flying > 1;
    s->permit_due = m->now + (s->quiet_wait || s->okless ? QUIET_MS : PERMIT_MS);
    if (s->same >= SAME_MAX || s->bare >= BARE_MAX)
        hold_begin(m, HOLD_FAULT, "line %lld was refused %d times: check cable and connectors",
                   (long long)number, s->same > s->bare ? s->same : s->bare);
    stream_fault(m);
}

void stream_fault(struct machine *m)
{
    struct stream *s = &m->stream;
    uint32_t percent;

    s->faults++;
    s->noise_faults++;
    if (s->noise_lines < NOISE_LINES)
        return;
    percent = s->noise_faults * 100 / s->noise_lines;
    if (s->noise_lines >= 4 * NOISE_LINES) {
        s->noise_lines /= 2;
        s->noise_faults /= 2;
    }
    if (percent < 5 || !m->run.active)
        return;
    m->quarantined = true;
    if (percent >= 10) {
        run_fail(m, "the link is too noisy: more than 10 %% of the lines were damaged");
    } else if (!s->noise_told) {
        s->noise_told = true;
        hold_begin(m, HOLD_NOISE, "the link is noisy: more than 5 %% of the lines were damaged");
    }
}
