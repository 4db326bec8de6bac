/* SPDX-License-Identifier: Apache-2.0 */
/* Columns: name, type, when a reload takes it over, then what differs from the usual. */
#include "options.h"

#include "entries.h"
#include "load.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define AT(s, field) .offset = offsetof(struct s, field)
#define TEXT(s, field) AT(s, field), .size = sizeof((struct s *)0)->field
#define LIST(s, field) AT(s, field), .count_offset = offsetof(struct s, field##_count)
#define LISTS(owner, field)                                                                        \
    AT(owner, field##s), .count_offset = offsetof(struct owner, field##_count)

/* clang-format off */
static const struct option shift_rows[] = {
    {"id", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_shift, id), .form = FORM_ID,
     .help = "Short name: \"matin\""},
    {"hours", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_shift, hours),
     .form = FORM_HOURS, .help = "\"Mo-Fr 06:00-14:00\"; a night: \"22:00-24:00,00:00-06:00\""},
};
static const struct option_table shift_table = {"shift", shift_rows, COUNT(shift_rows),
                                                sizeof(struct config_shift)};

static const struct option site_rows[] = {
    {"id", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_site, id), .form = FORM_ID,
     .help = "Short name, never changed: \"caen\""},
    {"name", OPTION_TEXT, RELOAD_LIVE, TEXT(config_site, name),
     .help = "What people call it; the id unless given"},
    {"town", OPTION_TEXT, RELOAD_LIVE, TEXT(config_site, town), .help = "The town it is in"},
    {"lat", OPTION_NUMBER, RELOAD_LIVE, AT(config_site, lat), .min = -90, .max = 90,
     .help = "Latitude in degrees, north positive"},
    {"lon", OPTION_NUMBER, RELOAD_LIVE, AT(config_site, lon), .min = -180, .max = 180,
     .help = "Longitude in degrees, east positive"},
    {"max_heating", OPTION_INT, RELOAD_LIVE, AT(config_site, max_heating), .max = 1000, .preset = "0",
     .help = "Machines that may heat up at the same time (the site's fuse); 0: no limit"},
    {"hours", OPTION_TEXT, RELOAD_LIVE, TEXT(config_site, hours), .preset = "\"24/7\"",
     .form = FORM_HOURS, .help = "When somebody is there: \"Mo-Fr 08:00-18:00; Sa 09:00-12:00\""},
    {"quiet", OPTION_TEXT, RELOAD_LIVE, TEXT(config_site, quiet), .form = FORM_HOURS,
     .help = "Hours in which noisy machines do not start: \"22:00-24:00,00:00-07:00\"; none unless given"},
    {"clear_min", OPTION_NUMBER, RELOAD_LIVE, AT(config_site, clear_min), .max = 600, .preset = "10",
     .help = "Minutes a finished run usually waits until somebody who is there clears the bed"},
    {"assembly", OPTION_BOOLEAN, RELOAD_LIVE, AT(config_site, assembly), .preset = "false",
     .help = "Kits are put together here"},
    {"shifts", OPTION_OBJECTS, RELOAD_LIVE, LISTS(config_site, shift), .max = SITE_SHIFTS_MAX,
     .table = &shift_table,
     .help = "For reports by shift; unless given there is one, \"open\": the opening hours"},
    {"contact", OPTION_TEXT, RELOAD_LIVE, TEXT(config_site, contact),
     .help = "On labels of what is made here, in place of that of \"labels\""},
};
static const struct option_table site_table = {"site", site_rows, COUNT(site_rows),
                                               sizeof(struct config_site)};

