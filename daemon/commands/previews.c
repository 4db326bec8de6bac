/* SPDX-License-Identifier: Apache-2.0 */
#include "previews.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gcode/path.h"

struct preview {
    uv_work_t work;
    struct list node;
    struct previews *previews; /* borrowed */
    struct answer *answer;     /* borrowed until it is ended */
    char file[768];
    struct profile profile;
    uint32_t layer;
    enum err err;
    char *text; /* owned until the answer has it */
    size_t size;
};

/* Hundredths of a millimetre, each as its way from the one before: half the bytes. */
static void write_stroke(FILE *out, const struct strokes *strokes, const struct stroke *stroke)
{
    long x = 0, y = 0;

    fprintf(out, "[%d,%d", stroke->works ? 1 : 0, (int)lround((double)stroke->power * 100));
    for (uint32_t i = stroke->first; i < stroke->first + stroke->count; i++) {
        long to_x = lround((double)strokes->points[i][0] * 100);
        long to_y = lround((double)strokes->points[i][1] * 100);

        fprintf(out, ",%ld,%ld", to_x - x, to_y - y);
        x = to_x;
        y = to_y;
    }
    fputc(']', out);
}

static void write_path(FILE *out, const struct path *path, const struct profile *profile)
{
    fprintf(out, "{\"kind\":\"%s\",\"layer\":%u,\"layers\":%u,\"z_mm\":",
            profile->kind == KIND_PRINTER ? "printer" : "laser", (unsigned)path->layer,
            (unsigned)path->layers);
    if (isfinite(path->z_mm))
        fprintf(out, "%.3f", path->z_mm);
    else
        fputs("null", out);
    fprintf(out, ",\"area_mm\":[%.2f,%.2f,%.2f,%.2f],\"off_mm\":%.3f,\"strokes\":[",
            profile->min_mm[0], profile->min_mm[1], profile->max_mm[0], profile->max_mm[1],
            (double)path->strokes.tolerance);
    for (size_t i = 0; i < path->strokes.count; i++) {
        if (i > 0)
            fputc(',', out);
        write_stroke(out, &path->strokes, &path->strokes.items[i]);
    }
    fputs("]}", out);
}

static bool is_of(const struct previewed *kept, const struct preview *preview)
{
    return kept->used > 0 && strcmp(kept->file, preview->file) == 0 &&
           memcmp(&kept->profile, &preview->profile, sizeof kept->profile) == 0;
}

/* Files never change: they are named by their hash. The one not used for longest makes room. */
static enum err find_layers(struct preview *preview, const struct path_index **index)
{
    struct previews *previews = preview->previews;
    struct previewed *kept = &previews->kept[0];
    enum err err;

    for (size_t i = 0; i < PREVIEWS_KEPT && !is_of(kept, preview); i++)
        if (is_of(&previews->kept[i], preview) || previews->kept[i].used < kept->used)
            kept = &previews->kept[i];
    if (!is_of(kept, preview)) {
        path_index_finish(&kept->index);
        kept->used = 0;
        err = path_index_read(preview->file, &preview->profile, &kept->index);
        if (err != ERR_OK)
            return err;
        memcpy(kept->file, preview->file, sizeof kept->file);
        memcpy(&kept->profile, &preview->profile, sizeof kept->profile);
    }
    kept->used = ++previews->uses;
    *index = &kept->index;
    return ERR_OK;
}

static enum err draw(struct preview *preview, struct path *path)
{
    const struct path_index *index = NULL;
    enum err err = preview->profile.kind == KIND_PRINTER ? find_layers(preview, &index) : ERR_OK;

    if (err != ERR_OK)
        return err;
    return path_read(preview->file, &preview->profile, preview->layer, index, path);
}

static void on_pool(uv_work_t *work)
{
    struct preview *preview = work->data;
    struct path path;
    FILE *out;

    preview->err = draw(preview, &path);
    if (preview->err != ERR_OK)
        return;
    out = open_memstream(&preview->text, &preview->size);
    if (out != NULL) {
        write_path(out, &path, &preview->profile);
        fclose(out);
    }
    path_finish(&path);
}

static void next(struct previews *previews);

static void on_drawn(uv_work_t *work, int status)
{
    struct preview *preview = work->data;
    struct previews *previews = preview->previews;

    (void)status; /* works are never cancelled */
    previews->busy = false;
    if (preview->err == ERR_OK)
        answer_text(preview->answer, "application/json", preview->text, preview->size);
    else
        answer_fail(preview->answer, preview->err, "the program's file cannot be read: %s",
                    err_words(preview->err));
    free(preview);
    next(previews);
}

static void next(struct previews *previews)
{
    struct list *node = previews->busy ? NULL : list_take(&previews->waiting);
    struct preview *preview;

    if (node == NULL)
        return;
    preview = list_entry(node, struct preview, node);
    previews->count--;
    previews->busy = true;
    uv_queue_work(previews->loop, &preview->work, on_pool, on_drawn);
}

void previews_init(struct previews *previews, uv_loop_t *loop)
{
    *previews = (struct previews){.loop = loop};
    list_init(&previews->waiting);
}

void previews_close(struct previews *previews)
{
    struct list *node;

    while ((node = list_take(&previews->waiting)) != NULL) {
        struct preview *preview = list_entry(node, struct preview, node);

        previews->count--;
        answer_fail(preview->answer, ERR_BUSY, "usined is stopping");
        free(preview);
    }
}

void previews_finish(struct previews *previews)
{
    for (size_t i = 0; i < PREVIEWS_KEPT; i++)
        path_index_finish(&previews->kept[i].index);
}

void previews_ask(struct previews *previews, const char *file, const struct profile *profile,
                  uint32_t layer, struct answer *answer)
{
    struct preview *preview = previews->count < PREVIEWS_MAX ? calloc(1, sizeof *preview) : NULL;

    if (preview == NULL) {
        answer_fail(answer, ERR_BUSY, "too many drawings are asked for at once: try again");
        return;
    }
    preview->work.data = preview;
    preview->previews = previews;
    preview->answer = answer;
    memcpy(&preview->profile, profile, sizeof preview->profile);
    preview->layer = layer;
    snprintf(preview->file, sizeof preview->file, "%s", file);
    list_add(&previews->waiting, &preview->node);
    previews->count++;
    next(previews);
}
