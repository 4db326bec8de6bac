/* SPDX-License-Identifier: Apache-2.0 */
/* File -> checked struct config. JSON with comments; every fault of the file in one pass. */
#ifndef USINE_CONFIG_LOAD_H
#define USINE_CONFIG_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/profile.h"

#define ID_SIZE 64

enum config_role { ROLE_STANDALONE, ROLE_HUB, ROLE_SITE };

enum { SITE_SHIFTS_MAX = 8 };

struct config_shift {
    char id[ID_SIZE];
    char hours[128]; /* as a site's */
};

/* What people read, in the languages of pages and labels; "": not said in it. */
struct config_text {
    char fr[400];
    char en[400];
};

struct config_site {
    char id[ID_SIZE];
    char name[128];
    char town[96];
    double lat, lon;
    int max_heating;  /* machines that may heat at once; 0: no limit */
    char hours[128];  /* as written: "Mo-Su 08:00-22:00", "08:00-20:00", "24/7" */
    char quiet[128];  /* in the same form: noisy machines do not start; "": never */
    double clear_min; /* how long a finished run usually waits for a person who is there */
    bool assembly;
    struct config_shift *shifts;
    size_t shift_count;
    char contact[128]; /* for labels of what is made here; "": the coordination's */
};

struct config_machine {
    char id[ID_SIZE];
    char site[ID_SIZE];
    char model[32];
    char port[256];    /* by-id or device path, usb:VID:PID[:SERIAL], tcp://HOST:PORT, pty path */
    int baud;          /* the profile's unless given */
    char material[32]; /* loaded: "PETG"; the profile's unless given */
    bool reset_on_connect;  /* opening the port may reset the board; default true */
    struct profile profile; /* the model with this machine's overrides applied */
};

enum hand_kind { HAND_DEBURR, HAND_WASH, HAND_REST, HAND_INSPECT, HAND_PACK, HAND_OTHER };

enum { HAND_STEPS_MAX = 16 };

/* What people do by hand with each piece of a part, or each kit of a product. */
struct config_step {
    char id[ID_SIZE];        /* unique among the steps of one part or product */
    struct config_text name; /* neither is "": each stands in for the other, then the id */
    enum hand_kind kind;
    double minutes;   /* it usually takes, for a batch; 0: not said */
    char method[160]; /* how it is done; written down with each batch; "": not said */
    bool gate;        /* nothing is put together or shipped before it */
};

enum part_process { PART_PRINT, PART_LASER, PART_BUY, PART_OTHER };

enum part_unit { UNIT_PIECE, UNIT_GRAM };

struct config_part {
    char id[ID_SIZE];
    char name[128];
    char version[32]; /* of its drawing, for labels; "": not said */
    enum part_process process;
    double grams;      /* material of one piece; 0: not said */
    double minutes;    /* machine time of one piece, a first guess for the forecast; 0: not said */
    char material[32]; /* bought: what machines are loaded with, as in their `material`; "": none */
    enum part_unit unit;       /* what stock is counted in; of a material: gram, or a sheet a run */
    double cover_days;         /* bought: warn when what there is lasts fewer days */
    struct config_step *steps; /* by hand, in their order; owned */
    size_t step_count;
};

#define CONFIG_NONE ((size_t)-1)

struct config_bom_row {
    size_t part;    /* index into parts; CONFIG_NONE: it is another product */
    size_t product; /* index into products; CONFIG_NONE: it is a part */
    int64_t quantity;
};

struct config_product {
    char id[ID_SIZE];
    char name[128];
    struct config_bom_row *bom;
    size_t bom_count;
    int level;        /* 0: of parts alone; else one more than the highest product in it */
    int64_t pack;     /* kits in a parcel; 0: not said */
    char version[32]; /* of the whole, for labels; "": not said */
    struct config_text cleaning, notice; /* for labels */
    struct config_step *steps;           /* by hand with each kit, in their order; owned */
    size_t step_count;
};

