# SPDX-License-Identifier: Apache-2.0
"""Orders and stock by the command line: from an order to kits, and what is refused on the way."""
import json
import signal
import unittest

from daemon import Daemon, Words


class Orders(Words):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def receive(self, part, quantity):
        self.done("stock", "receive", "--site", "atelier", "--part", part, "--quantity", str(quantity))

    def test_an_order_is_done_when_its_kits_are_put_together(self):
        self.assertEqual(self.daemon.add_program().status, 201)  # so that headbands are made
        number = self.done("order", "add", "--product", "visiere", "--quantity", "5", "--for", "CHU").strip()
        jobs = json.loads(self.done("jobs", "--json"))["items"]
        self.assertTrue(jobs and all(job["order"] == int(number) for job in jobs))
        self.receive("serre-tete", 5)
        self.receive("ecran", 3)
        self.receive("elastique", 200)
        order = json.loads(self.done("order", number, "--json"))
        self.assertEqual((order["limiting"], order["done"], order["state"]), ("ecran", 0, "open"))
        self.assertIn("there are 3 ecran at atelier, 5 are needed",
                      self.refused("stock", "assemble", "--site", "atelier", "--quantity", "5"))
        self.receive("ecran", 2)
        stock = json.loads(self.done("stock", "--json"))
        self.assertEqual((stock["total"]["kits"]["visiere"], stock["total"]["parts"]["elastique"]), (5, 200))
        self.done("stock", "assemble", "--site", "atelier", "--quantity", "5")
        self.assertEqual(json.loads(self.done("order", number, "--json"))["state"], "done")
        self.assertEqual(json.loads(self.done("status", "--json"))["today"]["done"], 5)
        self.assertRegex(self.done("orders"), r"(?m)^ *1  visiere +5 +5  done")
        self.assertIn("visiere 5, elastique 195", self.done("stock"))

    def test_what_lies_at_a_site_that_has_left_the_config_is_seen_and_taken_away(self):
        content = self.daemon.content
        annexe = {"id": "annexe", "name": "L'annexe", "hours": content["sites"][0]["hours"]}
        kit = content["products"][0]
        self.daemon.write({**content, "sites": content["sites"] + [annexe],
                           "products": [{**kit, "parts": {**kit["parts"], "mousse": 1}}]})
        self.daemon.wait(lambda: self.daemon.usine("stock", "receive", "--site", "annexe", "--part", "mousse", "--quantity", "4",
                                                   "--lot", "M1").returncode == 0, "the annexe")
        self.daemon.write(content)
        self.daemon.wait(lambda: len(self.daemon.get("/api/v1/status").json["sites"]) == 1, "the annexe to be gone")
        stock = json.loads(self.done("stock", "--lots", "--json"))
        self.assertEqual(stock["total"]["parts"]["mousse"], 4)
        self.assertEqual([(site["id"], site["parts"]["mousse"], site["lots"][0]["lot"]) for site in stock["sites"] if site.get("gone")],
                         [("annexe", 4, "M1")])
        self.assertRegex(self.done("stock"), r"(?m)^annexe \(gone\) +mousse 4")
        self.assertIn("no site", self.refused("stock", "receive", "--site", "annexe", "--part", "ecran", "--quantity", "1"))
        self.assertIn("neither a part", self.refused("stock", "move", "--site", "atelier", "--part", "mousse", "--quantity", "1",
                                                     "--to", "annexe"))
        self.done("stock", "move", "--site", "annexe", "--part", "mousse", "--quantity", "3", "--to", "atelier")
        self.done("stock", "count", "--site", "annexe", "--part", "mousse", "--quantity", "0")
        stock = json.loads(self.done("stock", "--json"))
        self.assertEqual([(site["id"], site["parts"]["mousse"]) for site in stock["sites"]], [("atelier", 3)])

    def test_pieces_are_counted_and_filament_is_weighed(self):
        filament = {"id": "petg", "name": "PETG", "process": "buy", "material": "PETG", "unit": "gram"}
        others = [{"id": part, "name": part} for part in self.daemon.content["products"][0]["parts"]]
        self.daemon.write({**self.daemon.content, "parts": [filament, *others]})
        units = lambda: {part["id"]: part["unit"] for part in self.daemon.get("/api/v1/status").json["parts"]}
        self.daemon.wait(lambda: "petg" in units(), "the filament")
        self.assertEqual((units()["petg"], units()["ecran"]), ("gram", "piece"))

    def test_a_key_books_once(self):
        body = {"site": "atelier", "part": "ecran", "quantity": 7}
        for _ in range(2):
            answer = self.daemon.post("/api/v1/stock/receive", body, headers={"Idempotency-Key": "k1"})
            self.assertEqual(answer.status, 201)
        self.assertEqual(self.daemon.get("/api/v1/stock").json["total"]["parts"]["ecran"], 7)

    def test_a_key_books_once_also_when_the_daemon_is_killed_in_between(self):
        keyed = [("/api/v1/stock/receive", {"site": "atelier", "part": "ecran", "quantity": 7}),
                 ("/api/v1/stock/count", {"site": "atelier", "part": "elastique", "quantity": 4}),
                 ("/api/v1/stock/ship", {"site": "atelier", "part": "ecran", "quantity": 2, "for": "CHU"}),
                 ("/api/v1/orders", {"product": "visiere", "quantity": 3}),
                 ("/api/v1/jobs", {"part": "ecran", "quantity": 5})]

        def ask(number, body=None):
            path, asked = keyed[number]
            return self.daemon.post(path, body or asked, headers={"Idempotency-Key": f"k{number}"})

        first = [ask(number) for number in range(len(keyed))]
        self.assertEqual({answer.status for answer in first}, {201})
        self.daemon.stop(signal.SIGKILL)
        self.daemon.start()
        for _ in range(2):
            again = [ask(number) for number in range(len(keyed))]
            self.assertEqual({answer.status for answer in again}, {201})
            self.assertIn("7 ecran received", again[0].json["message"])
            self.assertEqual([answer.json["id"] for answer in again[3:]], [answer.json["id"] for answer in first[3:]])
        self.assertEqual(again[3].json["product"], "visiere")
        self.assertEqual(ask(0, {"site": "atelier", "part": "ecran", "quantity": 8}).status, 422)
        parts = self.daemon.get("/api/v1/stock").json["total"]["parts"]
        self.assertEqual((parts["ecran"], parts["elastique"]), (5, 4))
        self.assertEqual(len(self.daemon.get("/api/v1/orders").json["items"]), 1)
        self.assertEqual(len([job for job in self.daemon.get("/api/v1/jobs").json["items"] if not job["order"]]), 1)

    def test_what_was_refused_may_be_asked_again_after_a_restart(self):
        ship = {"site": "atelier", "part": "ecran", "quantity": 1, "for": "CHU"}
        self.assertEqual(self.daemon.post("/api/v1/stock/ship", ship, headers={"Idempotency-Key": "k"}).status, 409)
        self.daemon.stop(signal.SIGKILL)
        self.daemon.start()
        self.receive("ecran", 1)
        self.assertEqual(self.daemon.post("/api/v1/stock/ship", ship, headers={"Idempotency-Key": "k"}).status, 201)


if __name__ == "__main__":
    unittest.main()
