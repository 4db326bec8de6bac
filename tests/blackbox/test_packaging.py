# SPDX-License-Identifier: Apache-2.0
"""What is installed works by itself: `cmake --install` into a folder of its own, and the files of packaging/."""
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from daemon import BUILD, Daemon

PACKAGING = os.path.join(os.getcwd(), "packaging")


def run(*words, **more):
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False, **more)


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="usine-installed-")
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        done = run("cmake", "--install", BUILD, "--prefix", cls.folder)
        assert done.returncode == 0, done.stderr

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def test_it_finds_its_own_profiles_and_not_those_of_the_source_tree(self):
        example = self.path("share/usine/examples/small.json")
        self.assertEqual(run(self.path("bin/usined"), "--check", example).returncode, 0)
        os.rename(self.path("share/usine/profiles/prusa-mk3.json"), self.path("mk3"))
        done = run(self.path("bin/usined"), "--check", example)
        os.rename(self.path("mk3"), self.path("share/usine/profiles/prusa-mk3.json"))
        self.assertEqual(done.returncode, 1)
        self.assertIn('unknown model "prusa-mk3"', done.stderr)

    def test_the_schema_that_the_examples_name_is_there(self):
        for example in glob.glob(self.path("share/usine/examples/*.json")):
            with open(example, encoding="utf-8") as file:
                schema = re.search(r'"\$schema": "([^"]+)"', file.read()).group(1)
            self.assertTrue(os.path.exists(os.path.join(os.path.dirname(example), schema)), example)

    def test_it_serves_its_own_pages(self):
        os.makedirs(self.path("share/usine/www"), exist_ok=True)
        with open(self.path("share/usine/www/installed.json"), "w", encoding="ascii") as file:
            file.write("{}")
        daemon = Daemon()
        self.addCleanup(daemon.close)
        with open(daemon.log, "wb") as log:
            daemon.process = subprocess.Popen([self.path("bin/usined"), "--config", daemon.config], stderr=log)
        daemon.wait(lambda: daemon.get("/healthz").status == 200, "the installed daemon")
        self.assertEqual(daemon.get("/installed.json").bytes, b"{}")

    def test_the_unit_names_files_that_are_installed(self):
        with open(self.path("lib/systemd/system/usined.service"), encoding="ascii") as file:
            unit = file.read()
        for program in re.findall(r"^Exec\w+=/usr/(\S+)", unit, re.M):
            self.assertTrue(os.access(self.path(program), os.X_OK), program)
        document = re.search(r"^Documentation=file:/usr/(\S+)", unit, re.M).group(1)
        self.assertTrue(os.path.exists(self.path(document)), document)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "no systemd here")
    def test_systemd_finds_nothing_wrong_with_the_unit(self):
        with open(self.path("lib/systemd/system/usined.service"), encoding="ascii") as file:
            unit = file.read().replace("/usr/bin/", self.path("bin/"))
        path = self.path("usined.service")
        with open(path, "w", encoding="ascii") as file:
            file.write(unit)
        done = run("systemd-analyze", "verify", "--man=no", path)
        self.assertNotIn("usined.service", done.stderr)

    def test_completion_is_what_the_client_prints(self):
        with open(self.path("share/bash-completion/completions/usine"), encoding="ascii") as file:
            script = file.read() + "\ncomplete -p usine\n"
        done = run("bash", "-c", script, env={"PATH": self.path("bin") + ":/usr/bin:/bin"})
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("usine", done.stdout)


class Files(unittest.TestCase):
    def test_the_udev_rule_is_made_of_known_keys(self):
        match = re.compile(r'(SUBSYSTEM|SUBSYSTEMS|KERNEL|ACTION|ENV\{\w+\})(==|!=)"[^"]*"')
        assign = re.compile(r'(GROUP|MODE|OWNER|TAG|SYMLINK|ENV\{\w+\})(=|\+=|:=)"[^"]*"')
        with open(os.path.join(PACKAGING, "60-usine.rules"), encoding="ascii") as file:
            rules = [line.strip() for line in file if line.strip() and not line.startswith("#")]
        self.assertTrue(rules)
        for rule in rules:
            parts = [part.strip() for part in rule.split(",")]
            for part in parts:
                self.assertTrue(match.fullmatch(part) or assign.fullmatch(part), part)
            self.assertTrue(any(assign.fullmatch(part) for part in parts), rule)

    def test_the_scripts_of_the_package_are_shell(self):
        for name in ("postinst", "prerm", "postrm"):
            done = run("sh", "-n", os.path.join(PACKAGING, name))
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)
            self.assertTrue(os.access(os.path.join(PACKAGING, name), os.X_OK), name)


if __name__ == "__main__":
    unittest.main()
