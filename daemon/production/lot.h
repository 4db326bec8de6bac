/* SPDX-License-Identifier: Apache-2.0 */
/* How lots are called. A name follows from what the lot is, so that no number must be kept: what
 * belongs together gets the same name, on every site and after a restart too. Short enough for a
 * small label: a letter, the day, and six letters or digits that no hand confuses. Pure. */
#ifndef USINE_PRODUCTION_LOT_H
#define USINE_PRODUCTION_LOT_H

#include <stdint.h>

enum { LOT_SIZE = 64 };

/* "L200407-7QX2MA": pieces that one machine made on a day (yyyymmdd, of the verdict) by one program
 * from one spool or stack of sheets (material: its lot; "" unknown). */
void lot_made(char lot[LOT_SIZE], int day, const char *machine, const char *sha256,
              const char *material);

/* "D200407-7QX2MA": what a maker without a daemon made on a day (yyyymmdd) and declared at at_ms
 * (wall) by the link with this number. */
void lot_declared(char lot[LOT_SIZE], int day, int64_t link, int64_t at_ms);

/* "K200407-1432-7QX2MA": kits of a product put together at a site within one minute (local). */
void lot_assembled(char lot[LOT_SIZE], int64_t wall_ms, const char *site, const char *product);

#endif
