/* SPDX-License-Identifier: Apache-2.0 */
/* pace: N emulated boards on pseudo-terminals in one lean process, which measures the host that
 * feeds them.
 *
 *   pace --dir DIR --boards N [--segments PER_SECOND | --at-once] [--window LINES]
 *
 * DIR/p0000 … are links to the terminals. Commands come on standard input, one a line: "start"
 * begins a measurement, "stop" ends it and prints one line of JSON, end of file ends the program.
 * With --at-once every line is answered as soon as it is read; otherwise a planner of 16 moves
 * empties at PER_SECOND (43, what the sliced samples ask for on average). --window makes the boards
 * answer "ok N7 P15 B3" and take LINES before the first ok.
 *
 * Turnaround is the time from the write of an ok to the read that ends the host's next line. A
 * board stands still when its planner has run dry while it owed no answer: only the host can be to
 * blame. */
#include "board.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, SAMPLES_MAX = 1 << 24, FRAME_NS = 1000000 };

struct seat {
    struct board board;
    int master, slave; /* the slave stays open, so that a host may come and go */
    int64_t ok_at;     /* when the last ok went out; 0: the next line has come since */
    int64_t due;       /* key in the heap */
    size_t place;      /* index in the heap */
};

struct pace {
    struct board_rules rules;
    struct seat *seats;
    struct seat **heap; /* by due, earliest first */
    size_t count;
    int epoll;
    bool measuring;
    int64_t started;
    uint32_t *samples; /* turnarounds in ns */
    size_t sample_count;
};

static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void heap_put(struct pace *p, struct seat *seat, size_t place)
{
    p->heap[place] = seat;
    seat->place = place;
}

/* Moves a seat whose due has changed to where it belongs. */
static void heap_fix(struct pace *p, struct seat *seat)
{
    size_t i = seat->place;

    while (i > 0 && p->heap[(i - 1) / 2]->due > seat->due) {
        heap_put(p, p->heap[(i - 1) / 2], i);
        i = (i - 1) / 2;
    }
    for (;;) {
        size_t child = 2 * i + 1;

        if (child + 1 < p->count && p->heap[child + 1]->due < p->heap[child]->due)
            child++;
        if (child >= p->count || p->heap[child]->due >= seat->due)
            break;
        heap_put(p, p->heap[child], i);
        i = child;
    }
    heap_put(p, seat, i);
}

static void sample(struct pace *p, int64_t ns)
{
    if (p->measuring && p->sample_count < SAMPLES_MAX)
        p->samples[p->sample_count++] = ns > UINT32_MAX ? UINT32_MAX : (uint32_t)ns;
}

/* Lets the board act, writes what it says and files it under its next due time. */
static void serve(struct pace *p, struct seat *seat, int64_t now)
{
    struct board *board = &seat->board;
    unsigned answered = board_run(board, now);
    ssize_t n;

    if (board->out_n > 0) {
        n = write(seat->master, board->out, board->out_n);
        if (n > 0) {
            memmove(board->out, board->out + n, board->out_n - (size_t)n);
            board->out_n -= (size_t)n;
        }
        if (answered > 0)
            seat->ok_at = now_ns();
    }
    seat->due = board_due(board);
    heap_fix(p, seat);
}

static void on_readable(struct pace *p, struct seat *seat)
{
    char bytes[4096];
    ssize_t n = read(seat->master, bytes, sizeof bytes);
    int64_t now = now_ns();

    if (n <= 0)
        return;
    if (board_take(&seat->board, bytes, (size_t)n, now) > 0 && seat->ok_at != 0) {
        sample(p, now - seat->ok_at);
        seat->ok_at = 0;
    }
    serve(p, seat, now);
}

