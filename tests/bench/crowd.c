/* SPDX-License-Identifier: Apache-2.0 */
/* crowd: people and programs at a usined's door, good ones and bad ones, in one lean process.
 *
 *   crowd --to HOST:PORT|unix:PATH [--token T] [--pages N] [--loris N] [--stalled N] [--rate R]
 *         [--seconds S]
 *
 * pages     keep GET /api/v1/events open and read what comes
 * loris     never end their request's header: a byte each 5 s, and come again when thrown out
 * stalled   begin an upload of 100 MB and send nothing more, and come again when thrown out
 * rate      GET /api/v1/status so many times a second over kept connections, taking gzip as
 *           browsers and curl --compressed do; the time of an answer counts from when the call was
 *           due, so that a queue before the door counts, too
 *
 * Prints "ready" when all have come, and one line of JSON after S seconds. */
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "http_answer.h"

enum {
    EVENTS = 256,
    CALLERS = 64,
    SAMPLES_MAX = 1 << 20,
    DRIP_NS = 1000000000,
    DRIPS = 5,
    LATE_NS = 1000000,
    REST_NS = 10000000,
    KNOCK_NS = 900000000
};

enum kind { PAGE, LORIS, STALLED, CALLER };

struct visitor {
    enum kind kind;
    int fd;                    /* -1: not connected */
    int64_t knocked;           /* when; 0: it is in */
    bool busy;                 /* CALLER: an answer is awaited */
    int64_t due;               /* CALLER: when the call was due */
    struct http_answer answer; /* CALLER: to that call */
};

struct crowd {
    union {
        struct sockaddr any;
        struct sockaddr_in in;
        struct sockaddr_un un;
    } to;
    socklen_t to_size;
    char token[128];
    size_t counts[4]; /* by kind */
    double rate, seconds;
    struct visitor *visitors;
    size_t visitor_count;
    int epoll;
    uint32_t *samples; /* µs */
    size_t sample_count, failed, thrown_out, late;
    size_t waiting;       /* at the door, now */
    size_t knocked_again; /* a second later: the door's queue was full */
    uint64_t page_bytes;
};

static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void say(struct visitor *v, const char *text, size_t n)
{
    if (send(v->fd, text, n, MSG_NOSIGNAL) < 0 && errno != EAGAIN)
        shutdown(v->fd, SHUT_RDWR); /* its end is seen when it is read */
}

/* A request's head, but for the empty line. */
static int head(const struct crowd *crowd, char *text, size_t size, const char *what)
{
    return snprintf(text, size, "%s HTTP/1.1\r\nHost: localhost\r\n%s%s%s", what,
                    *crowd->token != '\0' ? "Authorization: Bearer " : "", crowd->token,
                    *crowd->token != '\0' ? "\r\n" : "");
}

static void greet(struct crowd *crowd, struct visitor *v)
{
    static const char *const requests[] = {
        [PAGE] = "GET /api/v1/events",
        [LORIS] = "GET /",
        [STALLED] = "POST /api/v1/programs?name=stalled.gcode",
        [CALLER] = "GET /api/v1/status",
    };
    char text[512];
    int n = head(crowd, text, sizeof text - 64, requests[v->kind]);

    if (v->kind == PAGE)
        n += sprintf(text + n, "\r\n");
    else if (v->kind == STALLED)
        n += sprintf(text + n, "Content-Length: 100000000\r\n\r\nG28\n");
    else if (v->kind == LORIS)
        n += sprintf(text + n, "X-");
    if (v->kind != CALLER)
        say(v, text, (size_t)n);
}

/* Does not wait at the door: that would keep the others from calling. (A unix socket with a full
 * queue does not say when there is room, and is tried until there is.) */
static bool come(struct crowd *crowd, struct visitor *v)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = v};
    int on = 1, rc;

    v->fd = socket(crowd->to.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (v->fd < 0)
        return false;
    while ((rc = connect(v->fd, &crowd->to.any, crowd->to_size)) != 0 && errno == EAGAIN)
        usleep(LATE_NS / 1000);
    if (rc != 0 && errno != EINPROGRESS) {
        close(v->fd);
        v->fd = -1;
        return false;
    }
    setsockopt(v->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); /* a unix socket has none */
    epoll_ctl(crowd->epoll, EPOLL_CTL_ADD, v->fd, &event);
    v->busy = false;
    v->knocked = now_ns();
    crowd->waiting++;
    return true;
}

