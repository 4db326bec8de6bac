/* SPDX-License-Identifier: Apache-2.0 */
#include "words.h"

#include "run.h"
#include "show.h"
#include "show_forecast.h"
#include "show_list.h"
#include "show_lot.h"
#include "show_notices.h"
#include "show_people.h"
#include "show_step.h"
#include "show_stock.h"
#include "show_throughput.h"
#include "words_declared.h"
#include "words_goods.h"
#include "words_labels.h"
#include "words_notices.h"

/* clang-format off */
static const struct option_row machines_options[] = {
    { "--site",  "site",  OPTION_TEXT, false, "SITE",  "only machines of this site" },
    { "--state", "state", OPTION_TEXT, false, "STATE", "only machines in this state" },
    { 0 },
};
static const struct option_row clear_options[] = {
    { "--good",   "good",   OPTION_PART_NUMBER, false, "[PART=]N", "good pieces; without it: all that is not scrap" },
    { "--scrap",  "scrap",  OPTION_PART_NUMBER, false, "[PART=]N", "pieces that are no good" },
    { "--reason", "reason", OPTION_PART_TEXT,   false, "[PART=]R", "why" },
    { "--hold",   "hold_s", OPTION_NUMBER,      false, "S", "seconds the next start waits for a change of mind" },
    { 0 },
};
static const struct option_row estop_options[] = {
    { "--site", "site", OPTION_TEXT, false, "SITE", "only this site; without it: everything" },
    { 0 },
};
static const struct option_row jobs_options[] = {
    { "--state", "state", OPTION_TEXT, false, "STATE", "open, held, cancelled or done" },
    { "--part",  "part",  OPTION_TEXT, false, "PART",  "only jobs for this part" },
    { 0 },
};
static const struct option_row job_add_options[] = {
    { "--part",     "part",     OPTION_TEXT,   true,  "PART", "what to make" },
    { "--quantity", "quantity", OPTION_NUMBER, true,  "N",    "good pieces wanted" },
    { "--priority", "priority", OPTION_NUMBER, false, "0-9",  "9 goes first; 5 without it" },
    { "--due",      "due",      OPTION_TEXT,   false, "DATE", "2020-04-07 or 2020-04-07T18:00:00Z" },
    { "--site",     "sites",    OPTION_LIST,   false, "S…",   "only these sites" },
    { "--prefer",   "preferred", OPTION_LIST,  false, "M…",   "machines it goes first on" },
    { "--exclude",  "excluded", OPTION_LIST,   false, "M…",   "machines it is not for" },
    { "--note",     "note",     OPTION_TEXT,   false, "TEXT", "for people" },
    { "--hold",     "hold",     OPTION_FLAG,   false, "",     "add it held" },
    { 0 },
};
static const struct option_row job_set_options[] = {
    { "--quantity", "quantity", OPTION_NUMBER, false, "N",    "good pieces wanted" },
    { "--priority", "priority", OPTION_NUMBER, false, "0-9",  "9 goes first" },
    { "--due",      "due",      OPTION_TEXT,   false, "DATE", "a date, or none" },
    { "--site",     "sites",    OPTION_LIST,   false, "S…",   "only these sites" },
    { "--prefer",   "preferred", OPTION_LIST,  false, "M…",   "machines it goes first on" },
    { "--exclude",  "excluded", OPTION_LIST,   false, "M…",   "machines it is not for" },
    { "--note",     "note",     OPTION_TEXT,   false, "TEXT", "for people" },
    { 0 },
};
static const struct option_row runs_options[] = {
    { "--machine", "machine", OPTION_TEXT,   false, "ID", "only runs of this machine" },
    { "--job",     "job",     OPTION_NUMBER, false, "ID", "only runs of this job" },
    { "--before",  "before",  OPTION_NUMBER, false, "ID", "only older runs" },
    { "--limit",   "limit",   OPTION_NUMBER, false, "N",  "at most so many; 100 without it" },
    { 0 },
};
static const struct option_row programs_options[] = {
    { "--part",    "part",    OPTION_TEXT, false, "PART", "only programs for this part" },
    { "--removed", "removed", OPTION_FLAG, false, "",     "also removed ones" },
    { 0 },
};
static const struct option_row program_add_options[] = {
    { "--model", "model", OPTION_LIST, true,  "M…",      "machine models it is made for" },
    { "--yield", "yield", OPTION_LIST, true,  "PART=N…", "pieces that one run makes" },
    { "--name",  "name",  OPTION_TEXT, false, "NAME",    "without it: the file's" },
    { 0 },
};
static const struct option_row program_set_options[] = {
    { "--yield", "yield", OPTION_LIST, false, "PART=N…", "pieces that one run makes" },
    { "--name",  "name",  OPTION_TEXT, false, "NAME",    "what people call it" },
    { 0 },
};
static const struct option_row throughput_options[] = {
    { "--day",     "day",     OPTION_TEXT, false, "D",    "one day, as 2020-04-07; without it: today" },
    { "--from",    "from",    OPTION_TEXT, false, "D",    "first day" },
    { "--to",      "to",      OPTION_TEXT, false, "D",    "last day" },
    { "--site",    "site",    OPTION_TEXT, false, "SITE", "only this site" },
    { "--machine", "machine", OPTION_TEXT, false, "ID",   "only this machine" },
    { "--part",    "part",    OPTION_TEXT, false, "PART", "only this part" },
    { "--group",   "group",   OPTION_TEXT, false, "WORDS", "by day, site, machine, model, part, shift or reason; several with commas" },
    { 0 },
};
static const struct option_row orders_options[] = {
    { "--state",   "state",   OPTION_TEXT, false, "STATE",   "open, held, cancelled or done" },
    { "--product", "product", OPTION_TEXT, false, "PRODUCT", "only orders of this product" },
    { 0 },
};
static const struct option_row order_add_options[] = {
    { "--product",  "product",  OPTION_TEXT,   true,  "PRODUCT", "which kit" },
    { "--quantity", "quantity", OPTION_NUMBER, true,  "N",       "kits wanted" },
    { "--due",      "due",      OPTION_TEXT,   false, "DATE",    "2020-04-07 or 2020-04-07T18:00:00Z" },
    { "--for",      "for",      OPTION_TEXT,   false, "NAME",    "who wants them" },
    { "--priority", "priority", OPTION_NUMBER, false, "0-9",     "9 goes first; 5 without it" },
    { "--hold",     "hold",     OPTION_FLAG,   false, "",        "add it held" },
    { 0 },
};
static const struct option_row order_set_options[] = {
    { "--quantity", "quantity", OPTION_NUMBER, false, "N",    "kits wanted" },
    { "--due",      "due",      OPTION_TEXT,   false, "DATE", "a date, or none" },
    { "--for",      "for",      OPTION_TEXT,   false, "NAME", "who wants them" },
    { "--priority", "priority", OPTION_NUMBER, false, "0-9",  "9 goes first" },
    { 0 },
};
static const struct option_row forecast_options[] = {
    { "--what-if", "what_if", OPTION_LIST, false, "CHANGE…", "\"+3 MODEL@SITE\", \"hours SITE 08:00-22:00\", \"operators SITE +2\", \"close SITE\", \"stock PART +500\"" },
    { "--fresh",   "fresh",   OPTION_FLAG, false, "",        "as things are now, not some minutes ago" },
    { 0 },
};
static const struct option_row log_options[] = {
    { "--machine", "machine", OPTION_TEXT,   false, "ID", "only about this machine" },
    { "--limit",   "limit",   OPTION_NUMBER, false, "N",  "at most so many; 100 without it" },
    { "--after",   "after",   OPTION_NUMBER, false, "N",  "only after this one" },
    { 0 },
};
static const struct option_row user_options[] = {
    { "--role",     "role",     OPTION_TEXT,   false, "ROLE", "viewer, operator, technician, coordinator or admin" },
    { "--site",     "sites",    OPTION_LIST,   false, "S…",   "only at these sites; without it: at all" },
    { "--name",     "name",     OPTION_TEXT,   false, "NAME", "what people call them" },
    { "--language", "language", OPTION_TEXT,   false, "L",    "fr or en" },
    { "--disabled", "disabled", OPTION_YES_NO, false, "yes|no", "may not get in, for now" },
    { 0 },
};
static const struct option_row token_add_options[] = {
    { "--name",    "name",    OPTION_TEXT, true,  "NAME", "what it is for" },
    { "--kind",    "kind",    OPTION_TEXT, false, "KIND", "api, slicer or site; api without it" },
    { "--role",    "role",    OPTION_TEXT, false, "ROLE", "what it may; viewer without it" },
    { "--site",    "sites",   OPTION_LIST, false, "S…",   "only at these sites; without it: at all" },
    { "--user",    "user",    OPTION_TEXT, false, "LOGIN", "acts for this person, within their roles" },
    { "--expires", "expires", OPTION_TEXT, false, "DATE", "2026-12-31; without it: when it is removed" },
    { 0 },
};
static const struct option_row tablet_add_options[] = {
    { "--site", "site", OPTION_TEXT, true, "SITE", "where it stays" },
    { "--name", "name", OPTION_TEXT, true, "NAME", "what people call it" },
    { 0 },
};
static const struct option_row audit_options[] = {
    { "--who",     "who",     OPTION_TEXT,   false, "LOGIN", "only what this one did" },
    { "--command", "command", OPTION_TEXT,   false, "NAME",  "only this: machine.unlock" },
    { "--limit",   "limit",   OPTION_NUMBER, false, "N",     "at most so many; 100 without it" },
    { "--before",  "before",  OPTION_NUMBER, false, "N",     "only before this row" },
    { 0 },
};
static const struct option_row verify_options[] = {
    { "--head", "head", OPTION_TEXT, false, "HASH", "a head noted earlier: is it still in the log?" },
    { 0 },
};

