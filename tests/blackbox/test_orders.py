# SPDX-License-Identifier: Apache-2.0
"""Orders and stock by the command line: from an order to kits, and what is refused on the way."""
import json
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

    def test_a_key_books_once(self):
        body = {"site": "atelier", "part": "ecran", "quantity": 7}
        for _ in range(2):
            answer = self.daemon.post("/api/v1/stock/receive", body, headers={"Idempotency-Key": "k1"})
            self.assertEqual(answer.status, 201)
        self.assertEqual(self.daemon.get("/api/v1/stock").json["total"]["parts"]["ecran"], 7)


if __name__ == "__main__":
    unittest.main()
