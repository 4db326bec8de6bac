# SPDX-License-Identifier: Apache-2.0
"""One printer and one laser of usine-sim, from an upload to counted pieces."""
import http.client
import json
import os
import signal
import subprocess
import unittest

from daemon import SAMPLES, SHORT_PRINT, Daemon, program
from slicers import prusa_form, prusa_headers

LASER = os.path.join(SAMPLES, "laser/grbl_ecran_x1.nc")


class Simulated(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)
        self.sim_dir = os.path.join(self.daemon.folder, "sim")
        self.report = os.path.join(self.daemon.folder, "report.json")
        os.mkdir(self.sim_dir)
        self.sim = subprocess.Popen(
            [os.path.abspath(program("usine-sim")), "--config", self.daemon.config, "--dir", "sim", "--speed", "100",
             "--report", self.report], stdout=subprocess.PIPE, text=True, cwd=self.daemon.folder)
        self.addCleanup(self.end_sim)
        self.assertIn("ready", self.sim.stdout.readline())
        for row in self.daemon.content["machines"]:
            row["port"] = os.path.join(self.sim_dir, row["id"])
        self.daemon.write(self.daemon.content)
        self.daemon.start()

    def end_sim(self):
        if self.sim.poll() is None:
            self.sim.send_signal(signal.SIGTERM)
            self.sim.wait(timeout=30)
        self.sim.stdout.close()

    def test_the_config_of_a_relative_folder_serves_from_anywhere(self):
        with open(os.path.join(self.sim_dir, "config.json"), encoding="utf-8") as file:
            config = json.load(file)
        self.assertEqual(config["machines"][0]["port"], os.path.realpath(self.sim_dir) + "/p01")
        for key in ("socket", "state"):
            self.assertTrue(os.path.isabs(config[key]), config[key])
        check = subprocess.run([program("usined"), "--check", os.path.join(self.sim_dir, "config.json")], check=False)
        self.assertEqual(check.returncode, 0)

    def machine(self, name):
        return self.daemon.get("/api/v1/machines/" + name).json

    def clear_when_asked(self, name):
        self.daemon.wait(lambda: self.machine(name)["state"] == "idle", f"{name} to be idle", 60)
        answer = self.daemon.post(f"/api/v1/machines/{name}/clear", {}, headers={"Usine-By": "marie"})
        self.assertEqual(answer.status, 200, answer.bytes)

    def job(self, number):
        return self.daemon.get(f"/api/v1/jobs/{number}").json

    def test_from_the_slicer_to_counted_pieces(self):
        """One click in the slicer, one person at the machine."""
        key = self.daemon.post("/api/v1/tokens", {"kind": "slicer", "name": "poste 3", "role": "coordinator"})
        self.clear_when_asked("p01")
        with open(SHORT_PRINT, "rb") as file:
            form = prusa_form("serre-tete x2.gcode", file.read(), True)
        connection = http.client.HTTPConnection(*self.daemon.tcp(), timeout=20)
        sent = self.daemon.ask("POST", "/slicer/prusa-mk3/api/files/local", form.body(),
                               {"Content-Type": form.type(), **prusa_headers(key.json["secret"])}, connection)
        self.assertEqual(sent.status, 201, sent.bytes)
        number = sent.json["usine"]["job"]
        self.daemon.wait(lambda: self.machine("p01")["run"], "the machine to begin", 60)
        self.daemon.wait(lambda: self.machine("p01")["waiting_for"] == "clear", "the print to end", 120)
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/clear", {"good": 2}).status, 200)
        self.assertEqual((self.job(number)["good"], self.job(number)["state"]), (2, "done"))

    def test_from_upload_to_counted_pieces(self):
        self.daemon.add_program()
        self.daemon.add_program(LASER, "model=grbl-600x400&yield=ecran%3D1")
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        self.daemon.post("/api/v1/jobs", {"part": "ecran", "quantity": 1})
        for name in ("p01", "l01"):
            self.clear_when_asked(name)
        for name in ("p01", "l01"):
            self.daemon.wait(lambda n=name: (self.machine(n)["last_run"] or {}).get("outcome") == "finished",
                             f"{name} to finish", 120)
            self.assertEqual(self.machine(name)["waiting_for"], "clear")
        self.assertEqual(self.job(1)["good"], 0, "nothing counts before a person's word")
        answer = self.daemon.post("/api/v1/machines/p01/clear", {"good": 1, "scrap": 0}, headers={"Usine-By": "marie"})
        self.assertEqual(answer.status, 200, answer.bytes)
        answer = self.daemon.post("/api/v1/machines/l01/clear", {"good": 0, "scrap": 1, "reason": "warped"})
        self.assertEqual(answer.status, 200, answer.bytes)
        self.daemon.wait(lambda: self.job(1)["state"] == "done", "the printed job to be done")
        self.assertEqual((self.job(2)["good"], self.job(2)["scrap"]), (0, 1))
        today = self.daemon.get("/api/v1/status").json["today"]
        self.assertEqual((today["good"]["serre-tete"], today["scrap"]["ecran"]), (1, 1))
        rows = self.daemon.get("/api/v1/throughput").json["items"]
        self.assertEqual(sum(row["good"] for row in rows), 1)
        self.look_at_groups()
        run = self.daemon.get("/api/v1/runs?machine=p01").json["items"][0]
        self.assertEqual((run["status"], run["judged"], run["judged_by"]), ("finished", True, "marie"))
        self.assertEqual(self.daemon.stop(), 0)
        self.end_sim()
        with open(self.report, encoding="utf-8") as file:
            machines = {m["id"]: m for m in json.load(file)["machines"]}
        self.assertEqual(machines["p01"]["overflows"], 0)

    def look_at_groups(self):
        """The same, by machine and by model and reason, as JSON and as a table."""
        rows = {row["machine"]: row for row in self.daemon.get("/api/v1/throughput?group=machine").json["items"]}
        self.assertEqual((rows["p01"]["good"], rows["p01"]["runs"], rows["l01"]["scrap"]), (1, 1, 1))
        self.assertEqual(rows["p01"]["cycle_s"]["runs"], 1)
        self.assertGreater(rows["p01"]["cycle_s"]["median"], 0)
        self.assertEqual((rows["p01"]["oee"]["quality"], rows["l01"]["oee"]["quality"]), (1, 0))
        table = self.daemon.get("/api/v1/throughput.csv?group=reason,model").bytes.decode()
        self.assertTrue(table.startswith("model,reason,good,scrap,"), table)
        self.assertRegex(table, r'\n"[a-z0-9-]+","warped",0,1,')
        done = self.daemon.usine("throughput", "--group", "machine")
        self.assertRegex(done.stdout, r"^MACHINE +GOOD +SCRAP +KITS")
        done = self.daemon.usine("throughput", "--group", "machines")
        self.assertEqual(done.returncode, 1)
        self.assertIn("day, site, machine, model, part, shift, reason", done.stderr)

    def test_a_plate_of_two_parts_is_judged_part_by_part(self):
        self.daemon.add_program(query="model=prusa-mk3&yield=serre-tete%3D2&yield=ecran%3D3&name=mix")
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 2})
        self.clear_when_asked("p01")
        self.daemon.wait(lambda: (self.machine("p01")["last_run"] or {}).get("outcome") == "finished", "its end", 120)
        done = self.daemon.usine("machine", "p01", "clear", "--good", "serre-tete=2", "--good", "ecran=1", "--scrap",
                                 "ecran=2", "--reason", "ecran=bent")
        self.assertEqual(done.returncode, 0, done.stderr)
        today = self.daemon.get("/api/v1/status").json["today"]
        self.assertEqual((today["good"]["serre-tete"], today["good"]["ecran"], today["scrap"]["ecran"]), (2, 1, 2))

    def test_a_program_that_changed_or_went_after_its_upload_is_never_run(self):
        sha = self.daemon.add_program().json["id"]
        path = os.path.join(self.daemon.content["state"], "programs", sha + ".gcode")
        with open(path, "rb") as file:
            whole = file.read()
        with open(path, "wb") as file:
            file.write(whole.replace(b"G1 X", b"G1 Y", 1))
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        self.clear_when_asked("p01")

        def reason():
            rows = self.daemon.get("/api/v1/jobs/1/why?machine=p01").json["items"]
            return rows[0]["message"] if rows[0]["reason"] == "start_refused" else ""
        self.assertIn("changed", self.daemon.wait(reason, "the start to be refused"))
        os.remove(path)
        self.clear_when_asked("p01")  # the word given anew: it is tried again at once
        self.daemon.wait(lambda: "cannot be read" in reason(), "the missing file to be told", 60)
        self.assertEqual(self.daemon.get("/api/v1/programs/%s/gcode" % sha).status, 404)
        with open(path, "wb") as file:
            file.write(whole)
        self.clear_when_asked("p01")
        self.daemon.wait(lambda: self.machine("p01")["state"] in ("heating", "running"), "the run after all", 60)

    def test_a_paused_run_goes_on_and_a_cancelled_one_ends(self):
        self.daemon.add_program()
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        self.clear_when_asked("p01")
        self.daemon.wait(lambda: self.machine("p01")["state"] == "running", "the run", 60)
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/pause").status, 200)
        self.daemon.wait(lambda: self.machine("p01")["state"] == "held", "the hold")
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/resume").status, 200)
        self.daemon.wait(lambda: self.machine("p01")["state"] == "running", "the run to go on")
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/cancel").status, 200)
        self.daemon.wait(lambda: (self.machine("p01")["last_run"] or {}).get("outcome") == "cancelled", "its end", 60)
        self.assertIn("G", "".join(self.daemon.get("/api/v1/machines/p01/wire").json["lines"]))


if __name__ == "__main__":
    unittest.main()