static const struct option machine_rows[] = {
    {"id", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(config_machine, id), .form = FORM_ID,
     .help = "Short name, never changed: \"caen-p01\"; write it on the machine"},
    {"site", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(config_machine, site),
     .help = "The id of the site it stands at"},
    {"model", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(config_machine, model),
     .help = "The profile it follows: a shipped one or one of \"models\""},
    {"port", OPTION_TEXT, RELOAD_MACHINE, OPTION_REQUIRED, TEXT(config_machine, port),
     .form = FORM_PORT,
     .help = "Where it is plugged in: /dev/serial/by-id/..., usb:VID:PID[:SERIAL], tcp://HOST:PORT"},
    {"baud", OPTION_INT, RELOAD_MACHINE, AT(config_machine, baud), .min = 1200, .max = 2000000,
     .form = FORM_BAUD, .help = "Serial speed; the model's unless given"},
    {"material", OPTION_TEXT, RELOAD_MACHINE, TEXT(config_machine, material),
     .help = "What is loaded: \"PETG\"; the model's unless given"},
    {"reset_on_connect", OPTION_BOOLEAN, RELOAD_MACHINE, AT(config_machine, reset_on_connect),
     .preset = "true", .help = "Opening the port may reset the board"},
    {"profile", OPTION_OBJECT, RELOAD_MACHINE, OPTION_LATE, AT(config_machine, profile),
     .table = &options_profile, .help = "What differs from the model on this machine alone"},
};
const struct option_table options_machine = {"machine", machine_rows, COUNT(machine_rows),
                                                  sizeof(struct config_machine)};

static const struct option text_rows[] = {
    {"fr", OPTION_TEXT, RELOAD_LIVE, TEXT(config_text, fr), .help = "In French"},
    {"en", OPTION_TEXT, RELOAD_LIVE, TEXT(config_text, en), .help = "In English"},
};
static const struct option_table text_table = {"text", text_rows, COUNT(text_rows),
                                               sizeof(struct config_text)};

static const struct option step_rows[] = {
    {"id", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_step, id), .form = FORM_ID,
     .help = "Short name, never changed: \"lavage\"; what is in stock is remembered by it"},
    {"name", OPTION_OBJECT, RELOAD_LIVE, AT(config_step, name), .table = &text_table,
     .help = "What people call it; the id unless given"},
    {"kind", OPTION_WORD, RELOAD_LIVE, AT(config_step, kind),
     .words = "deburr wash rest inspect pack other", .preset = "\"other\"", .help = "What it is"},
    {"minutes", OPTION_NUMBER, RELOAD_LIVE, AT(config_step, minutes), .max = 100000,
     .help = "How long it takes, for people to know"},
    {"method", OPTION_TEXT, RELOAD_LIVE, TEXT(config_step, method),
     .help = "How it is done; written down with each batch: \"eau de Javel 0,5 %, 20 min\""},
    {"gate", OPTION_BOOLEAN, RELOAD_LIVE, AT(config_step, gate), .preset = "false",
     .help = "What has not passed it is neither put together nor shipped"},
};
static const struct option_table step_table = {"step", step_rows, COUNT(step_rows),
                                               sizeof(struct config_step)};

#define STEPS(s, field)                                                                            \
    {"steps", OPTION_OBJECTS, RELOAD_LIVE, AT(s, field steps),                                     \
     .count_offset = offsetof(struct s, field step_count), .max = HAND_STEPS_MAX,                  \
     .table = &step_table, .help = "Work by hand on each of them, in its order; none unless given"}

#define PART_ROWS(s, field)                                                                        \
    {"id", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(s, field id), .form = FORM_ID,          \
     .help = "Short name, never changed: \"ecran\""},                                              \
    {"name", OPTION_TEXT, RELOAD_LIVE, TEXT(s, field name),                                        \
     .help = "What people call it; the id unless given"},                                          \
    {"version", OPTION_TEXT, RELOAD_LIVE, TEXT(s, field version),                                  \
     .help = "Of its drawing, for labels: \"RC3 n2\""},                                           \
    {"process", OPTION_WORD, RELOAD_LIVE, AT(s, field process), .words = "print laser buy other",  \
     .preset = "\"other\"", .help = "How it comes to be"},                                         \
    {"grams", OPTION_NUMBER, RELOAD_LIVE, AT(s, field grams), .max = 100000,                       \
     .help = "Material of one piece"},                                                             \
    {"minutes", OPTION_NUMBER, RELOAD_LIVE, AT(s, field minutes), .max = 100000,                   \
     .help = "Machine time of one piece, until it is measured"},                                   \
    {"material", OPTION_TEXT, RELOAD_LIVE, TEXT(s, field material),                                \
     .help = "Bought: what machines are loaded with, \"PETG\"; runs take it from stock"},          \
    {"unit", OPTION_WORD, RELOAD_LIVE, AT(s, field unit), .words = "piece gram",                   \
     .preset = "\"piece\"",                                                                        \
     .help = "What stock counts: pieces (of a material: a sheet a run), or grams"},                \
    {"cover_days", OPTION_NUMBER, RELOAD_LIVE, AT(s, field cover_days), .max = 1000,               \
     .preset = "3", .help = "Bought: warn when what there is lasts fewer days"},                   \
    STEPS(s, field)

