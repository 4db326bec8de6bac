/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gcode/analyse.h"
#include "gcode/path.h"
#include "profiles.h"

/* Draws one layer, with an index of its own. */
static struct path read_layer(const char *name, const struct profile *profile, uint32_t layer)
{
    struct path_index index;
    struct path path;

    assert_int_equal(path_index_read(name, profile, &index), ERR_OK);
    assert_int_equal(path_read(name, profile, layer, &index, &path), ERR_OK);
    path_index_finish(&index);
    return path;
}

static struct path draw(const char *text, const struct profile *profile, uint32_t layer)
{
    char name[] = "/tmp/usine-path-XXXXXX";
    int fd = mkstemp(name);
    struct path path;

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    path = read_layer(name, profile, layer);
    unlink(name);
    return path;
}

static void at(const struct path *path, size_t stroke, size_t point, double x, double y)
{
    const float *p = path->strokes.points[path->strokes.items[stroke].first + point];

    if (fabs((double)p[0] - x) > 0.02 || fabs((double)p[1] - y) > 0.02)
        fail_msg("point %zu of %zu is at %f %f", point, stroke, (double)p[0], (double)p[1]);
}

static const char two_layers[] = "G21\nG90\nM82\nG28\nG92 E0\nG1 Z0.2 F3000\nG1 X10 Y10\n"
                                 "G1 X20 Y10 E1\nG1 X30 Y10 E2\nG1 X30 Y20 E3\nG0 X50 Y50\n"
                                 "G1 Z0.4\nG1 X60 Y50 E4\n"
                                 "G1 Z0.2\nG0 X70 Y70\nG1 X80 Y70 E5\n";

static void a_layer_holds_what_is_extruded_at_its_height_and_the_travel_between(void **state)
{
    struct path path = draw(two_layers, &profile_mk3, 1);

    (void)state;
    assert_int_equal(path.layers, 2);
    assert_true(fabs(path.z_mm - 0.2) < 1e-9);
    assert_int_equal(path.strokes.count, 3);
    assert_true(path.strokes.items[0].works);
    assert_int_equal(path.strokes.items[0].count, 3); /* straight on is one line */
    at(&path, 0, 0, 10, 10);
    at(&path, 0, 1, 30, 10);
    at(&path, 0, 2, 30, 20);
    assert_false(path.strokes.items[1].works);
    at(&path, 1, 1, 50, 50);
    assert_true(path.strokes.items[2].works); /* a later object at the same height */
    at(&path, 2, 1, 80, 70);
    path_finish(&path);
    path = draw(two_layers, &profile_mk3, 2);
    at(&path, 0, 0, 50, 50);
    at(&path, 0, 1, 60, 50);
    path_finish(&path);
    path = draw(two_layers, &profile_mk3, 3);
    assert_int_equal(path.layers, 2);
    assert_int_equal(path.strokes.count, 0);
    path_finish(&path);
}

static void a_laser_shows_its_power_and_its_arcs(void **state)
{
    struct path path = draw("G21\nG90\nM4 S0\nG0 X10 Y10\nG1 X50 S500 F1200\nG1 X60 S1000\n"
                            "G2 X60 Y30 I0 J10\nM5\n",
                            &profile_grbl_600x400, 1);
    const struct stroke *arc = &path.strokes.items[2];
    double length = 0;

    (void)state;
    assert_int_equal(path.layers, 1);
    assert_int_equal(path.strokes.count, 3);
    assert_false(path.strokes.items[0].works);
    assert_true(fabs((double)path.strokes.items[1].power - 0.5) < 0.01);
    assert_true(fabs((double)arc->power - 1) < 0.01);
    for (uint32_t i = arc->first; i < arc->first + arc->count; i++) {
        const float *p = path.strokes.points[i];
        double radius = hypot((double)p[0] - 60, (double)p[1] - 20);

        if (i > arc->first)
            assert_true(fabs(radius - 10) < 0.05);
        if (i > arc->first + 1)
            length += hypot((double)(p[0] - p[-2]), (double)(p[1] - p[-1]));
    }
    assert_true(fabs(length - 3.14159 * 10) < 0.1);
    path_finish(&path);
}

