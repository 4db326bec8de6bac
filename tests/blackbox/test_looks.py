# SPDX-License-Identifier: Apache-2.0
"""What the pages look at beside the status: history, notebook, label, layers, the config and its faults."""
import json
import os
import unittest
import urllib.parse
import xml.dom.minidom

from daemon import Daemon

HOSTILE = "<script>&\"'</text>"


class Looks(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def test_history_has_its_columns_from_the_start(self):
        history = self.daemon.get("/api/v1/machines/p01/history").json
        columns = ("at", "nozzle", "nozzle_target", "bed", "bed_target", "progress", "state")
        self.assertEqual({len(history[name]) for name in columns}, {len(history["at"])})
        self.assertEqual((history["machine"], history["every_s"]), ("p01", 5))
        self.assertEqual(self.daemon.get("/api/v1/machines/p99/history").status, 404)

    def test_a_note_stays_as_it_is_and_is_ticked_off_once(self):
        path = "/api/v1/machines/p01/notes"
        note = self.daemon.post(path, {"text": HOSTILE})
        self.assertEqual((note.status, note.json["text"], note.json["done_at"]), (201, HOSTILE, None))
        self.assertEqual(self.daemon.post(path, {"text": ""}).status, 422)
        self.assertEqual(self.daemon.post(path, {"text": "x" * 600}).status, 422)
        done = {"note": note.json["id"]}
        ticked = self.daemon.post(path + "/done", done)
        self.assertEqual((ticked.status, ticked.json["text"], bool(ticked.json["done_at"])), (200, HOSTILE, True))
        self.assertEqual(self.daemon.post(path + "/done", done).status, 404)
        self.daemon.stop()
        self.daemon.start()
        kept = self.daemon.get(path).json["items"]
        self.assertEqual([(row["text"], bool(row["done_at"])) for row in kept], [(HOSTILE, True)])

    def test_who_ticks_off_a_note_that_another_has_ticked_off_sees_whose_it_was(self):
        path = "/api/v1/machines/p01/notes"
        note = self.daemon.post(path, {"text": "the belt squeaks"}).json
        tick = lambda version, which=note["id"]: self.daemon.post(path + "/done", {"note": which},
                                                                   headers={"If-Match": f'"{version}"'})
        self.assertEqual(self.daemon.get(path).json["items"][0]["version"], note["version"])
        wrong = tick("0" * 16)
        self.assertEqual((wrong.status, wrong.json["current"]), (412, note))
        done = tick(note["version"])
        self.assertEqual((done.status, done.headers["ETag"]), (200, f'"{done.json["version"]}"'))
        self.assertNotEqual(done.json["version"], note["version"])
        late = tick(note["version"])
        self.assertEqual((late.status, late.error["code"], late.json["current"]), (412, "stale", done.json))
        self.assertEqual(tick(note["version"], 77).status, 404)
        self.assertEqual(self.daemon.get(path).json["items"], [done.json])

    def test_a_label_is_a_picture_whatever_the_names_are(self):
        label = self.daemon.get("/api/v1/machines/p01/label.svg?base=https://usine.example.org")
        self.assertEqual(label.status, 200)
        texts = [node.firstChild.data for node in xml.dom.minidom.parseString(label.bytes).getElementsByTagName("text")]
        self.assertEqual((texts[0], texts[3]), ("P01", "p01"))
        for base in ("javascript:alert(1)", "https://", "https://a/b", "https://a?b", "ftp://a", 'https://a"',
                     "https://a b"):
            answer = self.daemon.get("/api/v1/machines/p01/label.svg?base=" + urllib.parse.quote(base, safe=""))
            self.assertEqual((answer.status, answer.error["field"]), (422, "base"), base)

    def test_a_layer_is_drawn_and_what_is_not_there_is_empty(self):
        self.daemon.add_program()
        first = self.daemon.get("/api/v1/programs/repere/path").json
        self.assertEqual((first["kind"], first["layer"]), ("printer", 1))
        self.assertGreater(first["layers"], 2)
        self.assertTrue(any(stroke[0] == 1 for stroke in first["strokes"]))
        self.assertTrue(all(len(stroke) >= 6 and len(stroke) % 2 == 0 for stroke in first["strokes"]))
        beyond = self.daemon.get("/api/v1/programs/repere/path?layer=100000").json
        self.assertEqual((beyond["z_mm"], beyond["strokes"]), (None, []))
        self.assertEqual(self.daemon.get("/api/v1/programs/repere/path?layer=0").status, 422)
        self.assertEqual(self.daemon.get("/api/v1/programs/repere/path?model=ender-3").status, 422)
        self.assertEqual(self.daemon.get("/api/v1/programs/nothing/path").status, 404)

    def test_why_a_machine_does_nothing_is_said_for_each_open_job(self):
        self.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 3})
        rows = self.daemon.get("/api/v1/machines/p01/why").json["items"]
        self.assertEqual([(row["job"], row["machine"], row["reason"]) for row in rows], [(1, "p01", "no_program")])
        self.assertEqual(self.daemon.get("/api/v1/machines/p99/why").status, 404)

    def test_a_changed_config_is_checked_and_never_written(self):
        path = self.daemon.config
        with open(path, encoding="utf-8") as file:
            before = file.read()
        self.assertEqual(self.daemon.get("/api/v1/config/text").json["text"], before)
        good = self.daemon.ask("POST", "/api/v1/config/check", before.encode())
        self.assertEqual((good.status, good.json["accepted"], good.json["faults"]), (200, True, []))
        bad = self.daemon.ask("POST", "/api/v1/config/check", b'{\n  "rolle": "hub"\n}').json
        self.assertFalse(bad["accepted"])
        self.assertIn("rolle", json.dumps([fault for fault in bad["faults"] if fault["line"] == 2]))
        with open(path, encoding="utf-8") as file:
            self.assertEqual(file.read(), before)

    def test_passwords_in_the_config_are_not_shown(self):
        daemon = Daemon(smtp={"url": "smtp://marie:secret@127.0.0.1:25", "from": "usine@example.org"}).start()
        self.addCleanup(daemon.close)
        text = daemon.get("/api/v1/config/text").json["text"]
        self.assertIn("@127.0.0.1:25", text)
        self.assertNotIn("secret", text)
        self.assertNotIn("marie", text)

    def test_only_a_verdict_can_be_corrected_or_taken_back(self):
        self.assertEqual(self.daemon.post("/api/v1/runs/7/correct", {"good": 1, "scrap": 0}).status, 404)
        self.assertEqual(self.daemon.post("/api/v1/runs/7/correct", {"good": -1, "scrap": 0}).status, 422)
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/undo").status, 409)
        self.assertEqual(self.daemon.post("/api/v1/machines/p01/count").status, 409)


if __name__ == "__main__":
    unittest.main()