static const struct option part_rows[] = {
    PART_ROWS(config_part, ),
};
static const struct option_table part_table = {"part", part_rows, COUNT(part_rows),
                                               sizeof(struct config_part)};

static const struct option product_part_rows[] = {
    PART_ROWS(part_entry, part.),
    {"seconds", OPTION_NUMBER, RELOAD_LIVE, AT(part_entry, seconds), .max = 6000000,
     .help = "The same in seconds; added to minutes"},
    {"qty", OPTION_INT64, RELOAD_LIVE, AT(part_entry, quantity), .min = 1, .max = 10000,
     .preset = "1", .help = "Pieces in one kit"},
};
const struct option_table options_product_part = {
    "part", product_part_rows, COUNT(product_part_rows), sizeof(struct part_entry)};

static const struct option product_rows[] = {
    {"id", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_product, id), .form = FORM_ID,
     .help = "Short name, never changed: \"visiere\""},
    {"name", OPTION_TEXT, RELOAD_LIVE, TEXT(config_product, name),
     .help = "What people call it; the id unless given"},
    {"parts", OPTION_PARTS, RELOAD_LIVE, OPTION_REQUIRED | OPTION_LATE, AT(config_product, bom),
     .table = &options_product_part,
     .help = "What one kit takes, of parts and of other products: {\"ecran\": 1}, or a list of parts in full with their \"qty\""},
    {"pack", OPTION_INT64, RELOAD_LIVE, AT(config_product, pack), .max = 100000,
     .help = "Kits in a parcel"},
    {"version", OPTION_TEXT, RELOAD_LIVE, TEXT(config_product, version),
     .help = "Of the whole, for labels: \"RC3 n2\""},
    {"cleaning", OPTION_OBJECT, RELOAD_LIVE, AT(config_product, cleaning), .table = &text_table,
     .help = "On labels: what is to be done before use"},
    {"notice", OPTION_OBJECT, RELOAD_LIVE, AT(config_product, notice), .table = &text_table,
     .help = "On labels: what the rules ask for, in small print"},
    STEPS(config_product, ),
};
static const struct option_table product_table = {"product", product_rows, COUNT(product_rows),
                                                  sizeof(struct config_product)};

static const struct option public_rows[] = {
    {"listen", OPTION_TEXTS, RELOAD_RESTART, LIST(config_public, listen), .max = 16,
     .form = FORM_LISTEN, .help = "Addresses that serve the public pages and nothing else"},
};
static const struct option_table public_table = {"public", public_rows, COUNT(public_rows),
                                                 sizeof(struct config_public)};

static const struct option tls_rows[] = {
    {"certificate", OPTION_TEXT, RELOAD_RESTART, OPTION_REQUIRED, TEXT(config_tls, certificate),
     .form = FORM_PATH, .help = "PEM file with the certificate and its chain"},
    {"key", OPTION_TEXT, RELOAD_RESTART, OPTION_REQUIRED, TEXT(config_tls, key), .form = FORM_PATH,
     .help = "PEM file with its private key"},
};
static const struct option_table tls_table = {"tls", tls_rows, COUNT(tls_rows),
                                              sizeof(struct config_tls)};

