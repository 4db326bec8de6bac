# SPDX-License-Identifier: Apache-2.0
"""A printer of usine-sim makes a piece: people are told that it waits for them, and that the job is done."""
import http.client
import os
import signal
import subprocess
import unittest

from daemon import Daemon, machine, program
from receivers import MailServer


class Told(unittest.TestCase):
    def setUp(self):
        self.server = MailServer()
        self.server.start()
        self.addCleanup(self.server.stop)
        self.daemon = Daemon([machine("p01")], notices={"bundle_s": 1, "pace_s": 0}, language="en",
                             smtp={"url": f"smtp://127.0.0.1:{self.server.port}", "from": "usine@example.org"})
        self.addCleanup(self.daemon.close)
        os.mkdir(os.path.join(self.daemon.folder, "sim"))
        self.sim = subprocess.Popen(
            [os.path.abspath(program("usine-sim")), "--config", self.daemon.config, "--dir", "sim", "--speed", "100"],
            stdout=subprocess.PIPE, text=True, cwd=self.daemon.folder)
        self.addCleanup(self.end_sim)
        self.assertIn("ready", self.sim.stdout.readline())
        self.daemon.content["machines"][0]["port"] = os.path.join(self.daemon.folder, "sim/p01")
        self.daemon.write(self.daemon.content)
        self.daemon.start()

    def end_sim(self):
        self.sim.send_signal(signal.SIGTERM)
        self.sim.wait(timeout=30)
        self.sim.stdout.close()

    def machine(self):
        return self.daemon.get("/api/v1/machines/p01").json

    def rule(self, kind):
        answer = self.daemon.ask("POST", "/api/v1/me/notices",
                                 {"kind": kind, "channel": "mail", "address": "marie@example.org", "delay_min": 0},
                                 headers=self.marie, connection=http.client.HTTPConnection(*self.daemon.tcp()))
        self.assertEqual(answer.status, 201, answer.bytes)

    def subjects(self):
        return [mail["Subject"] for mail in self.server.mails]

    def test_from_a_finished_plate_to_a_done_job(self):
        self.marie = self.daemon.admin("marie", {"atelier": "operator"})
        self.rule("done")
        self.daemon.add_program()
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        self.daemon.wait(lambda: self.machine()["state"] == "idle", "p01 to be idle", 60)
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/clear", {}).status, 200)
        self.daemon.wait(lambda: (self.machine()["last_run"] or {}).get("outcome") == "finished", "the run to end", 120)
        self.rule("needs")
        self.daemon.wait(lambda: "Usine: p01 is waiting for somebody (L'atelier)" in self.subjects(), "a mail", 60)
        self.assertIn("its bed is to be cleared", self.server.mails[0].get_body().get_content())
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/clear", {"good": 1}).status, 200)
        self.daemon.wait(lambda: "Usine: Job 1 is done" in self.subjects(), "another mail", 60)
        self.assertIn("1 good pieces", self.server.mails[-1].get_body().get_content())


if __name__ == "__main__":
    unittest.main()
