/* SPDX-License-Identifier: Apache-2.0 */
/* One line per fact, on standard error: "<level> <subject>: <fact>". No state, safe from any
 * thread. error: a person must act. warning: we coped. info: state changes. */
#ifndef USINE_BASE_LOG_H
#define USINE_BASE_LOG_H

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
