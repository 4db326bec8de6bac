/* SPDX-License-Identifier: Apache-2.0 */
/* What a run of a program makes, as callers write it. */
#ifndef USINE_COMMANDS_PROGRAM_YIELDS_H
#define USINE_COMMANDS_PROGRAM_YIELDS_H

#include "answer.h"
#include "queue/program.h"

/* ["serre-tete=4", "ecran=2"] into request. False: the answer was given. */
bool program_read_yields(const cJSON *yields, struct program_request *request,
                         struct answer *answer);

#endif
