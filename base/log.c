/* SPDX-License-Identifier: Apache-2.0 */
#include "log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* One write(2) a line, so that lines of several threads never mix. Control bytes that came from a
 * machine are shown as '?', so that a log can be read in a terminal. */
static void log_line(const char *level, const char *format, va_list args)
{
    char line[1024];
    struct timespec now;
    struct tm tm;
    size_t n;
    int k;

    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    n = strftime(line, sizeof line, "%Y-%m-%dT%H:%M:%S", &tm);
    k = snprintf(line + n, sizeof line - n, ".%03ldZ %s ", now.tv_nsec / 1000000, level);
    n += (size_t)k;
    k = vsnprintf(line + n, sizeof line - n - 1, format, args);
    if (k < 0)
        return;
    n = n + (size_t)k < sizeof line - 1 ? n + (size_t)k : sizeof line - 2;
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[n++] = '\n';
    if (write(STDERR_FILENO, line, n) < 0)
        return; /* nowhere left to say it */
}

void log_error(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line("error", format, args);
    va_end(args);
}

void log_warning(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line("warning", format, args);
    va_end(args);
}

void log_info(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    log_line("info", format, args);
    va_end(args);
}