struct config_public {
    char **listen; /* addresses that serve the public pages only */
    size_t listen_count;
};

struct config_tls {
    char certificate[256], key[256]; /* PEM files; "": no TLS of our own */
};

enum smtp_tls {
    SMTP_TLS_AUTO, /* STARTTLS when offered; with a password only so; not on this computer */
    SMTP_TLS_ALWAYS,
    SMTP_TLS_NEVER,
};

struct config_smtp {
    char url[256];  /* "smtp://127.0.0.1:25"; "": no mail is sent */
    char from[128]; /* sender */
    enum smtp_tls tls;
    char ca[256]; /* PEM file its certificate is checked against; "": the system's */
};

struct config_notices {
    bool private_allowed; /* webhooks may lead into private networks */
    int bundle_s;         /* what is to be told is gathered so long before it is sent */
    int pace_s;           /* a rule gives at most one message in that time */
    int retry_s;          /* first pause after a failed try; doubles */
};

struct config_labels {
    char contact[128]; /* of the coordination: "usine@example.org, 02 31 …" */
};

struct config_map {
    char tile_url[256]; /* "https://tile.example.org/{z}/{x}/{y}.png"; "": the built-in outlines */
};

struct config_hub {
    char url[256]; /* role site: the hub's address */
    char ca[256];  /* PEM file it is checked against; "": the system's */
};

/* Constant after loading; shared between threads by reference count. */
struct config {
    enum config_role role;
    char **listen; /* TCP addresses "127.0.0.1:8750"; may be empty */
    size_t listen_count;
    char url[256];    /* "https://usine.example.org": where people reach us; "": by `listen` */
    char socket[108]; /* Unix socket path */
    char state[256];  /* state folder: database, programs, wire logs */
    char store[512];  /* "sqlite:usine.db" (relative to state) or postgresql://… */
    char timezone[64];
    char language[8];
    int64_t target_per_day;
    bool watch; /* reload when the file changes; default true */
    struct config_site *sites;
    size_t site_count;
    struct config_machine *machines;
    size_t machine_count;
    struct config_part *parts;
    size_t part_count;
    struct config_product *products;
    size_t product_count;
    struct profile *models; /* shipped profiles and the file's own models */
    size_t model_count;
    struct config_public open; /* "public" in the file */
    struct config_tls tls;
    char **proxy; /* addresses whose X-Forwarded-For is believed */
    size_t proxy_count;
    struct config_smtp smtp;
    struct config_notices notices;
    struct config_map map;
    struct config_labels labels;
    struct config_hub hub;
    int references; /* atomic; by config_ref and config_unref alone */
};

struct config_fault {
    int line, column; /* from 1 */
    char text[256];   /* message with a hint: unknown key "prot": did you mean "port"? */
};

struct config_faults {
    char file[256];
    struct config_fault *items; /* owned; in order of place */
    size_t count;
};

/* Reads, checks and completes a config file. Blocks on the disk: at start or on the pool.
 * ERR_OK: *config (one reference, the caller's) and no faults. ERR_INVALID: faults filled.
 * ERR_NOT_FOUND, ERR_DISK, ERR_NO_MEMORY: one fault that says so. *faults is always initialised;
 * free it with config_faults_finish. */
enum err config_load(const char *path, struct config **config, struct config_faults *faults);

/* Same, from memory; name is used in messages and base for relative paths. For tests and fuzzing.
 */
enum err config_parse(const char *name, const char *text, size_t n, struct config **config,
                      struct config_faults *faults);

void config_faults_finish(struct config_faults *faults);

struct config *config_ref(struct config *config);
void config_unref(struct config *config); /* NULL is harmless */

const struct config_machine *config_machine(const struct config *config, const char *id);
const struct config_site *config_site(const struct config *config, const char *id);
const struct config_part *config_part(const struct config *config, const char *id);
const struct config_product *config_product(const struct config *config, const char *id);
const struct profile *config_model(const struct config *config, const char *id);

#endif
