/* SPDX-License-Identifier: Apache-2.0 */
#include "form_zone.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "words.h"

#define ZONES "/usr/share/zoneinfo"

static bool well_formed(const char *value)
{
    if (!isalpha((unsigned char)value[0]) || strstr(value, "..") != NULL)
        return false;
    for (const char *c = value; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && strchr("/_+-", *c) == NULL)
            return false;
    return true;
}

static bool is_file(const char *path, mode_t type)
{
    struct stat st;

    return stat(path, &st) == 0 && (st.st_mode & S_IFMT) == type;
}

/* Looks through the list of zones (lines "FR <tab> +4852+00220 <tab> Europe/Paris <tab> ..."). */
static void find_nearest(const char *value, char *hint, size_t size)
{
    char line[256], zone[64], best[64] = "";
    struct nearest nearest = {.wanted = value};
    FILE *list = fopen(ZONES "/zone.tab", "re");

    while (list != NULL && fgets(line, sizeof line, list) != NULL) {
        if (line[0] == '#' || sscanf(line, "%*s %*s %63s", zone) != 1)
            continue;
        words_offer(&nearest, zone);
        if (nearest.best == zone) {
            memcpy(best, zone, sizeof best);
            nearest.best = best;
        }
    }
    if (list != NULL)
        fclose(list);
    words_hint(&nearest, hint, size);
}

bool form_zone(const char *value, char *why, size_t size)
{
    char path[128], hint[128] = "";

    if (well_formed(value)) {
        if (strcmp(value, "UTC") == 0 || !is_file(ZONES, S_IFDIR))
            return true;
        snprintf(path, sizeof path, ZONES "/%.80s", value);
        if (is_file(path, S_IFREG))
            return true;
        find_nearest(value, hint, sizeof hint);
    }
    snprintf(why, size, "is not a known time zone%s",
             hint[0] != '\0' ? hint : ": write a name like \"Europe/Paris\" or \"UTC\"");
    return false;
}
