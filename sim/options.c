/* SPDX-License-Identifier: Apache-2.0 */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults.h"

static const char usage[] =
    "usine-sim --config FILE --dir DIR [options]\n"
    "Emulates the machines of a config on pseudo-terminals. DIR/<machine id> is each one's port, "
    "and\n"
    "DIR/config.json the same config with these ports, for usined. Runs until SIGTERM or SIGINT.\n"
    "\n"
    "  --config FILE      the factory to emulate\n"
    "  --dir DIR          where ports and config.json go (made if missing)\n"
    "  --speed X          how much faster than life machines move, heat and wait (1)\n"
    "  --seed N           seed of all chance (1)\n"
    "  --faults FILE      script of what goes wrong (below)\n"
    "  --report FILE      JSON report, written at the end and on SIGUSR1\n"
    "  --executed DIR     each machine's executed lines go to DIR/<machine id>.lines (DIR must be "
    "there)\n"
    "  --build NAME       Marlin build of all printers: full, plain, wait (a mix)\n"
    "  --socket PATH      the daemon's socket, put into config.json and used by --operators\n"
    "                     (DIR/usine.sock)\n"
    "  --state DIR        state folder put into config.json (DIR/state)\n"
    "  --listen ADDRESS   address put into config.json, as 127.0.0.1:8750 (none)\n"
    "  --operators[=S]    people who clear beds after S simulated seconds (120), by the public "
    "API\n"
    "  --scrap RATE       share of unloadings with one bad piece (0)\n"
    "  --quiet            no line when ready\n"
    "  --help, --version\n"
    "\n";

enum {
    OPT_FIRST = 256,
    CONFIG = OPT_FIRST,
    DIR_,
    SPEED,
    SEED,
    FAULTS,
    REPORT,
    EXECUTED,
    BUILD,
    SOCKET,
    STATE,
    LISTEN,
    OPERATORS,
    SCRAP,
    QUIET,
    HELP,
    VERSION
};

static const struct option longs[] = {
    {"config", required_argument, NULL, CONFIG},
    {"dir", required_argument, NULL, DIR_},
    {"speed", required_argument, NULL, SPEED},
    {"seed", required_argument, NULL, SEED},
    {"faults", required_argument, NULL, FAULTS},
    {"report", required_argument, NULL, REPORT},
    {"executed", required_argument, NULL, EXECUTED},
    {"build", required_argument, NULL, BUILD},
    {"socket", required_argument, NULL, SOCKET},
    {"state", required_argument, NULL, STATE},
    {"listen", required_argument, NULL, LISTEN},
    {"operators", optional_argument, NULL, OPERATORS},
    {"scrap", required_argument, NULL, SCRAP},
    {"quiet", no_argument, NULL, QUIET},
    {"help", no_argument, NULL, HELP},
    {"version", no_argument, NULL, VERSION},
    {NULL, 0, NULL, 0},
};

static bool read_number(const char *text, double min, double max, double *value)
{
    char *end;

    *value = strtod(text, &end);
    return end != text && *end == '\0' && *value >= min && *value <= max;
}

/* False: the value does not fit, and `why` says what would. */
static bool take(struct options *o, int option, const char **why)
{
    double seed = 0;

    switch (option) {
    case SPEED:
        *why = "--speed takes a number from 0.01 to 100000";
        return read_number(optarg, 0.01, 100000, &o->speed);
    case SEED:
        *why = "--seed takes a whole number from 0";
        if (!read_number(optarg, 0, 9e15, &seed))
            return false;
        o->seed = (uint64_t)seed;
        return true;
    case OPERATORS:
        *why = "--operators takes seconds";
        o->operators = true;
        return optarg == NULL || read_number(optarg, 0, 1e6, &o->clear_delay_s);
    case SCRAP:
        *why = "--scrap takes a share from 0 to 1";
        return read_number(optarg, 0, 1, &o->scrap);
    case QUIET:
        o->quiet = true;
        return true;
    default:
        return false;
    }
}

static const char **text_option(struct options *o, int option)
{
    switch (option) {
    case CONFIG:
        return &o->config;
    case DIR_:
        return &o->dir;
    case FAULTS:
        return &o->faults;
    case REPORT:
        return &o->report;
    case EXECUTED:
        return &o->executed;
    case BUILD:
        return &o->build;
    case SOCKET:
        return &o->socket;
    case STATE:
        return &o->state;
    case LISTEN:
        return &o->listen;
    default:
        return NULL;
    }
}

static int wrong(const char *why)
{
    fprintf(stderr, "usine-sim: %s\nusine-sim --help says more.\n", why);
    return 2;
}

int options_read(struct options *o, int argc, char **argv)
{
    int option;

    *o = (struct options){.speed = 1, .seed = 1, .clear_delay_s = 120};
    while ((option = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
        const char *why = "unknown option";

        if (option == HELP || option == 'h') {
            printf("%s%s", usage, faults_help);
            return 0;
        }
        if (option == VERSION) {
            puts("usine-sim " USINE_VERSION);
            return 0;
        }
        if (text_option(o, option) != NULL)
            *text_option(o, option) = optarg;
        else if (!take(o, option, &why))
            return wrong(why);
    }
    if (optind < argc)
        return wrong("no arguments are taken, only options");
    if (o->config == NULL || o->dir == NULL)
        return wrong("--config and --dir are needed");
    return -1;
}