static bool open_seat(struct pace *p, struct seat *seat, const char *dir, size_t index)
{
    char link_name[4096];
    struct termios raw;
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = seat};

    board_init(&seat->board, &p->rules);
    seat->board.phase = (int64_t)(index * 7919 % 1000) * p->rules.segment_ns / 1000;
    seat->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (seat->master < 0 || grantpt(seat->master) != 0 || unlockpt(seat->master) != 0)
        return false;
    seat->slave = open(ptsname(seat->master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (seat->slave < 0 || tcgetattr(seat->slave, &raw) != 0)
        return false;
    cfmakeraw(&raw);
    if (tcsetattr(seat->slave, TCSANOW, &raw) != 0)
        return false;
    snprintf(link_name, sizeof link_name, "%s/p%04zu", dir, index);
    unlink(link_name);
    if (symlink(ptsname(seat->master), link_name) != 0)
        return false;
    seat->due = INT64_MAX;
    heap_put(p, seat, index);
    return epoll_ctl(p->epoll, EPOLL_CTL_ADD, seat->master, &event) == 0;
}

static int compare_samples(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static double quantile_us(const struct pace *p, double q)
{
    size_t i = (size_t)(q * (double)p->sample_count);

    if (p->sample_count == 0)
        return 0;
    return p->samples[i < p->sample_count ? i : p->sample_count - 1] / 1e3;
}

static void start(struct pace *p)
{
    p->measuring = true;
    p->sample_count = 0;
    p->started = now_ns();
    for (size_t i = 0; i < p->count; i++) {
        struct board *b = &p->seats[i].board;

        b->lines = b->refused = b->overrun = b->stalls = 0;
        b->stall_ns = b->stall_max_ns = 0;
    }
}

static void stop(struct pace *p)
{
    double seconds = (double)(now_ns() - p->started) / 1e9;
    uint64_t lines = 0, refused = 0, overrun = 0, stalls = 0, moving = 0;
    int64_t still = 0, longest = 0;

    p->measuring = false;
    for (size_t i = 0; i < p->count; i++) {
        const struct board *b = &p->seats[i].board;

        lines += b->lines;
        refused += b->refused;
        overrun += b->overrun;
        stalls += b->stalls;
        still += b->stall_ns;
        moving += b->lines > 0;
        longest = b->stall_max_ns > longest ? b->stall_max_ns : longest;
    }
    qsort(p->samples, p->sample_count, sizeof p->samples[0], compare_samples);
    printf("{\"seconds\": %.3f, \"lines\": %llu, \"moving\": %llu, \"refused\": %llu, \"overrun\": "
           "%llu, "
           "\"stalls\": %llu, \"still_ms\": %.1f, \"still_max_ms\": %.1f, "
           "\"p50_us\": %.1f, \"p99_us\": %.1f, \"max_us\": %.1f}\n",
           seconds, (unsigned long long)lines, (unsigned long long)moving,
           (unsigned long long)refused, (unsigned long long)overrun, (unsigned long long)stalls,
           (double)still / 1e6, (double)longest / 1e6, quantile_us(p, 0.5), quantile_us(p, 0.99),
           quantile_us(p, 1));
    fflush(stdout);
}

/* Returns false when the bench has closed its end. */
static bool on_command(struct pace *p)
{
    char text[256];
    ssize_t n = read(STDIN_FILENO, text, sizeof text - 1);

    if (n <= 0)
        return false;
    text[n] = '\0';
    if (strncmp(text, "start", 5) == 0)
        start(p);
    else if (strncmp(text, "stop", 4) == 0)
        stop(p);
    return true;
}

/* Waits until bytes come or the first board is due. Boards speak on whole milliseconds: most hang
 * on USB, which carries bytes in frames of 1 ms, and whose adapters a host's kernel serves frame by
 * frame. */
static int wait_events(struct pace *p, struct epoll_event *events)
{
    int64_t now = now_ns(), due = p->heap[0]->due;
    struct timespec t;

    if (due == INT64_MAX)
        return epoll_wait(p->epoll, events, EVENTS, -1);
    due = (due + FRAME_NS - 1) / FRAME_NS * FRAME_NS;
    due = due < now ? 0 : due - now;
    t.tv_sec = due / 1000000000;
    t.tv_nsec = due % 1000000000;
    return epoll_pwait2(p->epoll, events, EVENTS, &t, NULL);
}

static void run(struct pace *p)
{
    struct epoll_event events[EVENTS];

    for (;;) {
        int n = wait_events(p, events);
        int64_t now;

        if (n < 0 && errno != EINTR)
            return;
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr != NULL)
                on_readable(p, events[i].data.ptr);
            else if (!on_command(p))
                return;
        }
        now = now_ns();
        while (p->heap[0]->due <= now / FRAME_NS * FRAME_NS)
            serve(p, p->heap[0], now);
    }
}

static bool open_all(struct pace *p, const char *dir)
{
    struct rlimit files = {.rlim_cur = 3 * p->count + 64, .rlim_max = 3 * p->count + 64};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};

    setrlimit(RLIMIT_NOFILE, &files);
    mkdir(dir, 0755);
    p->seats = calloc(p->count, sizeof *p->seats);
    p->heap = calloc(p->count, sizeof(struct seat *));
    p->samples = malloc(SAMPLES_MAX * sizeof *p->samples);
    p->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (p->seats == NULL || p->heap == NULL || p->samples == NULL || p->epoll < 0)
        return false;
    if (epoll_ctl(p->epoll, EPOLL_CTL_ADD, STDIN_FILENO, &event) != 0)
        return false;
    for (size_t i = 0; i < p->count; i++)
        if (!open_seat(p, &p->seats[i], dir, i))
            return false;
    return true;
}

static bool read_options(struct pace *p, const char **dir, int argc, char **argv)
{
    static const struct option options[] = {
        {"dir", required_argument, NULL, 'd'},      {"boards", required_argument, NULL, 'n'},
        {"segments", required_argument, NULL, 's'}, {"at-once", no_argument, NULL, 'o'},
        {"window", required_argument, NULL, 'w'},   {NULL, 0, NULL, 0}};
    double rate = 43;

    p->rules.buffer = 1;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 'd')
            *dir = optarg;
        else if (c == 'n')
            p->count = strtoul(optarg, NULL, 10);
        else if (c == 's')
            rate = strtod(optarg, NULL);
        else if (c == 'o')
            rate = 0;
        else if (c == 'w')
            p->rules.buffer = (unsigned)strtoul(optarg, NULL, 10);
        else
            return false;
    }
    p->rules.segment_ns = rate > 0 ? (int64_t)(1e9 / rate) : 0;
    p->rules.advanced_ok = p->rules.buffer > 1;
    p->rules.buffer +=
        p->rules.advanced_ok; /* the line being answered holds its place: "B4" is 4 more */
    return *dir != NULL && p->count > 0 && p->rules.buffer >= 1 && p->rules.buffer <= BOARD_QUEUE;
}

int main(int argc, char **argv)
{
    struct pace pace = {0};
    const char *dir = NULL;

    if (!read_options(&pace, &dir, argc, argv)) {
        fprintf(stderr, "usage: pace --dir DIR --boards N [--segments PER_SECOND | --at-once] "
                        "[--window LINES]\n");
        return 2;
    }
    if (!open_all(&pace, dir)) {
        fprintf(stderr, "pace: %s (boards: %zu; see ulimit -n and /proc/sys/kernel/pty/max)\n",
                strerror(errno), pace.count);
        return 1;
    }
    puts("ready");
    fflush(stdout);
    run(&pace);
    free(pace.samples);
    free(pace.heap);
    free(pace.seats);
    return 0;
}
