# SPDX-License-Identifier: Apache-2.0
"""Every command of README.md, as a newcomer would type it. A block whose fence says `demo` keeps running; `waiting` and
`running` are about a machine that waits for its bed to be cleared, and one that prints."""
import os
import re
import signal
import subprocess
import threading
import unittest

import factory

BLOCK = re.compile(r"^```sh *(\w*)\n(.*?)^```", re.M | re.S)


class Readme(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(factory.ROOT, "README.md"), encoding="utf-8") as file:
            self.blocks = BLOCK.findall(file.read())
        self.environment = dict(os.environ)
        self.environment.pop("USINE_BUILD", None)  # a newcomer's demo builds its own programs
        self.demo = None

    def tearDown(self):
        if self.demo:
            self.demo.send_signal(signal.SIGINT)
            self.assertEqual(self.demo.wait(30), 0, "Ctrl-C ends the demo")

    def start_demo(self, text):
        """Reads what the demo prints until it says where it is, as the reader is told to."""
        self.demo = subprocess.Popen(["bash", "-c", "exec " + text.strip()], cwd=factory.ROOT, env=self.environment,
                                     stdout=subprocess.PIPE, text=True)
        printed = []
        for line in self.demo.stdout:
            printed.append(line)
            found = re.search(r"export (USINE_SOCKET)=(\S+)", line)
            if found:
                self.environment[found.group(1)] = found.group(2)
                threading.Thread(target=self.demo.stdout.read, daemon=True).start()
                return
        self.fail(f"the demo ended: {''.join(printed)}")

    def machine_that(self, what, fits):
        shop = factory.Daemon("", os.path.dirname(self.environment["USINE_SOCKET"]), "")
        return factory.wait_for(what, 120, lambda: next((m["id"] for m in shop.status()["machines"] if fits(m)), None))

    def run_block(self, tag, text):
        if tag == "waiting":
            self.environment["MACHINE"] = self.machine_that(
                "a machine waits for its bed", lambda m: m["waiting_for"] == "clear" and m["last_run"])
        if tag == "running":
            self.environment["MACHINE"] = self.machine_that(
                "a machine prints", lambda m: m["state"] == "running" and m["run"]["progress"] < 0.3 and m["kind"] == "printer")
        done = subprocess.run(["bash", "-ec", text], cwd=factory.ROOT, env=self.environment, capture_output=True, text=True)
        for line in re.findall(r'^export PATH="\$PWD/(\w+):', text, re.M):
            self.environment["PATH"] = os.path.join(factory.ROOT, line) + ":" + self.environment["PATH"]
        return done

    def test_every_command_of_the_readme_works(self):
        self.assertGreaterEqual(len(self.blocks), 7)
        for tag, text in self.blocks:
            with self.subTest(commands=text):
                if tag == "demo":
                    self.start_demo(text)
                    continue
                # An emulated operator may be quicker at the machine that waits: then another one is asked.
                for _ in range(5 if tag == "waiting" else 1):
                    done = self.run_block(tag, text)
                    if done.returncode == 0:
                        break
                self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout}\n{done.stderr}")
                if "--shields" in text:
                    self.assertRegex(done.stdout, r"20 shields counted; \d+ runs")


if __name__ == "__main__":
    unittest.main()
