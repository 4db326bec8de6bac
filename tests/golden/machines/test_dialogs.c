/* SPDX-License-Identifier: Apache-2.0 */
/* Every *.dialog of this folder, whole, byte by byte, and with each line split at every position.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "dialog.h"

#define FOLDER "tests/golden/machines/"

/* Plays one file in all ways; false at the first that fails. */
static bool play_all_ways(const char *file)
{
    char text[600];
    size_t longest = 0;
    bool well = dialog_play(file, DIALOG_WHOLE, &longest, text, sizeof text) &&
                dialog_play(file, DIALOG_BYTES, &longest, text, sizeof text);

    for (int k = 1; well && k <= (int)longest; k++) {
        well = dialog_play(file, k, &longest, text, sizeof text);
        if (!well)
            printf("split at %d: ", k);
    }
    if (!well)
        printf("%s\n", text);
    return well;
}

static void test_dialogs(void **state)
{
    glob_t found;
    size_t failed = 0;

    (void)state;
    assert_int_equal(glob(FOLDER "*.dialog", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        failed += !play_all_ways(found.gl_pathv[i]);
    printf("%zu dialogs, %zu failed\n", found.gl_pathc, failed);
    globfree(&found);
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dialogs),
    };

    if (freopen("/dev/null", "w", stderr) == NULL) /* thousands of state changes */
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