static void offsets_and_relative_moves_are_those_of_the_machine(void **state)
{
    struct path path = draw("G21\nG90\nM83\nG28\nG1 Z0.2 F1000\nG1 X10 Y10\nG91\n"
                            "G1 X5 E1\nG90\nG92 X0 E0\nG1 X5 E1\nG1 X5 Y30 E2\n",
                            &profile_mk3, 1);

    (void)state;
    at(&path, 0, 0, 10, 10);
    at(&path, 0, 1, 20, 10);
    at(&path, 0, 2, 20, 30);
    path_finish(&path);
}

static void check_bounds(const struct path *path, const struct analysis *analysis)
{
    for (size_t i = 0; i < path->strokes.count; i++) {
        const struct stroke *stroke = &path->strokes.items[i];

        assert_true(stroke->count >= 2);
        for (uint32_t n = 0; stroke->works && n < 2 * stroke->count; n++) {
            double value = (double)path->strokes.points[stroke->first + n / 2][n % 2];

            assert_true(value >= analysis->min_mm[n % 2] - 0.05);
            assert_true(value <= analysis->max_mm[n % 2] + 0.05);
        }
    }
}

/* However much there is to draw, it fits, and lies where the analysis says. */
static void every_sample_fits_and_has_the_layers_of_its_analysis(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sample_count; i++) {
        bool laser = samples[i].profile->kind == KIND_LASER;
        struct analysis analysis;
        struct path path;

        assert_int_equal(analyse_file(samples[i].path, samples[i].profile, &analysis, NULL),
                         ERR_OK);
        path = read_layer(samples[i].path, samples[i].profile, laser ? 1 : analysis.layers / 2 + 1);
        assert_int_equal(path.layers, laser ? 1 : analysis.layers);
        assert_true(path.strokes.count > 0);
        check_bounds(&path, &analysis);
        path_finish(&path);
        analysis_finish(&analysis);
    }
}

static void assert_same(const struct path *a, const struct path *b)
{
    assert_int_equal(a->layers, b->layers);
    assert_true(a->z_mm == b->z_mm);
    assert_int_equal(a->strokes.count, b->strokes.count);
    assert_int_equal(a->strokes.point_count, b->strokes.point_count);
    assert_memory_equal(a->strokes.points, b->strokes.points,
                        a->strokes.point_count * sizeof *a->strokes.points);
}

/* From its pieces a layer is drawn as from the whole file, wherever in the file the pieces are. */
static void a_layer_is_the_same_from_its_pieces_as_from_the_whole(void **state)
{
    (void)state;
    for (unsigned i = 0; i < sample_count; i += 4) {
        struct path_index index, whole;
        struct path_block all;

        if (samples[i].profile->kind != KIND_PRINTER)
            continue;
        assert_int_equal(path_index_read(samples[i].path, samples[i].profile, &index), ERR_OK);
        all = index.blocks[0];
        all.low = -INFINITY;
        all.high = INFINITY;
        whole = index;
        whole.blocks = &all;
        whole.block_count = 1;
        for (uint32_t layer = 1; layer <= index.layer_count; layer += 1 + 2 * layer) {
            struct path a, b;

            assert_int_equal(path_read(samples[i].path, samples[i].profile, layer, &index, &a),
                             ERR_OK);
            assert_int_equal(path_read(samples[i].path, samples[i].profile, layer, &whole, &b),
                             ERR_OK);
            assert_same(&a, &b);
            path_finish(&a);
            path_finish(&b);
        }
        path_index_finish(&index);
    }
}

