/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a config: parsed or refused with faults that have a place and clean text. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "config/load.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config_faults faults;
    struct config *config = NULL;
    enum err err = config_parse("fuzz.json", (const char *)data, size, &config, &faults);

    if ((err == ERR_OK) != (config != NULL) || (err == ERR_INVALID) != (faults.count > 0))
        abort();
    for (size_t i = 0; i < faults.count; i++) {
        const struct config_fault *fault = &faults.items[i];

        if (fault->line < 1 || fault->column < 1 || !json_utf8(fault->text, strlen(fault->text)))
            abort();
    }
    config_faults_finish(&faults);
    config_unref(config);
    return 0;
}
