/* SPDX-License-Identifier: Apache-2.0 */
/* Writing into the audit log, and reading it. */
#ifndef USINE_PEOPLE_AUDIT_H
#define USINE_PEOPLE_AUDIT_H

#include "people.h"
#include "store/store_audit.h"

/* Appends a copy of row (seq and hash are the store's) and tells done. A log that cannot be written
 * is an error in the system's log; what was done stays done. */
void audit_add(struct people *people, const struct audit_row *row, people_done done, void *context);

/* Nothing is known to be wrong: the chain holds, and has the head that was asked for. */
bool audit_good(const struct audit_check *check);

/* The words of `usine audit verify`, for people, after the whole chain was computed anew. */
void audit_words(const struct audit_check *check, char *text, size_t size);

#endif
