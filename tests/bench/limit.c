/* SPDX-License-Identifier: Apache-2.0 */
/* limit: the least a host can do. One epoll loop that does nothing but answer each ok with the next
 * prepared line (numbered, checksummed, in memory) on N terminals. It knows no error, no file and
 * no person: what it costs is what the kernel costs, and the bench measures usined against it.
 *
 *   limit --dir DIR --boards N [--window LINES] */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LINES = 10000, LINE_MAX_BYTES = 64, EVENTS = 256 };

struct line {
    uint8_t n;
    char bytes[LINE_MAX_BYTES - 1];
};

struct feed {
    int fd;
    uint32_t next; /* line that goes out next */
    bool at_start; /* the next byte begins a line */
    char first;    /* first byte of the line being read */
};

/* Line 0 sets the number, so that the others can be sent round and round. */
static void prepare(struct line *lines)
{
    for (unsigned i = 0; i < LINES; i++) {
        struct line *line = &lines[i];
        unsigned char sum = 0;
        int n = i == 0 ? snprintf(line->bytes, sizeof line->bytes, "N0 M110 N0")
                       : snprintf(line->bytes, sizeof line->bytes, "N%u G1 X%.3f Y%.3f E%.5f", i,
                                  50 + i % 1000 * 0.1, 60 + i % 777 * 0.1, 0.01 + i % 13 * 0.001);

        for (int k = 0; k < n; k++)
            sum ^= (unsigned char)line->bytes[k];
        n += snprintf(line->bytes + n, sizeof line->bytes - (size_t)n, "*%u\n", sum);
        line->n = (uint8_t)n;
    }
}

static void send_next(struct feed *feed, const struct line *lines)
{
    const struct line *line = &lines[feed->next];

    if (write(feed->fd, line->bytes, line->n) == line->n)
        feed->next = (feed->next + 1) % LINES;
}

/* Every line that begins with 'o' is an ok. */
static void on_readable(struct feed *feed, const struct line *lines)
{
    char bytes[1024];
    ssize_t n = read(feed->fd, bytes, sizeof bytes);

    for (ssize_t i = 0; i < n; i++) {
        if (feed->at_start)
            feed->first = bytes[i];
        feed->at_start = bytes[i] == '\n';
        if (feed->at_start && feed->first == 'o')
            send_next(feed, lines);
    }
}

static bool open_feed(struct feed *feed, const char *dir, size_t index, int epoll)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = feed};
    char name[4096];

    snprintf(name, sizeof name, "%s/p%04zu", dir, index);
    feed->fd = open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    feed->at_start = true;
    return feed->fd >= 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, feed->fd, &event) == 0;
}

static int run(const struct line *lines, int epoll)
{
    struct epoll_event events[EVENTS];

    for (;;) {
        int n = epoll_wait(epoll, events, EVENTS, -1);

        if (n < 0 && errno != EINTR)
            return 1;
        for (int i = 0; i < n; i++)
            on_readable(events[i].data.ptr, lines);
    }
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"dir", required_argument, NULL, 'd'},
                                            {"boards", required_argument, NULL, 'n'},
                                            {"window", required_argument, NULL, 'w'},
                                            {NULL, 0, NULL, 0}};
    const char *dir = NULL;
    size_t count = 0, window = 1;
    struct rlimit files = {.rlim_cur = 4096, .rlim_max = 4096};
    struct line *lines = calloc(LINES, sizeof *lines);
    struct feed *feeds;
    int epoll = epoll_create1(EPOLL_CLOEXEC);

    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 'd')
            dir = optarg;
        else if (c == 'n')
            count = strtoul(optarg, NULL, 10);
        else if (c == 'w')
            window = strtoul(optarg, NULL, 10);
    }
    feeds = calloc(count + 1, sizeof *feeds);
    if (dir == NULL || count == 0 || lines == NULL || feeds == NULL || epoll < 0) {
        fprintf(stderr, "usage: limit --dir DIR --boards N [--window LINES]\n");
        return 2;
    }
    prepare(lines);
    setrlimit(RLIMIT_NOFILE, &files);
    for (size_t i = 0; i < count; i++) {
        if (!open_feed(&feeds[i], dir, i, epoll)) {
            perror("limit: open");
            return 1;
        }
        for (size_t k = 0; k < window; k++)
            send_next(&feeds[i], lines);
    }
    return run(lines, epoll);
}
