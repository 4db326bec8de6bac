/* SPDX-License-Identifier: Apache-2.0 */
#ifndef USINE_COMMANDS_FAULTS_JSON_H
#define USINE_COMMANDS_FAULTS_JSON_H

#include <cjson/cJSON.h>

#include "config/load.h"

/* [{"line", "column", "message"}], the caller's; NULL: no memory. */
cJSON *faults_to_json(const struct config_faults *faults);

#endif