static const struct option smtp_rows[] = {
    {"url", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_smtp, url), .form = FORM_SMTP,
     .help = "The mail relay: \"smtp://127.0.0.1:25\""},
    {"from", OPTION_TEXT, RELOAD_LIVE, OPTION_REQUIRED, TEXT(config_smtp, from), .form = FORM_MAIL,
     .help = "Sender of our mails"},
    {"tls", OPTION_WORD, RELOAD_LIVE, AT(config_smtp, tls), .words = "auto always never",
     .preset = "\"auto\"", .help = "STARTTLS: auto: when offered, always with a password, not on this computer itself"},
    {"ca", OPTION_TEXT, RELOAD_LIVE, TEXT(config_smtp, ca), .form = FORM_PATH,
     .help = "PEM file the relay's certificate is checked against; the system's unless given"},
};
static const struct option_table smtp_table = {"smtp", smtp_rows, COUNT(smtp_rows),
                                               sizeof(struct config_smtp)};

static const struct option notices_rows[] = {
    {"private", OPTION_BOOLEAN, RELOAD_LIVE, AT(config_notices, private_allowed), .preset = "false",
     .help = "Webhooks of people may lead into private networks, as 192.168.0.0/16 or this computer"},
    {"bundle_s", OPTION_INT, RELOAD_LIVE, AT(config_notices, bundle_s), .max = 3600,
     .preset = "60", .help = "What is to be told is gathered for so many seconds into one message"},
    {"pace_s", OPTION_INT, RELOAD_LIVE, AT(config_notices, pace_s), .max = 86400,
     .preset = "300", .help = "Seconds between two messages of one rule, at least"},
    {"retry_s", OPTION_INT, RELOAD_LIVE, AT(config_notices, retry_s), .min = 1, .max = 3600,
     .preset = "30", .help = "Seconds until a message that did not arrive is tried again; doubles each time"},
};
static const struct option_table notices_table = {"notices", notices_rows, COUNT(notices_rows),
                                                  sizeof(struct config_notices)};

static const struct option map_rows[] = {
    {"tile_url", OPTION_TEXT, RELOAD_LIVE, TEXT(config_map, tile_url), .form = FORM_HTTP,
     .help = "Map tiles \"https://.../{z}/{x}/{y}.png\"; null: the outlines that come with us"},
};
static const struct option_table map_table = {"map", map_rows, COUNT(map_rows),
                                              sizeof(struct config_map)};

static const struct option labels_rows[] = {
    {"contact", OPTION_TEXT, RELOAD_LIVE, TEXT(config_labels, contact),
     .help = "Whom to write to or call: of the coordination, not a person's"},
};
static const struct option_table labels_table = {"labels", labels_rows, COUNT(labels_rows),
                                                 sizeof(struct config_labels)};

static const struct option hub_rows[] = {
    {"url", OPTION_TEXT, RELOAD_RESTART, OPTION_REQUIRED, TEXT(config_hub, url), .form = FORM_HTTP,
     .help = "The hub's address: \"https://usine.example.org\""},
    {"ca", OPTION_TEXT, RELOAD_RESTART, TEXT(config_hub, ca), .form = FORM_PATH,
     .help = "PEM file its certificate is checked against; the system's unless given"},
};
static const struct option_table hub_table = {"hub", hub_rows, COUNT(hub_rows),
                                              sizeof(struct config_hub)};

