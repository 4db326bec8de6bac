# SPDX-License-Identifier: Apache-2.0
"""The daemon's own command line, its start and its end."""
import os
import resource
import signal
import socket
import subprocess
import unittest
import xml.etree.ElementTree

from daemon import Daemon, machine, program


def usined(*words):
    return subprocess.run([program("usined"), *words], capture_output=True, text=True, timeout=60, check=False)


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)

    def test_check_says_nothing_bad_of_a_good_file(self):
        done = usined("--check", self.daemon.config)
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_check_prints_every_fault_with_its_place(self):
        self.daemon.content["machines"] = [machine("p01"), machine("p01", "prusa-mk9")]
        self.daemon.content["machins"] = []
        self.daemon.write(self.daemon.content)
        done = usined("--check", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        lines = done.stderr.splitlines()
        self.assertGreaterEqual(len(lines), 3)
        for line in lines:
            self.assertRegex(line, r"config\.json:\d+:\d+: ")
        self.assertIn('"machines"', done.stderr)

    def test_wrong_use_is_2(self):
        self.assertEqual(usined().returncode, 2)
        self.assertEqual(usined("--confg", "x").returncode, 2)

    def test_a_calendar_for_training_has_a_pace_and_a_moment(self):
        for wrong in ("", "fast", "0", "60@yesterday"):
            done = usined("--config", self.daemon.config, "--training", wrong)
            self.assertEqual((wrong, done.returncode), (wrong, 2))
            self.assertIn("60@2020-03-27T07:30:00Z", done.stderr)

    def test_a_training_takes_no_real_machine(self):
        """Neither at the start nor by a reload."""
        self.daemon.content["machines"] = []
        self.daemon.write(self.daemon.content)
        self.daemon.start(["--training", "60@2020-03-27T07:30:00Z"])
        status = self.daemon.get("/api/v1/status").json
        self.assertEqual((status["training"], status["at"][:10]), (60, "2020-03-27"))
        self.daemon.content["machines"] = [machine("p01")]
        self.daemon.write(self.daemon.content)
        self.daemon.process.send_signal(signal.SIGHUP)
        self.daemon.wait(lambda: not self.daemon.get("/api/v1/config").json["last_reload"]["accepted"], "the reload to be refused")
        self.assertRegex(self.daemon.get("/api/v1/config").json["last_reload"]["message"], "p01 at .* is none: start usine-sim")
        self.assertEqual(self.daemon.get("/api/v1/status").json["machines"], [])
        self.daemon.stop()
        done = usined("--config", self.daemon.config, "--training", "60")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "p01 at .* is none: start usine-sim")

    def test_a_trainings_state_and_a_workshops_are_never_mixed(self):
        self.daemon.content["machines"] = []
        self.daemon.write(self.daemon.content)
        self.daemon.start(["--training", "60"])
        self.daemon.stop()
        done = usined("--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "is a training's: choose another folder")
        self.daemon.content["state"] += "-real"
        self.daemon.write(self.daemon.content)
        self.daemon.start()
        self.assertIsNone(self.daemon.get("/api/v1/status").json["training"])
        self.daemon.stop()
        done = usined("--config", self.daemon.config, "--training", "60")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, "is a workshop's: a training needs a folder of its own")

    def test_schema_version_and_help(self):
        self.assertIn('"$schema"', usined("--schema").stdout)
        self.assertRegex(usined("--version").stdout, r"^usined \d")
        self.assertIn("--config FILE", usined("--help").stdout)

    def test_a_missing_or_bad_config_is_said(self):
        done = usined("--config", "/nowhere/usine.json")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nowhere/usine.json", done.stderr)
        self.daemon.content["role"] = "hubb"
        self.daemon.write(self.daemon.content)
        done = usined("--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r":\d+:\d+: ")

    def test_files_for_avahi_are_written_from_the_config(self):
        folder = os.path.join(self.daemon.folder, "services")
        os.mkdir(folder)
        done = usined("--avahi", self.daemon.config, folder)
        self.assertEqual((done.returncode, os.listdir(folder)), (1, []))
        self.assertIn("nothing to announce", done.stderr)
        self.daemon.content.update({"url": "https://usine.example.org:8443", "models": [
            {"id": "odd", "extends": "ender-3", "name": "R&D <best>"}], "machines": [machine("p01"), machine("p02", "odd")]})
        self.daemon.write(self.daemon.content)
        self.assertEqual(usined("--avahi", self.daemon.config, folder).returncode, 0)
        self.assertEqual(sorted(os.listdir(folder)), ["usine-odd.service", "usine-prusa-mk3.service"])
        group = xml.etree.ElementTree.parse(os.path.join(folder, "usine-odd.service")).getroot()
        service = group.find("service")
        self.assertEqual((group.find("name").text, service.find("type").text, service.find("port").text),
                         ("Usine: R&D <best>", "_octoprint._tcp", "8443"))
        self.assertEqual([record.text for record in service.findall("txt-record")],
                         ["path=/slicer/odd", "useHttps=true", "version=1.9.3"])
        del self.daemon.content["url"]
        self.daemon.content.update({"listen": ["127.0.0.1:8750", ":8444"], "proxy": ["127.0.0.1"]})
        self.daemon.write(self.daemon.content)
        self.assertEqual(usined("--avahi", self.daemon.config, folder).returncode, 0)
        with open(os.path.join(folder, "usine-prusa-mk3.service"), encoding="utf-8") as file:
            self.assertIn("<port>8444</port>", file.read())

    def test_addresses_beyond_loopback_are_refused(self):
        self.daemon.content["listen"] = ["0.0.0.0:0"]
        self.daemon.write(self.daemon.content)
        done = usined("--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn("loopback", done.stderr)


class Life(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)

    def test_two_daemons_never_share_a_state_folder(self):
        self.daemon.start()
        other = dict(self.daemon.content, socket=self.daemon.socket + "2", listen=[])
        path = os.path.join(self.daemon.folder, "other.json")
        os.rename(self.daemon.config, path + ".keep")
        self.daemon.write(other)
        done = usined("--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn("another usined", done.stderr)
        self.assertEqual(len(done.stderr.splitlines()), 1, "one line for a person, and nothing leaked")

    def test_it_stops_on_a_signal_and_takes_its_socket_along(self):
        self.daemon.start()
        self.assertEqual(oct(os.stat(self.daemon.socket).st_mode & 0o777), "0o660")
        self.assertEqual(self.daemon.stop(), 0)
        self.assertFalse(os.path.exists(self.daemon.socket))
        self.assertNotIn("left open", self.daemon.logged())

    def test_it_stops_while_clients_listen_and_upload(self):
        self.daemon.start()
        clients = []
        for text in (b"GET /api/v1/events HTTP/1.1\r\nHost: x\r\n\r\n",
                     b"POST /api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1 HTTP/1.1\r\nHost: x\r\n"
                     b"Content-Length: 50000000\r\n\r\n" + b"G1 X1\n" * 200000,
                     b"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
                     b"GET /api/v1/sta"):
            client = socket.socket(socket.AF_UNIX)
            self.addCleanup(client.close)
            client.settimeout(20)
            client.connect(self.daemon.socket)
            client.sendall(text)
            clients.append(client)
        self.assertIn(b"200 OK", clients[0].recv(65536))
        self.assertEqual(self.daemon.stop(), 0)
        self.assertNotIn("left open", self.daemon.logged())
        self.assertEqual(os.listdir(os.path.join(self.daemon.content["state"], "tmp")), [])

    def test_a_disk_that_refuses_is_said_and_survived(self):
        limit = 600 * 1024
        self.daemon.start(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        answer = self.daemon.post("/api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1", b"G1 X1\n" * limit)
        self.assertEqual((answer.status, answer.error["code"]), (507, "disk"))
        self.assertEqual(self.daemon.add_program().status, 201)
        self.assertEqual(self.daemon.stop(), 0)

    def test_a_stale_socket_is_replaced_after_a_crash(self):
        self.daemon.start()
        self.daemon.process.kill()
        self.daemon.process.wait()
        self.assertTrue(os.path.exists(self.daemon.socket))
        self.daemon.start()
        self.assertEqual(self.daemon.get("/readyz").bytes, b"ready\n")

    def test_a_file_in_place_of_the_socket_is_left_alone(self):
        with open(self.daemon.socket, "w", encoding="ascii") as file:
            file.write("precious")
        done = usined("--config", self.daemon.config)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no socket", done.stderr)
        with open(self.daemon.socket, encoding="ascii") as file:
            self.assertEqual(file.read(), "precious")

    def test_jobs_and_programs_survive_kill_9(self):
        self.daemon.start()
        self.assertEqual(self.daemon.add_program().status, 201)
        job = self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 12}).json
        self.daemon.process.kill()
        self.daemon.process.wait()
        self.daemon.start()
        kept = self.daemon.get(f"/api/v1/jobs/{job['id']}").json
        self.assertEqual((kept["part"], kept["quantity"], kept["owed"]), ("serre-tete", 12, 12))
        self.assertEqual(self.daemon.get("/api/v1/programs/repere").json["name"], "repere")


class Reload(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def last(self):
        return self.daemon.get("/api/v1/config").json["last_reload"]

    def ids(self):
        return [m["id"] for m in self.daemon.get("/api/v1/machines").json["items"]]

    def test_a_changed_file_is_taken(self):
        self.daemon.content["machines"].append(machine("p02"))
        self.daemon.write(self.daemon.content)
        self.daemon.wait(lambda: "p02" in self.ids(), "p02")
        self.assertTrue(self.last()["accepted"])
        self.assertIn("p02", self.last()["message"])

    def test_what_needs_a_restart_waits_for_it_and_is_named(self):
        state = self.daemon.content["state"]
        self.daemon.content["state"] = state + "-elsewhere"
        self.daemon.write(self.daemon.content)
        self.daemon.wait(lambda: "state" in self.last()["message"], "the word of the state folder")
        self.assertEqual(self.daemon.add_program().status, 201)
        self.assertEqual(len(os.listdir(os.path.join(state, "programs"))), 2, "the program and its picture")
        self.assertTrue(self.daemon.get("/api/v1/backup").bytes.startswith(b"SQLite"))

    def test_sighup_takes_it_where_files_are_not_watched(self):
        self.daemon.content["watch"] = False
        self.daemon.write(self.daemon.content)
        self.daemon.wait(lambda: self.last()["message"] != "read at the start", "the first reload")
        self.daemon.content["machines"] = [machine("p01"), machine("p03")]
        self.daemon.write(self.daemon.content)
        self.daemon.process.send_signal(1)
        self.daemon.wait(lambda: self.ids() == ["p01", "p03"], "p03 in place of l01")

    def test_a_bad_file_is_kept_out_and_its_faults_are_shown(self):
        with open(self.daemon.config, "w", encoding="utf-8") as out:
            out.write('{ "machines": [ { "id": "p01" ]')
        self.daemon.wait(lambda: not self.last()["accepted"], "the refusal")
        fault = self.last()["faults"][0]
        self.assertGreaterEqual(fault["line"], 1)
        self.assertEqual(self.ids(), ["p01", "l01"])
        shown = self.daemon.usine("config").stdout
        self.assertIn("refused", shown)
        self.assertRegex(shown, r"config\.json:\d+:\d+: ")


if __name__ == "__main__":
    unittest.main()
