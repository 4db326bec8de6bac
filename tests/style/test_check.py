# SPDX-License-Identifier: Apache-2.0
"""The style test must be able to fail: each check is shown a file that breaks its rule, and one that does not."""
import os
import shutil
import subprocess
import tempfile
import unittest

import check
import source

GOOD = """/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

static const int table[] = {1, 2};

int good_sum(int a, int b)
{
    for (int i = 0; i < a; i++)
        if (i > b)
            return table[0];
    return a + b;
}
"""


class StyleTest(unittest.TestCase):
    def setUp(self):
        self.home = os.getcwd()
        self.dir = tempfile.mkdtemp()
        os.chdir(self.dir)
        shutil.copy(os.path.join(self.home, ".clang-format"), ".")
        for folder in ["drivers", "daemon/machines", "sim"]:
            os.makedirs(folder)

    def tearDown(self):
        os.chdir(self.home)
        shutil.rmtree(self.dir)

    def faults(self, function, content, path="drivers/x.c"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        return list(function([path]))

    def test_a_good_file_has_no_faults(self):
        for function in (check.figures, check.includes, check.text, check.formatting):
            self.assertEqual(self.faults(function, GOOD), [])

    def test_long_file(self):
        self.assertRegex(self.faults(check.figures, GOOD + "\n" * 400)[0], "lines")

    def test_long_function(self):
        self.assertRegex(self.faults(check.figures, GOOD.replace("    return a + b;", "    a++;\n" * 60 + "    return a + b;"))[0], "good_sum has 6")

    def test_six_parameters(self):
        self.assertRegex(self.faults(check.figures, GOOD.replace("int b", "int b, int c, int d, int e, void (*f)(int, int)"))[0], "6 parameters")

    def test_nine_public_functions(self):
        many = "".join(f"int f{i}(void)\n{{\n    return {i};\n}}\n" for i in range(9))
        self.assertRegex(self.faults(check.figures, many)[0], "9 public")

    def test_nesting_without_braces(self):
        deep = "int f(int a)\n{\n    while (a)\n        for (;;)\n            if (a)\n                do {\n                    a++;\n                } while (a);\n    return a;\n}\n"
        self.assertRegex(self.faults(check.figures, deep)[0], "nests 4")

    def test_nesting_of_else_if_switch_and_macro_loops(self):
        body = "{ if (a) b(); else if (c) d(); else { each(x, list) { switch (y) { case 1: if (z) q = (struct s){0}; break; default: w = a ? b : c; } } } }"
        self.assertEqual(source.nesting(body), 4)
        self.assertEqual(source.nesting("{ int t[] = {1, 2}; goto out; out: if (a) b(); }"), 1)

    def test_include_against_the_direction(self):
        self.assertRegex(self.faults(check.includes, '#include "store/store.h"\n', "daemon/machines/x.c")[0], "may not know store")
        self.assertRegex(self.faults(check.includes, '#include "gcode/policy.h"\n', "sim/x.c")[0], "only gcode/line.h")
        self.assertRegex(self.faults(check.includes, "#include <sqlite3.h>\n", "daemon/machines/x.c")[0], "belongs to store")

    def test_unfinished_and_unlicensed_text(self):
        self.assertEqual(len(self.faults(check.text, "/* TODO: later */\n")), 2)

    def test_unformatted(self):
        self.assertRegex(self.faults(check.formatting, GOOD.replace("a + b", "a+b"))[0], "clang-format")

    def test_variables_that_can_change(self):
        os.makedirs("build/CMakeFiles/room_drivers.dir/drivers")
        content = "static int count; const char *const names[] = {\"a\"};\nint next(void);\nint next(void)\n{\n    static int last;\n    return ++last + count++ + names[0][0];\n}\n"
        subprocess.run(["cc", "-x", "c", "-c", "-o", "build/CMakeFiles/room_drivers.dir/drivers/x.c.o", "-"], input=content, text=True, check=True)
        faults = list(check.variables("build"))
        self.assertEqual(len(faults), 2, faults)
        self.assertRegex(faults[0] + faults[1], "drivers/x.c.*(count|last)")


if __name__ == "__main__":
    unittest.main()
