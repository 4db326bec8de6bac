# SPDX-License-Identifier: Apache-2.0
"""Declared production: a maker without a daemon says by a link what they made; the site receives it, once; the lot keeps
the maker's name. What a link may not do is refused, whoever holds it."""
import http.client
import json
import signal
import subprocess
import time
import unittest

from daemon import Daemon, machine, program

HERE, THERE = "atelier", "ailleurs"
SITES = [{"id": HERE, "name": "L'atelier", "hours": "24/7"}, {"id": THERE, "name": "Ailleurs"}]


class Declared(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon([machine("p01")], sites=SITES).start()
        self.addCleanup(self.daemon.close)

    def link(self, **more):
        body = {"name": "Anne Martin", "contact": "anne@example.org", "parts": ["serre-tete"], "sites": [HERE], **more}
        added = self.daemon.post("/api/v1/makers", body)
        self.assertEqual(added.status, 201, added.bytes)
        self.assertTrue(added.json["path"].startswith("/declare#"))
        return added.json["id"], added.json["path"].split("#")[1]

    def ask(self, secret, method="GET", path="/api/v1/declare", body=None, **headers):
        """As the maker's page does: over TCP, with the secret of the link and nothing else."""
        connection = http.client.HTTPConnection(*self.daemon.tcp(), timeout=20)
        return self.daemon.ask(method, path, body, {"Authorization": f"Bearer {secret}", **headers}, connection)

    def declare(self, secret, **more):
        return self.ask(secret, "POST", body={"part": "serre-tete", "quantity": 12, "site": HERE, **more})

    def waiting(self, **more):
        return self.daemon.get("/api/v1/declarations" + ("?all=true" if more else "")).json["items"]

    def stock(self):
        return self.daemon.get("/api/v1/stock?lots=true").json

    def receive(self, number, body, word="receive", **headers):
        return self.daemon.post(f"/api/v1/declarations/{number}/{word}", body, headers=headers)

    def test_from_a_link_to_the_stock(self):
        number, secret = self.link()
        seen = self.ask(secret).json
        self.assertEqual((seen["name"], seen["parts"], seen["items"]),
                         ("Anne Martin", [{"id": "serre-tete", "name": "serre-tete"}], []))
        self.assertEqual([site["id"] for site in seen["sites"]], [HERE])
        made = self.declare(secret, made=time.strftime("%Y-%m-%d"), material="PETG",
                            note="<b>sac</b> bleu \U0001f389")
        self.assertEqual(made.status, 201, made.bytes)
        lot = made.json["lot"]
        self.assertRegex(lot, r"^D\d{6}-[0-9A-Z]{6}$")
        self.assertEqual(self.stock()["total"]["parts"].get("serre-tete", 0), 0, "what is declared is no stock yet")
        row = self.waiting()[0]
        self.assertEqual((row["name"], row["quantity"], row["note"], row["maker"]),
                         ("Anne Martin", 12, "<b>sac</b> bleu \U0001f389", number))
        self.assertEqual(self.receive(row["id"], {"good": 11, "scrap": 1}).error["message"],
                         "say what is wrong with the pieces that are no good: the maker reads it")
        done = self.receive(row["id"], {"good": 11, "scrap": 1, "reason": "warped"})
        self.assertEqual(done.status, 201, done.bytes)
        self.assertEqual(self.waiting(), [])
        self.assertEqual(self.stock()["total"]["parts"]["serre-tete"], 11)
        own = self.ask(secret).json["items"][0]
        self.assertEqual((own["state"], own["good"], own["scrap"], own["reason"]), ("received", 11, 1, "warped"))
        self.assertNotIn("by", own, "a maker is not told whose hands counted")
        story = self.daemon.get(f"/api/v1/lots/{lot}").json
        self.assertEqual([(row["quantity"], row["maker"], row["declaration"], row["by"]) for row in story["received"]],
                         [(11, "Anne Martin", row["id"], "cli")])
        self.assertEqual([(row["quantity"], row["reason"]) for row in story["discarded"]], [(1, "warped")])
        self.assertEqual([row["quantity"] for row in story["stock"]], [11])
        told = self.daemon.usine("lot", lot).stdout
        self.assertRegex(told, r"Anne Martin +%d +cli" % row["id"])
        today = self.daemon.get("/api/v1/status").json["today"]
        self.assertEqual(today["scrap"].get("serre-tete"), 1)
        audit = [row["command"] for row in self.daemon.get("/api/v1/audit").json["items"]]
        for command in ("maker.add", "declare", "declaration.receive"):
            self.assertIn(command, audit)
        log = json.dumps(self.daemon.get("/api/v1/audit").json) + self.daemon.logged()
        self.assertNotIn(secret, log)
        self.assertNotIn("anne@example.org", log)

    def test_what_is_refused_is_no_stock_and_the_maker_reads_why(self):
        _, secret = self.link()
        number = self.declare(secret).json["id"]
        self.assertEqual(self.receive(number, {}, "refuse").status, 422)
        self.assertEqual(self.receive(number, {"reason": "cracked"}, "refuse").status, 201)
        own = self.ask(secret).json["items"][0]
        self.assertEqual((own["state"], own["reason"]), ("refused", "cracked"))
        self.assertEqual(self.receive(number, {"good": 12}).status, 404)
        self.assertEqual(self.stock()["total"]["parts"].get("serre-tete", 0), 0)

    def test_a_maker_takes_back_what_nobody_has_received(self):
        _, anne = self.link()
        _, tom = self.link(name="Tom")
        number = self.declare(anne).json["id"]
        self.assertEqual(self.ask(tom, "DELETE", f"/api/v1/declare/{number}").status, 404, "not another's")
        self.assertEqual(self.ask(anne, "DELETE", f"/api/v1/declare/{number}").status, 200)
        self.assertEqual(self.ask(anne, "DELETE", f"/api/v1/declare/{number}").status, 404)
        self.assertEqual(self.receive(number, {"good": 12}).status, 404)
        self.assertEqual(self.ask(anne).json["items"][0]["state"], "withdrawn")
        self.assertEqual(self.ask(tom).json["items"], [], "makers see their own only")

    def test_a_link_does_nothing_else_and_ends_when_it_is_revoked_or_over(self):
        number, secret = self.link()
        for path in ("status", "stock", "declarations", "makers", "me", "events", "machines"):
            self.assertEqual(self.ask(secret, path=f"/api/v1/{path}").status, 403, path)
        self.assertEqual(self.declare(secret, site=THERE).status, 403)
        for more, field in (({"part": "ecran"}, "part"), ({"quantity": 0}, "quantity"), ({"quantity": 5001}, "quantity"),
                            ({"made": "2020-04-07"}, "made"), ({"made": "2999-01-01"}, "made"), ({"made": "x"}, "made"),
                            ({"note": "a\nb"}, "note"), ({"note": "x" * 300}, "note"), ({"by": "admin"}, None)):
            answer = self.declare(secret, **more)
            self.assertEqual((answer.status, answer.error.get("field")), (422, field), answer.bytes)
        self.assertEqual(self.ask(secret, "POST", body=b'{"note": "' + b"x" * 70000 + b'"}').status, 413)
        self.assertEqual(self.waiting(), [])
        self.assertEqual(self.daemon.ask("DELETE", f"/api/v1/makers/{number}").status, 200)
        self.assertEqual(self.ask(secret).status, 401)
        self.assertEqual(self.declare(secret).status, 401)
        self.assertEqual(self.daemon.get("/api/v1/makers").json["items"], [])
        soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        _, short = self.link(expires=soon)
        self.daemon.wait(lambda: self.declare(short).status == 401, "the link to expire")
        _, kept = self.link()
        self.daemon.stop()
        self.daemon.start()
        self.assertEqual((self.ask(secret).status, self.ask(kept).status), (401, 200), "so it stays after a restart")

    def test_one_link_cannot_flood(self):
        _, secret = self.link()
        answers = [self.declare(secret, quantity=1) for _ in range(21)]
        self.assertEqual([answer.status for answer in answers], [201] * 20 + [409])
        for answer in answers[:15]:
            self.assertEqual(self.ask(secret, "DELETE", f"/api/v1/declare/{answer.json['id']}").status, 200)
        answers = [self.declare(secret, quantity=1) for _ in range(11)]
        self.assertEqual([answer.status for answer in answers], [201] * 10 + [429])
        self.assertGreater(int(answers[-1].headers["Retry-After"]), 3000)
        _, other = self.link(name="Tom")
        self.assertEqual(self.declare(other).status, 201, "another maker has room")
        refused = [row for row in self.daemon.get("/api/v1/audit?command=declare").json["items"] if row["status"] >= 400]
        self.assertEqual(refused, [], "refusals to a link do not fill the audit log")

    def test_nothing_counts_twice(self):
        _, secret = self.link()
        first = self.declare(secret, mark="0123456789abcdef").json
        self.daemon.process.send_signal(signal.SIGKILL)
        self.daemon.process.wait()
        self.daemon.start()
        again = self.declare(secret, mark="0123456789abcdef").json
        self.assertEqual(again, first, "the page asks again when it did not hear the answer")
        self.assertEqual(len(self.waiting()), 1)
        body = {"good": 11, "scrap": 1, "reason": "fendu"}
        answers = [self.receive(first["id"], body, **{"Idempotency-Key": "k"}) for _ in range(2)]
        self.daemon.process.send_signal(signal.SIGKILL)
        self.daemon.process.wait()
        self.daemon.start()
        answers += [self.receive(first["id"], body, **key) for key in ({"Idempotency-Key": "k"}, {}, {"Idempotency-Key": "n"})]
        for answer in answers:
            self.assertEqual((answer.status, answer.json), (201, answers[0].json), "as the first time, whatever was lost")
        for other in ({"good": 12}, {**body, "scrap": 2}):
            self.assertEqual(self.receive(first["id"], other).status, 404, "another count of what was counted")
        self.assertEqual(self.receive(first["id"], {"reason": "fendu"}, "refuse").status, 404)
        self.assertEqual(self.declare(secret, mark="0123456789abcdef").json["state"], "received")
        self.assertEqual(self.stock()["total"]["parts"]["serre-tete"], 11)

    def test_who_may_at_which_site(self):
        tcp = lambda: http.client.HTTPConnection(*self.daemon.tcp(), timeout=20)
        here = self.daemon.admin("carla", {HERE: "coordinator"})
        there = self.daemon.admin("olaf", {THERE: "coordinator"})
        body = {"name": "Anne", "parts": ["serre-tete"], "sites": [HERE]}
        self.assertEqual(self.daemon.ask("POST", "/api/v1/makers", body, there, tcp()).status, 403)
        self.assertEqual(self.daemon.ask("POST", "/api/v1/makers", {**body, "sites": []}, here, tcp()).status, 403)
        added = self.daemon.ask("POST", "/api/v1/makers", body, here, tcp())
        self.assertEqual(added.status, 201)
        number, secret = added.json["id"], added.json["path"].split("#")[1]
        listed = [self.daemon.ask("GET", "/api/v1/makers", None, who, tcp()).json["items"] for who in (here, there)]
        self.assertEqual([len(items) for items in listed], [1, 0], "contacts are shown to the link's own sites")
        declared = self.declare(secret).json["id"]
        path = f"/api/v1/declarations/{declared}/receive"
        self.assertEqual(self.daemon.ask("POST", path, {"good": 12}, there, tcp()).status, 403)
        self.assertEqual(self.daemon.ask("DELETE", f"/api/v1/makers/{number}", None, there, tcp()).status, 403)
        self.assertEqual(self.daemon.ask("POST", path, {"good": 12}, here, tcp()).status, 201)
        self.assertEqual(self.daemon.ask("DELETE", f"/api/v1/makers/{number}", None, here, tcp()).status, 200)

    def usine(self, *words):
        done = self.daemon.usine(*words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_by_the_command_line(self):
        link = self.usine("maker", "add", "--name", "Anne", "--part", "serre-tete", "--site", HERE).strip()
        base, secret = link.split("/declare#")
        self.assertRegex(self.usine("maker", "list"), r"Anne +serre-tete +atelier")
        declared = subprocess.run([program("usine"), "--url", base, "--token", secret, "declare", "--part", "serre-tete",
                                   "--quantity", "3", "--site", HERE], capture_output=True, text=True, check=False)
        self.assertRegex(declared.stdout, r"declaration 1: write the lot D\d{6}-\w{6} on the bag", declared.stderr)
        self.assertRegex(self.usine("declarations"), r"1  Anne +3  serre-tete +atelier")
        self.assertIn("received at atelier", self.usine("declaration", "1", "receive", "--good", "3"))
        self.assertIn("Nothing waits", self.usine("declarations"))
        self.assertRegex(self.usine("declarations", "--all"), r"Anne .*received +3 +0")
        self.assertIn("revoked", self.usine("maker", "remove", "1"))


if __name__ == "__main__":
    unittest.main()