static const struct option config_rows[] = {
    {"$schema", OPTION_TEXT, RELOAD_LIVE, OPTION_LATE,
     .help = "For editors: the path of config.schema.json; not read by us"},
    {"role", OPTION_WORD, RELOAD_RESTART, AT(config, role), .words = "standalone hub site",
     .preset = "\"standalone\"", .help = "standalone: all in one; hub: no machines; site: works for a hub"},
    {"listen", OPTION_TEXTS, RELOAD_RESTART, LIST(config, listen), .max = 16, .form = FORM_LISTEN,
     .preset = "[\"127.0.0.1:8750\"]", .help = "TCP addresses of pages and API; port 0: the system chooses; []: the socket only"},
    {"url", OPTION_TEXT, RELOAD_LIVE, TEXT(config, url), .form = FORM_HTTP,
     .help = "Where people reach the pages, for links: \"https://usine.example.org\"; by \"listen\" unless given"},
    {"public", OPTION_OBJECT, RELOAD_RESTART, AT(config, open), .table = &public_table,
     .help = "The pages anybody may see, on addresses of their own"},
    {"socket", OPTION_TEXT, RELOAD_RESTART, TEXT(config, socket), .form = FORM_PATH,
     .preset = "\"/run/usine/usine.sock\"", .help = "Unix socket for the usine command"},
    {"state", OPTION_TEXT, RELOAD_RESTART, TEXT(config, state), .form = FORM_PATH,
     .preset = "\"/var/lib/usine\"", .help = "Folder for database, programs and wire logs"},
    {"store", OPTION_TEXT, RELOAD_RESTART, TEXT(config, store), .form = FORM_STORE,
     .preset = "\"sqlite:usine.db\"", .help = "\"sqlite:FILE\" (in the state folder) or \"postgresql://...\""},
    {"timezone", OPTION_TEXT, RELOAD_LIVE, TEXT(config, timezone), .form = FORM_ZONE,
     .preset = "\"Europe/Paris\"", .help = "Where a day begins at midnight, for counting and hours"},
    {"language", OPTION_TEXT, RELOAD_LIVE, TEXT(config, language), .words = "fr en",
     .preset = "\"fr\"", .help = "Language of pages, mails and labels unless the reader chose"},
    {"watch", OPTION_BOOLEAN, RELOAD_LIVE, AT(config, watch), .preset = "true",
     .help = "Reload when the file changes; SIGHUP always does"},
    {"target_per_day", OPTION_INT64, RELOAD_LIVE, AT(config, target_per_day), .max = 10000000,
     .preset = "0", .help = "Kits wanted each day; 0: no target"},
    {"sites", OPTION_OBJECTS, RELOAD_LIVE, LISTS(config, site), .max = 1000, .table = &site_table,
     .help = "Places with machines and people"},
    {"machines", OPTION_OBJECTS, RELOAD_MACHINE, LISTS(config, machine), .max = 5000,
     .table = &options_machine, .help = "Printers and lasers"},
    {"models", OPTION_OBJECTS, RELOAD_MACHINE, OPTION_LATE, .max = 200, .table = &options_model,
     .help = "Machine profiles of your own; \"extends\" begins with a copy of another"},
    {"parts", OPTION_OBJECTS, RELOAD_LIVE, LISTS(config, part), .max = 500, .table = &part_table,
     .help = "Things counted in pieces; products name them"},
    {"products", OPTION_OBJECTS, RELOAD_LIVE, LISTS(config, product), .max = 100,
     .table = &product_table, .help = "Kits of parts"},
    {"tls", OPTION_OBJECT, RELOAD_RESTART, AT(config, tls), .table = &tls_table,
     .help = "HTTPS by the daemon itself"},
    {"proxy", OPTION_TEXTS, RELOAD_LIVE, LIST(config, proxy), .max = 16, .form = FORM_HOST,
     .help = "Addresses of the HTTPS proxy in front, whose word on the visitor's address counts"},
    {"smtp", OPTION_OBJECT, RELOAD_LIVE, AT(config, smtp), .table = &smtp_table,
     .help = "How mails leave"},
    {"notices", OPTION_OBJECT, RELOAD_LIVE, AT(config, notices), .table = &notices_table,
     .help = "How people are told of what needs them"},
    {"map", OPTION_OBJECT, RELOAD_LIVE, AT(config, map), .table = &map_table,
     .help = "The map of needs"},
    {"labels", OPTION_OBJECT, RELOAD_LIVE, AT(config, labels), .table = &labels_table,
     .help = "What stands on every label"},
    {"hub", OPTION_OBJECT, RELOAD_RESTART, AT(config, hub), .table = &hub_table,
     .help = "Role site: who it works for"},
};
const struct option_table options_config = {"config", config_rows, COUNT(config_rows),
                                            sizeof(struct config)};
/* clang-format on */

#undef COUNT
#undef AT
#undef TEXT
#undef LIST
#undef LISTS
#undef PART_ROWS
#undef STEPS