#define API "/api/v1"
#define NO_REST .rest = "", .rest_name = ""
#define DO(word, text) \
    { .words = "machine * " word, .method = "POST", .path = API "/machines/{id}/" word, NO_REST, \
      .show = show_message, .help = text }

const struct word word_table[] = {
    { .words = "status", .method = "GET", .path = API "/status", NO_REST, .show = show_status,
      .help = "today's counts, sites, and who waits for a person" },
    { .words = "watch", .method = "GET", .path = API "/events", NO_REST, .run = run_watch,
      .help = "all machines, live" },
    { .words = "machines", .method = "GET", .path = API "/machines", .options = machines_options,
      NO_REST, .show = show_machines, .help = "all machines" },
    { .words = "machine *", .method = "GET", .path = API "/machines/{id}", NO_REST,
      .show = show_object, .help = "one machine" },
    { .words = "machine * clear", .method = "POST", .path = API "/machines/{id}/clear",
      .options = clear_options, NO_REST, .show = show_message,
      .help = "its bed is empty: count the pieces, let the next run start" },
    DO("withdraw", "no, its bed is not clear"),
    DO("pause",    "hold it"),
    DO("resume",   "go on after a pause"),
    DO("cancel",   "end its run now"),
    DO("estop",    "emergency stop"),
    DO("unlock",   "unlock it, after having looked at it"),
    DO("test",     "test its link"),
    { .words = "machine * send", .method = "POST", .path = API "/machines/{id}/send",
      .rest = "line", .rest_needed = true, .rest_name = "LINE", .show = show_message,
      .help = "send one line" },
    DO("out",      "take it out of service"),
    DO("in",       "put it back in service"),
    { .words = "machine * load", .method = "POST", .path = API "/machines/{id}/load",
      .options = load_options, NO_REST, .show = show_message,
      .help = "say what spool or sheets are loaded" },
    { .words = "machine * wire", .method = "GET", .path = API "/machines/{id}/wire", NO_REST,
      .show = show_wire, .help = "its last lines on the wire" },
    { .words = "estop", .method = "POST", .path = API "/estop", .options = estop_options, NO_REST,
      .show = show_message, .help = "emergency stop of a site, or of everything" },
    { .words = "jobs", .method = "GET", .path = API "/jobs", .options = jobs_options, NO_REST,
      .show = show_jobs, .help = "all jobs" },
    { .words = "job *", .method = "GET", .path = API "/jobs/{id}", NO_REST, .show = show_object,
      .help = "one job" },
    { .words = "job add", .method = "POST", .path = API "/jobs", .options = job_add_options,
      NO_REST, .show = show_id, .help = "ask for N of a part; prints the job's number" },
    { .words = "job set *", .method = "PATCH", .path = API "/jobs/{id}",
      .options = job_set_options, NO_REST, .show = show_object, .help = "change a job" },
    { .words = "job hold *", .method = "POST", .path = API "/jobs/{id}/hold", NO_REST,
      .show = show_object, .help = "start no more runs of it" },
    { .words = "job release *", .method = "POST", .path = API "/jobs/{id}/release", NO_REST,
      .show = show_object, .help = "go on with it" },
    { .words = "job cancel *", .method = "POST", .path = API "/jobs/{id}/cancel", NO_REST,
      .show = show_object, .help = "give it up" },
    { .words = "runs", .method = "GET", .path = API "/runs", .options = runs_options, NO_REST,
      .show = show_runs, .help = "runs, newest first" },
    { .words = "run *", .method = "GET", .path = API "/runs/{id}", NO_REST, .show = show_object,
      .help = "one run" },
    { .words = "run * wire", .method = "GET", .path = API "/runs/{id}/wire", NO_REST,
      .run = run_raw, .help = "the last lines on the wire of a failed run" },
    { .words = "program add", .method = "POST", .path = API "/programs",
      .options = program_add_options, .rest = "file", .rest_needed = true, .rest_name = "FILE",
      .show = show_added_program, .run = run_upload, .help = "upload G-code; it is checked" },
    { .words = "program list", .method = "GET", .path = API "/programs",
      .options = programs_options, NO_REST, .show = show_programs, .help = "all programs" },
    { .words = "programs", .method = "GET", .path = API "/programs", .options = programs_options,
      NO_REST, .show = show_programs, .help = "" },
    { .words = "program show *", .method = "GET", .path = API "/programs/{id}", NO_REST,
      .show = show_added_program, .help = "one program, with its report" },
    { .words = "program set *", .method = "PATCH", .path = API "/programs/{id}",
      .options = program_set_options, NO_REST, .show = show_added_program,
      .help = "name it, or say what a run of it makes" },
    { .words = "program gcode *", .method = "GET", .path = API "/programs/{id}/gcode", NO_REST,
      .run = run_raw, .help = "its G-code" },
    { .words = "program remove *", .method = "DELETE", .path = API "/programs/{id}", NO_REST,
      .show = show_message, .help = "hand it out no more" },
    { .words = "orders", .method = "GET", .path = API "/orders", .options = orders_options, NO_REST,
      .show = show_orders, .help = "all orders, and what holds each back" },
    { .words = "order *", .method = "GET", .path = API "/orders/{id}", NO_REST, .show = show_order,
      .help = "one order, part by part" },
    { .words = "order add", .method = "POST", .path = API "/orders", .options = order_add_options,
      NO_REST, .show = show_id, .help = "order N kits of a product; prints the order's number" },
    { .words = "order set *", .method = "PATCH", .path = API "/orders/{id}",
      .options = order_set_options, NO_REST, .show = show_order, .help = "change an order" },
    { .words = "order hold *", .method = "POST", .path = API "/orders/{id}/hold", NO_REST,
      .show = show_order, .help = "make no more for it" },
    { .words = "order release *", .method = "POST", .path = API "/orders/{id}/release", NO_REST,
      .show = show_order, .help = "go on with it" },
    { .words = "order cancel *", .method = "POST", .path = API "/orders/{id}/cancel", NO_REST,
      .show = show_order, .help = "give it up; its kits in stock go to other orders" },
    { .words = "stock", .method = "GET", .path = API "/stock", .options = stock_options, NO_REST,
      .show = show_stock, .help = "what there is at each site, and the kits it makes" },
    { .words = "stock receive", .method = "POST", .path = API "/stock/receive",
      .options = receive_options, NO_REST, .show = show_message, .help = "book in what came" },
    { .words = "stock move", .method = "POST", .path = API "/stock/move",
      .options = move_options, NO_REST, .show = show_message, .help = "send pieces to another site" },
    { .words = "stock assemble", .method = "POST", .path = API "/stock/assemble",
      .options = assemble_options, NO_REST, .show = show_message,
      .help = "count kits that were put together" },
    { .words = "stock discard", .method = "POST", .path = API "/stock/discard",
      .options = discard_options, NO_REST, .show = show_message,
      .help = "throw away what was found bad after all" },
    { .words = "stock ship", .method = "POST", .path = API "/stock/ship", .options = ship_options,
      NO_REST, .show = show_message, .help = "give goods away, for good" },
    DECLARED_WORDS
    { .words = "lot *", .method = "GET", .path = API "/lots/{id}", NO_REST, .show = show_lot,
      .help = "what a lot was made of, by whom, and what became of it" },
    { .words = "lot * label", .method = "GET", .path = API "/lots/{id}/label",
      .options = lot_label_options, .rest = "file", .rest_needed = true, .rest_name = "FILE",
      .run = run_save, .help = "labels of a lot, as a PDF to print" },
    { .words = "lot block *", .method = "POST", .path = API "/lots/{id}/block",
      .options = lot_word_options, NO_REST, .show = show_message,
      .help = "let nobody use any of it until it is released" },
    { .words = "lot release *", .method = "POST", .path = API "/lots/{id}/release",
      .options = lot_word_options, NO_REST, .show = show_message,
      .help = "let its pieces be used again" },
    { .words = "labels", .method = "GET", .path = API "/labels", .options = labels_options,
      .rest = "file", .rest_needed = true, .rest_name = "FILE", .run = run_save,
      .help = "labels of the machines, as a PDF to print" },
    { .words = "recall *", .method = "GET", .path = API "/lots/{id}", NO_REST,
      .show = show_recall, .help = "where all of a lot is, and who was given some" },
    { .words = "stock count", .method = "POST", .path = API "/stock/count",
      .options = count_options, NO_REST, .show = show_message, .help = "say how many there really are" },
    { .words = "steps", .method = "GET", .path = API "/steps", .options = steps_options, NO_REST,
      .show = show_steps, .help = "what waits for work by hand, the oldest lot first" },
    { .words = "step batches", .method = "GET", .path = API "/steps/batches",
      .options = step_batches_options, NO_REST, .show = show_batches,
      .help = "the last batches, and what of them may be taken back" },
    { .words = "step", .method = "POST", .path = API "/steps", .options = step_options,
      .rest = "step", .rest_needed = true, .rest_name = "STEP", .show = show_message,
      .help = "count a batch of work by hand that is done" },
    { .words = "step back", .method = "POST", .path = API "/steps/back",
      .options = step_back_options, .rest = "step", .rest_needed = true, .rest_name = "STEP",
      .show = show_message, .help = "take one back: the pieces wait again" },
    { .words = "throughput", .method = "GET", .path = API "/throughput",
      .options = throughput_options, NO_REST, .show = show_throughput,
      .help = "what was made, and where the time went" },
    { .words = "forecast", .method = "GET", .path = API "/forecast",
      .options = forecast_options, NO_REST, .show = show_forecast,
      .help = "what today ends with, when orders are done, and what limits" },
    { .words = "shares *", .method = "GET", .path = API "/jobs/{id}/shares", NO_REST,
      .show = show_shares, .help = "what each site could take of a job" },
    { .words = "why *", .method = "GET", .path = API "/jobs/{id}/why", .rest = "machine",
      .rest_name = "[MACHINE]", .show = show_why, .help = "why a job is not being made" },
    { .words = "ports", .method = "GET", .path = API "/ports", NO_REST, .show = show_ports,
      .help = "what is plugged in, and its config line" },
    { .words = "log", .method = "GET", .path = API "/log", .options = log_options, NO_REST,
      .show = show_log, .help = "what happened lately" },
    { .words = "config", .method = "GET", .path = API "/config", NO_REST, .show = show_config,
      .help = "what is configured, and how the last reload went" },
    { .words = "backup", .method = "GET", .path = API "/backup", .rest = "file",
      .rest_needed = true, .rest_name = "FILE", .run = run_save,
      .help = "write a copy of the database" },
    { .words = "user list", .method = "GET", .path = API "/users", NO_REST, .show = show_users,
      .help = "who has an account" },
    { .words = "user add", .method = "POST", .path = API "/users", .options = user_options,
      .rest = "login", .rest_needed = true, .rest_name = "LOGIN", .show = show_link,
      .help = "give somebody an account; prints the link by which they set a password" },
    { .words = "user set *", .method = "PATCH", .path = API "/users/{id}",
      .options = user_options, NO_REST, .show = show_object, .help = "change what they may" },
    { .words = "user invite *", .method = "POST", .path = API "/users/{id}/invite", NO_REST,
      .show = show_link, .help = "a new link, for who has forgotten the password" },
    { .words = "user logout *", .method = "POST", .path = API "/users/{id}/logout", NO_REST,
      .show = show_message, .help = "end all their sessions" },
    { .words = "user remove *", .method = "DELETE", .path = API "/users/{id}", NO_REST,
      .show = show_message, .help = "take the account away" },
    { .words = "token list", .method = "GET", .path = API "/tokens", NO_REST,
      .show = show_tokens, .help = "all tokens, but not what they are" },
    { .words = "token add", .method = "POST", .path = API "/tokens",
      .options = token_add_options, NO_REST, .show = show_secret,
      .help = "make a token for a program; it is printed this once" },
    { .words = "token remove *", .method = "DELETE", .path = API "/tokens/{id}", NO_REST,
      .show = show_message, .help = "revoke it, at once" },
    { .words = "tablet list", .method = "GET", .path = API "/tablets", NO_REST,
      .show = show_tablets, .help = "paired tablets" },
    { .words = "tablet add", .method = "POST", .path = API "/tablets",
      .options = tablet_add_options, NO_REST, .show = show_link,
      .help = "prints the link that a tablet opens, once, to be paired" },
    { .words = "tablet remove *", .method = "DELETE", .path = API "/tablets/{id}", NO_REST,
      .show = show_message, .help = "forget a tablet, at once" },
    { .words = "notice list", .method = "GET", .path = API "/me/notices",
      .options = whose_options, NO_REST, .show = show_notices,
      .help = "what somebody wants to be told, and whether it arrives" },
    { .words = "notice add", .method = "POST", .path = API "/me/notices",
      .options = notice_add_options, .rest = "address", .rest_needed = true,
      .rest_name = "ADDRESS", .show = show_id,
      .help = "tell somebody, by mail or webhook; prints its number" },
    { .words = "notice test *", .method = "POST", .path = API "/me/notices/{id}/test",
      .options = whose_options, NO_REST, .show = show_message,
      .help = "send a test message, and say whether it was taken" },
    { .words = "notice remove *", .method = "DELETE", .path = API "/me/notices/{id}",
      .options = whose_options, NO_REST, .show = show_message, .help = "tell it no more" },
    { .words = "outbox", .method = "GET", .path = API "/outbox", .options = outbox_options,
      NO_REST, .show = show_outbox, .help = "messages to people: waiting, given up, sent" },
    { .words = "audit", .method = "GET", .path = API "/audit", .options = audit_options, NO_REST,
      .show = show_audit, .help = "who did what, newest first" },
    { .words = "audit verify", .method = "GET", .path = API "/audit/verify", .options = verify_options,
      NO_REST, .show = show_verified, .run = run_verify, .help = "has somebody had a hand in the audit log?" },
    { .words = "completion", .rest = "file", .rest_needed = true, .rest_name = "bash|zsh|fish",
      .run = run_completion, .help = "a script for the shell: eval \"$(usine completion bash)\"" },
    { .words = "complete-words", .rest = "file", .rest_name = "", .run = run_complete, .help = "" },
    { .words = "help", .rest = "file", .rest_name = "[WORD]", .run = run_help, .help = "this" },
    { 0 },
};
/* clang-format on */
