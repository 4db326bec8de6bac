# SPDX-License-Identifier: Apache-2.0
"""/metrics, judged by Prometheus's own tool."""
import os
import shutil
import subprocess
import unittest

from daemon import Daemon

# Where scripts/install-deps puts it: installing Debian's package would start a server.
UNPACKED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "build-tools", "promtool")


def promtool(text):
    """What it says of a text of metrics; nothing when all is well."""
    tool = UNPACKED if os.path.exists(UNPACKED) else shutil.which("promtool")
    if tool is None:
        raise AssertionError("no promtool: scripts/install-deps tests")
    done = subprocess.run([tool, "check", "metrics"], input=text, capture_output=True, check=False)
    return (done.stdout + done.stderr).decode() or ("" if done.returncode == 0 else f"exit {done.returncode}")


class Metrics(unittest.TestCase):
    def test_prometheus_finds_nothing_to_say_about_them(self):
        daemon = Daemon().start()
        self.addCleanup(daemon.close)
        daemon.add_program()
        self.assertEqual(daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 3}).status, 201)
        answer = daemon.get("/metrics")
        self.assertEqual(answer.status, 200)
        self.assertIn(b"usine_pieces_owed 3\n", answer.bytes)
        self.assertEqual(promtool(answer.bytes), "")
        self.assertNotEqual(promtool(answer.bytes.replace(b"# HELP usine_jobs_open ", b"# HELP usine_jobs ")), "")
        self.assertNotEqual(promtool(answer.bytes + b'usine_machines{state="idle} 1\n'), "")


if __name__ == "__main__":
    unittest.main()
