/* SPDX-License-Identifier: Apache-2.0 */
#include "first_admin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "commands/pages_at.h"

static void write_file(const char *path, const char *link)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0 || dprintf(fd, "%s\n", link) < 0)
        log_error("usined: %s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
}

void first_admin_tell(const struct office *office)
{
    char path[512], link[400], code[SECRET_TEXT_SIZE];

    snprintf(path, sizeof path, "%s/first-admin", office->config->state);
    unlink(path);
    if (!people_first_code(office->people, code))
        return;
    if (pages_at(office)[0] == '\0') { /* nothing is open where the link could lead */
        log_warning(
            "usined: nobody has an account yet: `usine user add LOGIN --role admin` prints a "
            "link; \"url\" in the config says where it leads");
        return;
    }
    snprintf(link, sizeof link, "%s/first#%s", pages_at(office), code);
    write_file(path, link);
    log_warning("usined: nobody has an account yet: open the link in %s", path);
    printf("Nobody has an account yet. To become the admin, open this link once:\n%s\n", link);
    fflush(stdout);
    explicit_bzero(code, sizeof code);
    explicit_bzero(link, sizeof link);
}
