/* SPDX-License-Identifier: Apache-2.0 */
/* The file that newcomers copy compiles and does what docs/dialects.md says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drivers/dialect_template.c"

static void the_template_is_a_working_dialect(void **state)
{
    struct reply reply;
    char wire[WIRE_MAX];

    (void)state;
    assert_int_equal(dialect_template.encode(wire, sizeof wire, 1, "G28", 3), 4);
    dialect_template.decode("ok", 2, &reply);
    assert_int_equal(reply.kind, REPLY_ACK);
    dialect_template.decode("error:2", 7, &reply);
    assert_int_equal(reply.kind, REPLY_REJECT);
    assert_int_equal(reply.code, 2);
    dialect_template.decode("what?", 5, &reply);
    assert_int_equal(reply.kind, REPLY_NOISE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_template_is_a_working_dialect)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
