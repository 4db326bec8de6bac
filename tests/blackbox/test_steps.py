# SPDX-License-Identifier: Apache-2.0
"""Work by hand: batches by the command line and the API, gates on the way to kits, and a daemon killed in between."""
import json
import os
import signal
import unittest

from daemon import Daemon, Words

WASH = {"id": "lavage", "name": {"fr": "Lavage", "en": "Washing"}, "kind": "wash", "gate": True, "minutes": 20,
        "method": "eau de Javel 0,5 %, 20 min"}
PACK = {"id": "emballage", "kind": "pack", "gate": True}
PARTS = [{"id": "serre-tete", "steps": [WASH]}, {"id": "ecran"}]
PRODUCTS = [{"id": "visiere", "steps": [PACK], "parts": {"serre-tete": 1, "ecran": 1}}]


class Steps(Words):
    def setUp(self):
        self.daemon = Daemon(parts=PARTS, products=PRODUCTS).start()
        self.addCleanup(self.daemon.close)
        for part, lot in (("serre-tete", "L1"), ("ecran", "E1")):
            self.done("stock", "receive", "--site", "atelier", "--part", part, "--quantity", "42", "--lot", lot)

    def waits(self):
        items = self.daemon.get("/api/v1/steps").json["items"]
        return {item["step"]: [(lot["lot"], lot["waiting"]) for lot in item["lots"]] for item in items}

    def kill(self):
        os.kill(self.daemon.process.pid, signal.SIGKILL)
        self.daemon.process.wait()
        self.daemon.start()

    def test_from_washing_to_the_parcel_and_who_did_it(self):
        self.assertIn("0 serre-tete are ready at atelier, not 40: 42 wait for the step Washing",
                      self.refused("stock", "assemble", "--site", "atelier", "--quantity", "40"))
        total = json.loads(self.done("stock", "--json"))["total"]
        self.assertEqual((total["parts"]["serre-tete"], total["kits"]["visiere"]), (42, 0))
        self.assertEqual((total["limiting"]["visiere"], total["limiting_step"]["visiere"]), ("serre-tete", "lavage"))
        self.assertEqual(total["limiting_step_name"]["visiere"], WASH["name"])
        self.assertIn("some wait for Washing", self.done("stock"))
        self.assertIn({"item": "serre-tete", "id": "lavage", "name": WASH["name"]},
                      self.daemon.get("/api/v1/status").json["steps"])
        self.assertIn("lavage", self.done("steps"))
        self.done("step", "lavage", "--site", "atelier", "--part", "serre-tete", "--quantity", "40", "--scrap", "2",
                  "--reason", "fendus")
        self.kill()
        self.assertEqual(self.waits(), {})
        self.done("stock", "assemble", "--site", "atelier", "--quantity", "40", "--lot", "K1")
        self.assertIn("wait for the step emballage", self.refused(
            "stock", "ship", "--site", "atelier", "--product", "visiere", "--quantity", "10", "--for", "CHU"))
        self.done("step", "emballage", "--site", "atelier", "--product", "visiere", "--quantity", "10")
        self.kill()
        self.assertEqual(self.waits(), {"emballage": [("K1", 30)]})
        self.done("stock", "ship", "--site", "atelier", "--product", "visiere", "--quantity", "10", "--for", "CHU")
        story = json.loads(self.done("lot", "K1", "--json"))
        self.assertEqual([(row["step"], row["lot"], row["quantity"]) for row in story["steps"]],
                         [("lavage", "L1", 40), ("emballage", "K1", 10)])
        self.assertEqual(story["steps"][0]["reason"], WASH["method"])
        self.assertIn("lavage", self.done("lot", "L1"))
        self.assertEqual(json.loads(self.done("lot", "L1", "--json"))["discarded"][0]["reason"], "fendus")

    def test_a_batch_is_found_and_taken_back_later(self):
        batch = ("--site", "atelier", "--part", "serre-tete", "--lot", "L1")
        self.done("step", "lavage", *batch, "--quantity", "30", "--scrap", "2", "--reason", "fendus")
        self.done("step", "lavage", *batch, "--quantity", "5")
        self.done("step", "back", "lavage", *batch, "--quantity", "8")
        self.kill()
        rows = self.daemon.get("/api/v1/steps/batches").json["items"]
        self.assertEqual([(row["quantity"], row["scrap"], row["left"], row["left_scrap"]) for row in rows],
                         [(-8, 0, 0, 0), (5, 0, 0, 0), (30, 2, 27, 2)])
        last = rows[2]
        self.assertEqual((last["part"], last["lot"], last["step"], last["name"], last["reason"], last["note"]),
                         ("serre-tete", "L1", "lavage", WASH["name"], "fendus", WASH["method"]))
        body = {**{key: last[key] for key in ("site", "part", "lot", "step", "reason")},
                "quantity": last["left"], "scrap": last["left_scrap"]}
        self.assertEqual(self.daemon.post("/api/v1/steps/back", body).status, 201)
        self.assertEqual(self.waits(), {"lavage": [("L1", 42)]})
        self.assertEqual([row["left"] + row["left_scrap"] for row in self.daemon.get("/api/v1/steps/batches").json["items"]],
                         [0, 0, 0, 0])
        self.assertEqual(self.daemon.get("/api/v1/steps/batches?site=nowhere").status, 422)
        self.assertIn("lavage", self.done("step", "batches", "--limit", "1"))

    def test_a_key_counts_once_and_a_batch_goes_back(self):
        body = {"site": "atelier", "part": "serre-tete", "step": "lavage", "quantity": 12, "lot": "L1"}
        for _ in range(2):
            answer = self.daemon.post("/api/v1/steps", body, headers={"Idempotency-Key": "k1"})
            self.assertEqual(answer.status, 201)
        self.assertEqual(self.waits(), {"lavage": [("L1", 30)]})
        answer = self.daemon.post("/api/v1/steps", {**body, "quantity": 31})
        self.assertEqual((answer.status, answer.error["message"]),
                         (409, "of lot L1 30 serre-tete wait for Washing at atelier, not 31"))
        self.done("step", "back", "lavage", "--site", "atelier", "--part", "serre-tete", "--quantity", "12", "--lot",
                  "L1")
        self.assertEqual(self.waits(), {"lavage": [("L1", 42)]})
        self.kill()
        self.assertEqual(self.waits(), {"lavage": [("L1", 42)]})
        self.assertEqual(self.daemon.post("/api/v1/steps", {**body, "product": "visiere"}).status, 422)
        self.assertEqual(self.daemon.get("/api/v1/steps?site=nowhere").status, 422)


if __name__ == "__main__":
    unittest.main()
