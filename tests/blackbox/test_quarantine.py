# SPDX-License-Identifier: Apache-2.0
"""Blocked lots: by the command line and the API, over a kill, by those who may, under any name a lot may have."""
import http.client
import json
import os
import signal
import unittest
import urllib.parse

from daemon import Daemon, Words

WASH = {"id": "lavage", "name": {"fr": "Lavage", "en": "Washing"}, "kind": "wash", "gate": True}
PARTS = [{"id": "serre-tete", "process": "print", "steps": [WASH]}, {"id": "ecran", "process": "laser"}]
PRODUCTS = [{"id": "visiere", "parts": {"serre-tete": 1, "ecran": 1}}]
SITES = [{"id": "atelier"}, {"id": "depot"}]


class Quarantine(Words):
    def setUp(self):
        self.daemon = Daemon(parts=PARTS, products=PRODUCTS, sites=SITES).start()
        self.addCleanup(self.daemon.close)

    def receive(self, part, lot, quantity):
        self.done("stock", "receive", "--site", "atelier", "--part", part, "--quantity", str(quantity), "--lot", lot)

    def kill(self):
        os.kill(self.daemon.process.pid, signal.SIGKILL)
        self.daemon.process.wait()
        self.daemon.start()

    def web(self, path, body, headers):
        return self.daemon.post(path, body, headers=headers,
                                connection=http.client.HTTPConnection(*self.daemon.tcp(), timeout=20))

    def total(self):
        return json.loads(self.done("stock", "--json"))["total"]

    def story(self, lot):
        return json.loads(self.done("lot", lot, "--json"))

    def test_a_bad_lot_lies_still_until_it_is_released(self):
        self.receive("serre-tete", "L1", 10)
        self.receive("ecran", "E1", 12)
        self.done("step", "lavage", "--site", "atelier", "--part", "serre-tete", "--quantity", "10")
        self.done("stock", "assemble", "--site", "atelier", "--quantity", "4", "--lot", "K1")
        order = int(self.done("order", "add", "--product", "visiere", "--quantity", "20"))
        self.assertEqual(self.done("lot", "block", "L1", "--reason", "fissures"),
                         "lot L1 is blocked: 6 in stock are held\n")
        self.kill()
        total = self.total()
        self.assertEqual((total["parts"]["serre-tete"], total["blocked"], total["kits"]["visiere"],
                          total["limiting"]["visiere"], total["limiting_blocked"]["visiere"]),
                         (6, {"serre-tete": 6}, 0, "serre-tete", 6))
        self.assertIn("6 are blocked", self.done("stock"))
        self.assertIn("lot L1 is blocked by", self.refused("stock", "assemble", "--site", "atelier", "--quantity", "1"))
        self.assertIn("(fissures): take others, or have a coordinator release it", self.refused(
            "stock", "move", "--site", "atelier", "--part", "serre-tete", "--quantity", "1", "--to", "depot"))
        self.assertIn("L1", self.done("status"))
        jobs = {job["part"]: job["owed"] for job in self.daemon.get("/api/v1/jobs").json["items"]}
        self.assertEqual(jobs, {"serre-tete": 16, "ecran": 8}, "others are made in its place")
        self.assertIn("blocked already", self.refused("lot", "block", "L1", "--reason", "again"))
        self.done("lot", "block", "L1", "--reason", "fissures partout", "--with-assembled")
        self.assertEqual([block["lot"] for block in self.daemon.get("/api/v1/status").json["blocked"]], ["K1", "L1"])
        self.assertIn("lot K1 is blocked by", self.refused(
            "stock", "ship", "--site", "atelier", "--product", "visiere", "--quantity", "1", "--for", "CHU"))
        self.assertEqual(self.daemon.get(f"/api/v1/orders/{order}").json["done"], 0)
        self.kill()
        recall = self.done("recall", "L1")
        self.assertRegex(recall, r"(?s)Blocked: nothing of it is used\..*K1 +4 .*fissures partout.*L1 +6 .*fissures")
        self.done("lot", "release", "L1", "--reason", "contrôlé", "--with-assembled")
        self.assertEqual(self.total()["blocked"], {})
        self.assertEqual(self.daemon.get(f"/api/v1/orders/{order}").json["done"], 4)
        self.done("stock", "ship", "--site", "atelier", "--product", "visiere", "--quantity", "4", "--for", "CHU")
        story = self.story("L1")
        self.assertEqual([(row["lot"], row["quantity"], row["reason"]) for row in story["blocks"]],
                         [("L1", 6, "fissures"), ("K1", 4, "fissures partout")])
        self.assertEqual(sorted((row["lot"], row["reason"]) for row in story["releases"]),
                         [("K1", "contrôlé"), ("L1", "contrôlé")])
        self.assertEqual(story["blocked"], [])

    def test_scrap_of_work_by_hand_is_in_the_report_with_its_step(self):
        self.receive("serre-tete", "L1", 10)
        self.done("step", "lavage", "--site", "atelier", "--part", "serre-tete", "--quantity", "7", "--scrap", "2",
                  "--reason", "fendus")
        rows = self.daemon.get("/api/v1/scrap").json["items"]
        self.assertEqual(rows, [{"reason": "fendus", "part": "serre-tete", "step": "lavage", "pieces": 2}])

    def test_who_may(self):
        self.receive("ecran", "E1", 3)
        body = {"reason": "rayures"}
        chief, one, worker = (self.daemon.admin(login, roles) for login, roles in (
            ("chef", {"*": "coordinator"}), ("une", {"atelier": "coordinator"}), ("main", {"*": "operator"})))
        for headers in (one, worker):
            self.assertEqual(self.web("/api/v1/lots/E1/block", body, headers).status, 403)
        self.assertEqual(self.web("/api/v1/lots/E1/block", body, chief).status, 201)
        self.assertEqual(self.daemon.post("/api/v1/lots/E1/release", {}).status, 422)
        self.assertEqual(self.daemon.post("/api/v1/lots/NOWHERE/block", body).status, 404)
        said = self.daemon.get("/api/v1/audit").json["items"]
        self.assertIn(("chef", "lot.block", "E1"), [(row["who"], row["command"], row["object"]) for row in said])
        for _ in range(2):
            answer = self.daemon.post("/api/v1/lots/E1/release", body, headers={"Idempotency-Key": "once"})
            self.assertEqual((answer.status, answer.json["message"]),
                             (201, "lot E1 is released: 3 in stock are free again"))
            self.kill()

    def test_any_name_a_lot_has_opens_it(self):
        for lot in ("SPOOL/17", "a/b/block", "100%/2F", "lot 7?#&", "é/ü"):
            self.receive("ecran", lot, 2)
            self.assertIn("ecran", self.done("lot", lot))
            self.assertEqual(self.story(lot)["received"][0]["lot"], lot)
            self.done("lot", "block", lot, "--reason", "rayures")
            path = "/api/v1/lots/" + urllib.parse.quote(lot, safe="")
            self.assertEqual(self.daemon.get(path).json["blocked"][0]["lot"], lot)
            label = self.daemon.get(path + "/label")
            self.assertEqual((label.status, label.bytes[:5]), (200, b"%PDF-"))
            self.done("lot", "release", lot, "--reason", "contrôlé")
        self.assertEqual(self.daemon.get("/api/v1/lots/a/b/block").status, 404)


if __name__ == "__main__":
    unittest.main()