static void arrived(struct crowd *crowd, struct visitor *v)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = v};

    epoll_ctl(crowd->epoll, EPOLL_CTL_MOD, v->fd, &event);
    crowd->waiting--;
    crowd->knocked_again += now_ns() - v->knocked >= KNOCK_NS;
    v->knocked = 0;
    greet(crowd, v);
}

static void go(struct crowd *crowd, struct visitor *v)
{
    crowd->waiting -= v->knocked != 0;
    v->knocked = 0;
    close(v->fd);
    v->fd = -1;
    if (v->kind == CALLER)
        crowd->failed += v->busy;
    else
        crowd->thrown_out++;
    come(crowd, v);
}

static void call(struct crowd *crowd, struct visitor *v, int64_t due)
{
    char text[512];
    int n = head(crowd, text, sizeof text - 64, "GET /api/v1/status");

    n += sprintf(text + n, "Accept-Encoding: gzip\r\n\r\n");
    v->busy = true;
    v->due = due;
    http_answer_begin(&v->answer);
    say(v, text, (size_t)n);
}

static void answered(struct crowd *crowd, struct visitor *v)
{
    int64_t us = (now_ns() - v->due) / 1000;

    v->busy = false;
    if (!http_answer_ok(&v->answer))
        crowd->failed++;
    else if (crowd->sample_count < SAMPLES_MAX)
        crowd->samples[crowd->sample_count++] = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
}

static void take_answer(struct crowd *crowd, struct visitor *v, const char *bytes, size_t n)
{
    if (v->busy && http_answer_take(&v->answer, bytes, n))
        answered(crowd, v);
}

static void on_event(struct crowd *crowd, struct visitor *v, uint32_t events)
{
    char bytes[65536];
    ssize_t n;

    if (v->knocked != 0 && (events & (EPOLLERR | EPOLLHUP)) == 0)
        arrived(crowd, v);
    n = recv(v->fd, bytes, sizeof bytes, MSG_DONTWAIT);
    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        go(crowd, v);
        return;
    }
    if (v->kind == PAGE)
        crowd->page_bytes += (uint64_t)n;
    else if (v->kind == CALLER)
        take_answer(crowd, v, bytes, (size_t)n);
}

static bool is_in(const struct visitor *v)
{
    return v->fd >= 0 && v->knocked == 0;
}

static struct visitor *free_caller(struct crowd *crowd)
{
    for (size_t i = 0; i < crowd->counts[CALLER]; i++)
        if (is_in(&crowd->visitors[i]) && !crowd->visitors[i].busy)
            return &crowd->visitors[i];
    return NULL;
}

/* A fifth of the loris send their byte each second. */
static void drip(struct crowd *crowd, unsigned turn)
{
    for (size_t i = turn % DRIPS; i < crowd->visitor_count; i += DRIPS)
        if (crowd->visitors[i].kind == LORIS && is_in(&crowd->visitors[i]))
            say(&crowd->visitors[i], "x", 1);
}

/* Sleeps exactly: people at a door take no processor time from those within. */
static void look(struct crowd *crowd, int64_t timeout_ns)
{
    struct epoll_event events[EVENTS];
    struct timespec timeout = {timeout_ns / 1000000000, timeout_ns % 1000000000};
    int n = epoll_pwait2(crowd->epoll, events, EVENTS, &timeout, NULL);

    for (int i = 0; i < n; i++)
        on_event(crowd, events[i].data.ptr, events[i].events);
}

