/* SPDX-License-Identifier: Apache-2.0 */
/* What keeps a job from a machine, one question each; the choice and `why` ask the same. Pure. */
#ifndef USINE_QUEUE_DISPATCH_CHECKS_H
#define USINE_QUEUE_DISPATCH_CHECKS_H

#include "dispatch.h"

/* The job itself: may anything of it be started? */
enum refusal check_job(const struct dispatch_job *job);

/* The job against the place: its sites, the machines it is not for. machine: its index in d. */
enum refusal check_place(const struct dispatch_job *job, const struct dispatch *d, size_t machine);

/* What lasts: program against machine. */
enum refusal check_suits(const struct dispatch_program *p, const struct dispatch_machine *m);

/* What passes: the machine as it is now. */
enum refusal check_machine(const struct dispatch_machine *m, int64_t now_ms);

/* A start now of a program that takes time_s: opening hours and quiet hours, and who loads. */
enum refusal check_hours(const struct dispatch_program *p, const struct dispatch_machine *m,
                         const struct dispatch_site *site, double time_s);

/* True when the program's material is not the one that is loaded. */
bool check_change(const struct dispatch_program *p, const struct dispatch_machine *m);

/* The program's entry for a model; NULL: it is not for that model. */
const struct dispatch_model *check_model(const struct dispatch_program *program, int model);

/* The index of the yield that makes the part; SIZE_MAX. */
size_t check_yield(const struct dispatch_program *program, size_t part);

#endif
