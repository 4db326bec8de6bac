# SPDX-License-Identifier: Apache-2.0
"""Programs, jobs and machines by HTTP and by the command line, with no machine plugged in."""
import contextlib
import hashlib
import json
import os
import re
import socket
import subprocess
import time
import unittest

from daemon import SHORT_PRINT, Daemon, UnixConnection, machine, program


class Work(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def test_the_status_has_its_fixed_shape(self):
        status = self.daemon.get("/api/v1/status").json
        first = status["machines"][0]
        for key in ("id", "site", "model", "kind", "state", "bed", "flags", "run", "last_run", "temps", "waiting_for",
                    "since", "heard"):
            self.assertIn(key, first)
        self.assertEqual((first["id"], first["kind"], first["state"], first["run"]), ("p01", "printer", "offline", None))
        today = status["today"]
        self.assertEqual((today["product"], today["done"], today["target"]), ("visiere", 0, 500))
        self.assertEqual(today["good"], {"serre-tete": 0, "ecran": 0, "elastique": 0})
        self.assertEqual(status["sites"][0]["id"], "atelier")

    def test_an_upload_is_analysed_and_kept_byte_by_byte(self):
        answer = self.daemon.add_program()
        self.assertEqual(answer.status, 201)
        with open(SHORT_PRINT, "rb") as file:
            content = file.read()
        kept = answer.json
        self.assertEqual(kept["id"], hashlib.sha256(content).hexdigest())
        report = kept["report"]["models"]["prusa-mk3"]
        self.assertTrue(report["accepted"])
        self.assertGreater(report["time_s"], 60)
        self.assertEqual(self.daemon.get(f"/api/v1/programs/{kept['id']}/gcode").bytes, content)
        part = self.daemon.get(f"/api/v1/programs/{kept['id']}/gcode", headers={"Range": "bytes=1000-"})
        self.assertEqual((part.status, part.bytes), (206, content[1000:]))
        self.assertTrue(self.daemon.get("/api/v1/programs/repere/thumbnail").bytes.startswith(b"\x89PNG"))
        self.assertEqual(self.daemon.ask("DELETE", "/api/v1/programs/" + kept["id"]).status, 200)
        self.assertEqual(self.daemon.get("/api/v1/programs").json["items"], [])

    def test_the_same_key_makes_a_job_once(self):
        body = {"part": "serre-tete", "quantity": 3}
        first = self.daemon.post("/api/v1/jobs", body, headers={"Idempotency-Key": "k"})
        again = self.daemon.post("/api/v1/jobs", body, headers={"Idempotency-Key": "k"})
        self.assertEqual((first.status, first.json), (again.status, again.json))
        other = self.daemon.post("/api/v1/jobs", dict(body, quantity=4), headers={"Idempotency-Key": "k"})
        self.assertEqual(other.status, 422)
        self.assertEqual(len(self.daemon.get("/api/v1/jobs").json["items"]), 1)

    def test_a_job_can_be_changed_held_released_cancelled(self):
        job = self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 3}).json
        path = f"/api/v1/jobs/{job['id']}"
        changed = self.daemon.ask("PATCH", path, {"priority": 9, "quantity": 30, "due": "2026-12-24T18:00:00+01:00"})
        self.assertEqual(changed.json["due"], "2026-12-24T17:00:00.000Z")
        self.assertEqual((changed.json["priority"], changed.json["quantity"]), (9, 30))
        self.assertEqual(self.daemon.post(path + "/hold").json["state"], "held")
        self.assertEqual(self.daemon.post(path + "/release").json["state"], "open")
        self.assertEqual(self.daemon.post(path + "/cancel").json["state"], "cancelled")
        self.assertEqual(self.daemon.post(path + "/release").status, 409)

    def test_why_names_each_machine(self):
        self.daemon.add_program()
        job = self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 3}).json
        rows = self.daemon.get(f"/api/v1/jobs/{job['id']}/why").json["items"]
        self.assertEqual({row["machine"]: row["reason"] for row in rows}, {"p01": "offline", "l01": "model"})

    def test_orders_to_a_machine_that_is_not_there_are_refused(self):
        for order in ("pause", "resume", "cancel"):
            answer = self.daemon.post(f"/api/v1/machines/p01/{order}")
            self.assertEqual(answer.status, 409, order)

    @contextlib.contextmanager
    def events(self, last=""):
        """Follows the events; gives what reads on until a text was heard, and returns all heard."""
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(20)
            client.connect(self.daemon.socket)
            again = f"Last-Event-ID: {last}\r\n" if last else ""
            client.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n{again}\r\n".encode())
            heard = b""

            def until(text):
                nonlocal heard
                while text not in heard:
                    more = client.recv(65536)
                    self.assertTrue(more)
                    heard += more
                return heard

            yield until

    def test_the_events_begin_with_a_snapshot_and_tell_what_happens(self):
        with self.events() as until:
            until(b"event: snapshot")
            self.daemon.post("/api/v1/machines/p01/out")
            until(b'"flags":["out-of-service"]')

    def test_who_comes_back_hears_what_was_missed_and_no_snapshot(self):
        with self.events() as until:
            heard = until(b"\nid: ")
            heard = until(b"\n\n")
        last = re.findall(rb"\nid: (\S+)\n", heard)[-1].decode()
        self.daemon.post("/api/v1/machines/p01/out")
        with self.events(last) as until:
            heard = until(b'"flags":["out-of-service"]')
        self.assertNotIn(b"event: snapshot", heard)

    def test_who_names_what_was_never_told_gets_a_snapshot(self):
        with self.events() as until:
            until(b"event: snapshot")
        for last in ("0-0", "nonsense", "99999999999999999999-1", "1-", "%s%n%d"):
            with self.events(last) as until:
                until(b"event: snapshot")

    def test_a_backup_is_a_database(self):
        self.assertTrue(self.daemon.get("/api/v1/backup").bytes.startswith(b"SQLite format 3\x00"))


