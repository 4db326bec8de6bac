# SPDX-License-Identifier: Apache-2.0
"""What a computer does to its programs: a full disk, a locked database, a port that is taken, a damaged file."""
import os
import resource
import socket
import sqlite3
import subprocess
import unittest

from daemon import Daemon, program

JOB = {"part": "serre-tete", "quantity": 1}


class Disk(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon().start()
        self.addCleanup(self.daemon.close)

    def limit_files(self, size):
        resource.prlimit(self.daemon.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def ready(self):
        return self.daemon.get("/readyz").status

    def test_a_full_disk_is_told_and_forgotten_when_there_is_room(self):
        self.assertEqual(self.ready(), 200)
        self.limit_files(1)
        answer = self.daemon.get("/readyz")
        self.assertEqual((answer.status, answer.error["code"]), (507, "disk"))
        self.assertIn("free", answer.error["message"])
        answer = self.daemon.post("/api/v1/jobs", JOB)
        self.assertEqual((answer.status, answer.error["code"]), (507, "disk"))
        self.assertEqual(self.daemon.get("/healthz").status, 200)
        self.assertEqual(self.daemon.get("/api/v1/status").status, 200)
        self.limit_files(resource.RLIM_INFINITY)
        self.assertEqual(self.ready(), 200)
        self.assertEqual(self.daemon.post("/api/v1/jobs", JOB).status, 201)

    def test_a_locked_database_is_told_and_forgotten_when_it_is_free(self):
        path = os.path.join(self.daemon.content["state"], "usine.db")
        other = sqlite3.connect(path, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        answer = self.daemon.get("/readyz")
        self.assertEqual((answer.status, answer.error["code"]), (503, "busy"))
        self.assertIn("another program", answer.error["message"])
        self.assertEqual(self.daemon.post("/api/v1/jobs", JOB).status, 503)
        self.assertEqual(self.daemon.get("/api/v1/jobs").json["items"], [])
        self.assertEqual(self.daemon.get("/healthz").status, 200)
        other.execute("ROLLBACK")
        self.assertEqual(self.ready(), 200)
        self.assertEqual(self.daemon.post("/api/v1/jobs", JOB).status, 201)


class Start(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon()
        self.addCleanup(self.daemon.close)

    def refused(self, *words):
        """The last word on standard error is for a person, exit 1."""
        done = subprocess.run([program("usined"), "--config", self.daemon.config], capture_output=True, text=True,
                              timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        said = done.stderr.splitlines()[-1]
        self.assertTrue(said.startswith("usined: "), done.stderr)
        for word in words:
            self.assertIn(word, said)

    def database(self):
        os.mkdir(self.daemon.content["state"])
        return os.path.join(self.daemon.content["state"], "usine.db")

    def test_a_port_that_is_taken_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            self.daemon.content["listen"] = ["127.0.0.1:%d" % other.getsockname()[1]]
            self.daemon.write(self.daemon.content)
            self.refused("127.0.0.1:%d" % other.getsockname()[1], "in use")
        self.assertFalse(os.path.exists(self.daemon.socket))

    def test_a_locked_database_is_named(self):
        path = self.database()
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            self.refused(path, "another program")
        other.close()

    def test_a_file_that_is_no_database_is_named_and_left_alone(self):
        path = self.database()
        with open(path, "w", encoding="ascii") as file:
            file.write("precious" * 1000)
        self.refused(path, "backup")
        with open(path, encoding="ascii") as file:
            self.assertEqual(file.read(), "precious" * 1000)

    def test_a_state_folder_that_cannot_be_made_is_named(self):
        with open(os.path.join(self.daemon.folder, "file"), "w", encoding="ascii"):
            self.daemon.content["state"] = os.path.join(self.daemon.folder, "file", "state")
        self.daemon.write(self.daemon.content)
        self.refused('"state"', "file")


if __name__ == "__main__":
    unittest.main()
