/* SPDX-License-Identifier: Apache-2.0 */
#include "tools.h"

#include <math.h>

#include "talk.h"

_Static_assert((int)VIEW_TOOLS >= (int)REPLY_TOOLS, "a view has room for all tools");

static size_t count(const struct machine *m)
{
    int tools = m->own->profile.tools;

    return tools < 1 ? 0 : tools < REPLY_TOOLS ? (size_t)tools : REPLY_TOOLS;
}

bool tools_several(const struct machine *m)
{
    return m->own->profile.kind == KIND_PRINTER && m->own->profile.tools > 1;
}

void tools_report(struct machine *m, const struct reply *reply)
{
    if (tools_several(m))
        reply_read_tools(reply->text, m->tools, count(m));
}

void tools_forget(struct machine *m)
{
    for (size_t i = 0; i < REPLY_TOOLS; i++)
        m->tools[i] = (struct heater_report){.now = NAN, .target = NAN};
}

bool tools_hot(const struct machine *m)
{
    for (size_t i = 0; tools_several(m) && i < count(m); i++)
        if (m->tools[i].target > 0)
            return true;
    return false;
}

bool tools_reached(const struct machine *m, float reach)
{
    for (size_t i = 0; i < count(m); i++)
        if (m->tools[i].target > 0 && !(m->tools[i].now >= m->tools[i].target - reach))
            return false;
    return true;
}

void tools_view(const struct machine *m, struct machine_view *view)
{
    view->tool_count = tools_several(m) ? (int)count(m) : 0;
    for (int i = 0; i < view->tool_count; i++) {
        view->tools[i][0] = m->tools[i].now;
        view->tools[i][1] = m->tools[i].target;
    }
}

void tools_off(struct machine *m)
{
    for (size_t i = 0; tools_several(m) && i < count(m); i++)
        talk_say(m, "M104 T%zu S0", i);
}