class SlowListener(unittest.TestCase):
    def test_a_client_that_does_not_read_gets_a_snapshot_in_the_end(self):
        daemon = Daemon([machine(f"p{i:03}") for i in range(300)]).start()
        self.addCleanup(daemon.close)
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(20)
            client.connect(daemon.socket)
            client.sendall(b"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n")
            connection = UnixConnection(daemon.socket)
            for sweep in range(14):
                for i in range(0, 300, 2):
                    connection.request("POST", f"/api/v1/machines/p{i:03}/" + ("out", "in")[sweep % 2])
                    response = connection.getresponse()
                    response.read()
                    self.assertEqual(response.status, 200)
                time.sleep(0.5)
            connection.close()
            heard = b""
            while heard.count(b"event: snapshot") < 2:
                more = client.recv(1 << 20)
                self.assertTrue(more)
                heard += more
        self.assertLess(heard.count(b"event: machines"), 14, "late news are not served")


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def done(self, *words):
        done = self.daemon.usine(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_a_first_day(self):
        self.assertIn("serre-tete 1", self.done("program", "add", SHORT_PRINT, "--model", "prusa-mk3", "--yield",
                                                "serre-tete=1"))
        self.assertEqual(self.done("job", "add", "--part", "serre-tete", "--quantity", "20", "--site", "atelier"),
                         "1\n")
        self.assertIn("serre-tete", self.done("jobs"))
        self.assertEqual(json.loads(self.done("job", "1", "--json"))["quantity"], 20)
        self.assertIn("offline", self.done("machines"))
        self.assertIn("offline", self.done("why", "1", "p01"))
        self.done("job", "set", "1", "--exclude", "p01")
        self.assertEqual(json.loads(self.done("job", "1", "--json"))["excluded"], ["p01"])
        self.assertIn("excluded", self.done("why", "1", "p01"))
        self.assertIn("No machine could make it", self.done("shares", "1"))
        self.assertIn("mk3_repere", self.done("program", "list"))
        self.assertTrue(self.done("throughput", "--csv").startswith("DAY,SITE,MACHINE,PART,GOOD"))
        self.assertIn("0 of 500", self.done("status"))
        self.assertIn("started", self.done("log"))
        copy = os.path.join(self.daemon.folder, "copy.db")
        self.done("backup", copy)
        self.assertTrue(os.path.getsize(copy) > 0)
        self.assertEqual(self.daemon.usine("backup", copy).returncode, 1)

    def test_exit_codes(self):
        self.assertEqual(self.daemon.usine("machine", "nobody").returncode, 1)
        self.assertEqual(self.daemon.usine("dance").returncode, 2)
        self.assertEqual(self.daemon.usine("job", "add", "--part", "serre-tete").returncode, 2)
        self.assertEqual(self.daemon.usine("job", "add", "--quantity", "many", "--part", "x").returncode, 2)
        self.assertEqual(self.daemon.usine("machine", "p01", "dance").returncode, 2)
        lost = subprocess.run([program("usine"), "--socket", "/nowhere", "status"], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(lost.returncode, 3)
        self.assertIn("/nowhere", lost.stderr)
        lost = subprocess.run([program("usine"), "--url", "http://127.0.0.1:1", "status"], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(lost.returncode, 3)

    def test_the_same_over_tcp(self):
        host, port = self.daemon.tcp()
        there = [program("usine"), "--url", f"http://{host}:{port}"]
        stranger = subprocess.run([*there, "machines"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(stranger.returncode, 1)
        token = self.done("token", "add", "--name", "cli", "--role", "operator").strip()
        done = subprocess.run([*there, "--token", token, "machines", "--json"], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual([m["id"] for m in json.loads(done.stdout)["items"]], ["p01", "l01"])

    def test_a_refused_program_shows_its_lines(self):
        path = os.path.join(self.daemon.folder, "bad.gcode")
        with open(path, "w", encoding="ascii") as file:
            file.write("G28\nM500\n")
        done = self.daemon.usine("program", "add", path, "--model", "prusa-mk3", "--yield", "serre-tete=1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("line 2", done.stderr)
        self.assertIn("M500", done.stderr)

    def test_help_and_completion_know_every_word(self):
        shown = self.done("help")
        for word in ("status", "program add", "machine ID clear", "throughput", "watch"):
            self.assertIn(word, shown)
        self.assertIn("--quantity", self.done("help", "job"))
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("complete-words", self.done("completion", shell))
        self.assertEqual(self.done("complete-words", "--", "machine").split(), ["p01", "l01"])
        self.assertIn("pause", self.done("complete-words", "--", "machine", "p01").split())
        self.assertIn("--part", self.done("complete-words", "--", "job", "add").split())


if __name__ == "__main__":
    unittest.main()