/* Six layers of 4000 lines: what is not in the pieces of the second is not even read. */
static void a_layer_is_drawn_without_the_rest_of_the_file(void **state)
{
    char name[] = "/tmp/usine-path-XXXXXX";
    int fd = mkstemp(name);
    FILE *file = fdopen(fd, "r+");
    struct path_index index;
    struct path before, after;
    long third = 0;

    (void)state;
    fputs("G21\nG90\nM83\nG28\n", file);
    for (int layer = 1; layer <= 6; layer++) {
        third = layer == 4 ? ftell(file) : third;
        fprintf(file, "G1 Z%.1f F3000\n", layer * 0.2);
        for (int i = 0; i < 4000; i++)
            fprintf(file, "G1 X%d.%03d Y%d E0.1\n", 20 + i % 2 * 100, i % 1000, 20 + i % 77);
    }
    fflush(file);
    assert_int_equal(path_index_read(name, &profile_mk3, &index), ERR_OK);
    assert_int_equal(index.layer_count, 6);
    assert_int_equal(path_read(name, &profile_mk3, 2, &index, &before), ERR_OK);
    assert_true(before.strokes.point_count > 100);
    assert_int_equal(ftruncate(fd, third), 0);
    assert_int_equal(path_read(name, &profile_mk3, 2, &index, &after), ERR_OK);
    assert_same(&before, &after);
    path_finish(&before);
    path_finish(&after);
    path_index_finish(&index);
    fclose(file);
    unlink(name);
}

static void a_picture_of_a_million_dots_stays_small(void **state)
{
    struct strokes strokes;
    double burnt = 0, area = 0;

    (void)state;
    assert_int_equal(strokes_init(&strokes, 0.01, true), ERR_OK);
    for (int y = 0; y < 1000; y++)
        for (int x = 0; x < 1000; x++) {
            int at_x = y % 2 == 0 ? x : 999 - x, way = y % 2 == 0 ? 1 : -1;
            struct stroke_move move = {.from = {at_x * 0.1, y * 0.1},
                                       .to = {(at_x + way) * 0.1, y * 0.1},
                                       .works = (x / 3) % 2 == 0,
                                       .power = 0.8};

            strokes_add(&strokes, &move);
        }
    assert_true(strokes.count <= STROKES_MAX);
    assert_true(strokes.point_count <= STROKE_POINTS_MAX);
    for (size_t i = 0; i < strokes.count; i++)
        area += strokes.items[i].works ? (double)strokes.items[i].length : 0;
    for (size_t i = 0; i < strokes.count; i++)
        burnt += strokes.items[i].works
                     ? (double)strokes.items[i].length * (double)strokes.items[i].power
                     : 0;
    assert_true(area > 90000); /* each row is still there */
    assert_true(burnt > 0.7 * 0.4 * 100000 && burnt < 1.3 * 0.4 * 100000);
    strokes_finish(&strokes);
}

static void a_slow_curve_stays_a_curve(void **state)
{
    struct strokes strokes;
    double far = 0;

    (void)state;
    assert_int_equal(strokes_init(&strokes, 0.01, false), ERR_OK);
    for (int i = 0; i < 200000; i++) {
        double a = i * 3.14159265 / 100000, b = (i + 1) * 3.14159265 / 100000;
        struct stroke_move move = {
            .from = {50 * cos(a), 50 * sin(a)}, .to = {50 * cos(b), 50 * sin(b)}, .works = true};

        strokes_add(&strokes, &move);
    }
    for (size_t i = 1; i < strokes.point_count; i++) {
        double x = ((double)strokes.points[i][0] + (double)strokes.points[i - 1][0]) / 2;
        double y = ((double)strokes.points[i][1] + (double)strokes.points[i - 1][1]) / 2;

        far = fmax(far, fabs(hypot(x, y) - 50));
    }
    assert_true(far < 0.03);
    assert_true(strokes.point_count < 2000);
    strokes_finish(&strokes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_layer_holds_what_is_extruded_at_its_height_and_the_travel_between),
        cmocka_unit_test(a_laser_shows_its_power_and_its_arcs),
        cmocka_unit_test(offsets_and_relative_moves_are_those_of_the_machine),
        cmocka_unit_test(every_sample_fits_and_has_the_layers_of_its_analysis),
        cmocka_unit_test(a_layer_is_the_same_from_its_pieces_as_from_the_whole),
        cmocka_unit_test(a_layer_is_drawn_without_the_rest_of_the_file),
        cmocka_unit_test(a_picture_of_a_million_dots_stays_small),
        cmocka_unit_test(a_slow_curve_stays_a_curve),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
