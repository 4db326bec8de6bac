/* SPDX-License-Identifier: Apache-2.0 */
/* Raw bytes ahead of everything queued, then (numbered firmwares) the same with the next number, in
 * case the raw one was damaged, then heaters and beam off; the machine is locked. A firmware
 * without emergency parser hears M112 behind what blocks it (FIRMWARE.md, Marlin 12): the words say
 * so. */
#include "estop.h"

#include <stdio.h>

#include "safety.h"
#include "wire.h"

enum err machine_estop(struct machine *m, const char *by, char *text, size_t size)
{
    bool deaf = m->dialect->numbered && !(m->capabilities & CAP_EMERGENCY_PARSER);

    for (const char *const *line = m->dialect->stop_raw; *line != NULL; line++)
        wire_urgent(m, *line);
    if (m->link == NULL || m->closing)
        snprintf(text, size, "%s cannot be reached: cut its power", m->own->id);
    else if (deaf)
        snprintf(text, size, "%s: sent, but this firmware may hear it late: cut its power",
                 m->own->id);
    else if (m->own->profile.kind == KIND_LASER && m->dialect->numbered)
        snprintf(text, size, "%s: sent, but its beam may stay on: cut its power", m->own->id);
    else
        snprintf(text, size, "%s: emergency stop sent", m->own->id);
    if (m->link != NULL && m->dialect->numbered) {
        char wire[WIRE_MAX];
        size_t n = m->dialect->encode(wire, sizeof wire, (uint32_t)(SUPPLY_NUMBER + m->stream.sent),
                                      "M112", 4);

        wire_write(m, wire, n, false);
    }
    machine_lock(m, "emergency stop by %s%s", by,
                 deaf ? ": cut the power, this firmware hears it late" : "");
    return m->link == NULL || m->closing ? ERR_LINK : ERR_OK;
}