static void run(struct crowd *crowd)
{
    int64_t began = now_ns(), end = began + (int64_t)(crowd->seconds * 1e9);
    int64_t step = crowd->rate > 0 ? (int64_t)(1e9 / crowd->rate) : INT64_MAX / 4;
    int64_t due = began + (crowd->rate > 0 ? 0 : step), drip_at = began + DRIP_NS;
    unsigned turn = 0;

    for (int64_t now = began; now < end; now = now_ns()) {
        struct visitor *v = NULL;

        while (due <= now && (v = free_caller(crowd)) != NULL) {
            call(crowd, v, due);
            due += step;
        }
        crowd->late += due <= now;
        if (now >= drip_at) {
            drip(crowd, turn++);
            drip_at += DRIP_NS;
        }
        now = now_ns();
        look(crowd, due <= now ? LATE_NS : due - now > REST_NS ? REST_NS : due - now);
    }
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void report(struct crowd *crowd)
{
    size_t n = crowd->sample_count;

    qsort(crowd->samples, n, sizeof *crowd->samples, by_size);
    printf("{\"calls\": %zu, \"failed\": %zu, \"late\": %zu, \"p50_us\": %u, \"p99_us\": %u, "
           "\"max_us\": %u, \"pages\": %zu, \"page_bytes\": %llu, \"thrown_out\": %zu, "
           "\"knocked_again\": %zu}\n",
           n, crowd->failed, crowd->late, n > 0 ? crowd->samples[n / 2] : 0,
           n > 0 ? crowd->samples[n * 99 / 100] : 0, n > 0 ? crowd->samples[n - 1] : 0,
           crowd->counts[PAGE], (unsigned long long)crowd->page_bytes, crowd->thrown_out,
           crowd->knocked_again);
}

static bool gather(struct crowd *crowd)
{
    static const enum kind order[] = {CALLER, PAGE, STALLED, LORIS};
    struct visitor *v = crowd->visitors;

    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < crowd->counts[order[k]]; i++, v++) {
            v->kind = order[k];
            if (!come(crowd, v))
                return false;
            if (i % 50 == 49)
                look(crowd, LATE_NS);
        }
    while (crowd->waiting > 0)
        look(crowd, LATE_NS);
    return true;
}

static bool parse_to(struct crowd *crowd, const char *to)
{
    const char *colon = strrchr(to, ':');
    char host[64] = "";

    if (strncmp(to, "unix:", 5) == 0) {
        crowd->to.un.sun_family = AF_UNIX;
        snprintf(crowd->to.un.sun_path, sizeof crowd->to.un.sun_path, "%s", to + 5);
        crowd->to_size = sizeof crowd->to.un;
        return true;
    }
    if (colon == NULL || (size_t)(colon - to) >= sizeof host)
        return false;
    memcpy(host, to, (size_t)(colon - to));
    crowd->to.in.sin_family = AF_INET;
    crowd->to.in.sin_port = htons((uint16_t)strtoul(colon + 1, NULL, 10));
    crowd->to_size = sizeof crowd->to.in;
    return inet_pton(AF_INET, host, &crowd->to.in.sin_addr) == 1;
}

static bool parse(struct crowd *crowd, int argc, char **argv)
{
    static const struct option options[] = {
        {"to", required_argument, NULL, 't'},      {"token", required_argument, NULL, 'k'},
        {"pages", required_argument, NULL, 'p'},   {"loris", required_argument, NULL, 'l'},
        {"stalled", required_argument, NULL, 's'}, {"rate", required_argument, NULL, 'r'},
        {"seconds", required_argument, NULL, 'd'}, {NULL, 0, NULL, 0}};
    bool known = true;

    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 't')
            known = known && parse_to(crowd, optarg);
        else if (c == 'k')
            snprintf(crowd->token, sizeof crowd->token, "%s", optarg);
        else if (c == 'r')
            crowd->rate = strtod(optarg, NULL);
        else if (c == 'd')
            crowd->seconds = strtod(optarg, NULL);
        else if (c == 'p' || c == 'l' || c == 's')
            crowd->counts[c == 'p' ? PAGE : c == 'l' ? LORIS : STALLED] = strtoul(optarg, NULL, 10);
        else
            known = false;
    }
    crowd->counts[CALLER] = crowd->rate > 0 ? CALLERS : 0;
    for (int kind = PAGE; kind <= CALLER; kind++)
        crowd->visitor_count += crowd->counts[kind];
    return known && crowd->to_size > 0 && crowd->visitor_count > 0;
}

int main(int argc, char **argv)
{
    struct crowd crowd = {.seconds = 10, .epoll = epoll_create1(EPOLL_CLOEXEC)};
    struct rlimit files = {.rlim_cur = 8192, .rlim_max = 8192};

    if (!parse(&crowd, argc, argv)) {
        fprintf(stderr, "usage: crowd --to HOST:PORT|unix:PATH [--token T] [--pages N] [--loris N] "
                        "[--stalled N] [--rate R] [--seconds S]\n");
        return 2;
    }
    setrlimit(RLIMIT_NOFILE, &files);
    crowd.visitors = calloc(crowd.visitor_count, sizeof *crowd.visitors);
    crowd.samples = malloc(SAMPLES_MAX * sizeof *crowd.samples);
    if (crowd.visitors == NULL || crowd.samples == NULL || !gather(&crowd)) {
        perror("crowd");
        return 1;
    }
    puts("ready");
    fflush(stdout);
    run(&crowd);
    report(&crowd);
    return 0;
}
