/* SPDX-License-Identifier: Apache-2.0 */
#include "press.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PRESSES = 2 }; /* drawing at once: what bounds the memory they take */

struct printing {
    uv_work_t work;
    struct office *office; /* borrowed */
    struct answer *answer; /* borrowed until it is ended */
    struct sheet sheet;    /* its labels are owned */
    enum err err;
    char *pdf; /* owned until the answer has it */
    size_t size;
};

static void on_pool(uv_work_t *work)
{
    struct printing *printing = work->data;

    printing->err = sheet_draw(&printing->sheet, &printing->pdf, &printing->size);
}

static void on_drawn(uv_work_t *work, int status)
{
    struct printing *printing = work->data;

    (void)status; /* works are never cancelled */
    printing->office->presses--;
    if (printing->err == ERR_OK)
        answer_text(printing->answer, "application/pdf", printing->pdf, printing->size);
    else
        answer_fail(printing->answer, printing->err, "the labels could not be drawn: %s",
                    err_words(printing->err));
    free(printing->sheet.labels);
    free(printing);
}

/* Why it cannot be; true: the answer was given. */
static bool refused(const struct sheet *sheet, struct answer *answer)
{
    int room = label_format_room(sheet->format);
    char text[120];

    if (sheet->start > room) {
        snprintf(text, sizeof text, "\"start\" must be 1 to %d: so many labels are on a page of %s",
                 room, sheet->format->name);
        answer_fault(answer, ERR_INVALID, "start", text, NULL);
        return true;
    }
    if (sheet_labels(sheet) > SHEET_LABELS_MAX) {
        snprintf(text, sizeof text, "these are %zu labels, and %d at most go into one document",
                 sheet_labels(sheet), SHEET_LABELS_MAX);
        answer_fault(answer, ERR_INVALID, "copies", text, NULL);
        return true;
    }
    return false;
}

void press_print(struct office *office, const struct press_job *job, struct answer *answer)
{
    struct sheet sheet = {label_format(job->args->format), (int)job->args->start, job->labels,
                          job->count};
    struct printing *printing = NULL;

    if (refused(&sheet, answer)) {
        free(job->labels);
        return;
    }
    if (office->presses < PRESSES)
        printing = calloc(1, sizeof *printing);
    if (printing == NULL) {
        free(job->labels);
        answer_fail(answer, ERR_BUSY, "too many labels are being drawn: try again");
        return;
    }
    printing->work.data = printing;
    printing->office = office;
    printing->answer = answer;
    printing->sheet = sheet;
    snprintf(answer->save_as, sizeof answer->save_as, "%.100s.pdf", job->save_as);
    office->presses++;
    uv_queue_work(office->loop, &printing->work, on_pool, on_drawn);
}
