/* SPDX-License-Identifier: Apache-2.0 */
/* What the label of a machine says. Pure. */
#ifndef USINE_COMMANDS_MACHINE_LABEL_H
#define USINE_COMMANDS_MACHINE_LABEL_H

#include "config/load.h"
#include "labels/label.h"

/* Its name on the floor: "caen-p03" at caen is "P03". */
void machine_short_name(const struct config_machine *machine, char name[ID_SIZE]);

/* The town it stands in; where the config names none, the site. */
const char *machine_town(const struct config *config, const struct config_machine *machine);

/* The address of its page, ready to empty its bed: what its QR code holds. */
void machine_address(const struct config_machine *machine, const char *base, char *url,
                     size_t size);

/* Fills the address and the lines of label, which is zeroed but for its copies. */
void machine_label(struct label *label, const struct config *config,
                   const struct config_machine *machine, const char *base);

#endif
