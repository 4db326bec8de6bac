/* SPDX-License-Identifier: Apache-2.0 */
#include "first_admin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* How people reach us; "" when only the socket is open. */
static const char *base_of(const struct office *office)
{
    const char *const *address = office->addresses;

    if (office->config->url[0] != '\0')
        return office->config->url;
    while (*address != NULL && strncmp(*address, "http", 4) != 0)
        address++;
    return *address != NULL ? *address : "";
}

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
    if (base_of(office)[0] == '\0') { /* nothing is open where the link could lead */
        log_warning(
            "usined: nobody has an account yet: `usine user add LOGIN --role admin` prints a "
            "link; \"url\" in the config says where it leads");
        return;
    }
    snprintf(link, sizeof link, "%s/first#%s", base_of(office), code);
    write_file(path, link);
    log_warning("usined: nobody has an account yet: open the link in %s", path);
    printf("Nobody has an account yet. To become the admin, open this link once:\n%s\n", link);
    fflush(stdout);
    explicit_bzero(code, sizeof code);
    explicit_bzero(link, sizeof link);
}
