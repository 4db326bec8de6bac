# SPDX-License-Identifier: Apache-2.0
"""curl against every route that the daemon says it has: each answers, in JSON when it refuses, and under the same strict
headers."""
import collections
import json
import subprocess
import unittest

from daemon import Daemon, machine

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-resource-policy": "same-origin",
}
STREAM = "/api/v1/events"
ENDS = ["/api/v1/users", "/api/v1/sessions", "/api/v1/logout"]  # who asks these last ones may be nobody afterwards
UNREACHED = "/estop"  # no machine is there: 502 says to cut its power


class Routes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon([machine("p01"), machine("p02")]).start()
        cls.addClassCleanup(cls.daemon.close)
        cls.session = cls.daemon.admin()
        cls.daemon.add_program()
        cls.daemon.post("/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        cls.base = "http://{}:{}".format(*cls.daemon.tcp())

    def curl(self, method, path, body):
        """(status, headers, body) as curl saw them."""
        head = [word for name, value in self.session.items() for word in ("-H", f"{name}: {value}")]
        sent = ["-H", "Content-Type: application/json", "--data-binary", body] if body is not None else []
        end = ["--max-time", "0.5"] if path == STREAM else ["--max-time", "20"]
        done = subprocess.run(["curl", "-sSi", "-X", method, *end, *head, *sent, self.base + path], capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 28) if path == STREAM else (0,), f"{method} {path}: {done.stderr.decode()}")
        lines, _, rest = done.stdout.partition(b"\r\n\r\n")
        first, *lines = lines.decode().split("\r\n")
        return int(first.split()[1]), [tuple(line.lower().split(": ", 1)) for line in lines], rest

    def test_every_route_answers_curl(self):
        paths = self.daemon.get("/api/v1/openapi.json").json["paths"]
        rows = [(method.upper(), path) for path, item in paths.items() for method in item]
        rows.sort(key=lambda row: any(row[1].startswith(end) for end in ENDS))
        seen = collections.Counter()
        for method, path in rows:
            target = path.replace("{id}", "p01" if "/machines/" in path else "1").replace("{name}", "x").replace("{part}", "serre-tete")
            status, headers, body = self.curl(method, target, "{}" if method in ("POST", "PUT", "PATCH") else None)
            seen[status] += 1
            with self.subTest(f"{method} {path}", status=status):
                self.assertTrue(status < 500 or (status == 502 and path.endswith(UNREACHED)), body[:300])
                for name, value in HEADERS.items():
                    self.assertEqual([is_value for is_name, is_value in headers if is_name == name], [value.lower()], name)
                self.assertEqual(1, sum(name == "content-security-policy" and value.startswith("default-src 'none'") for name, value in headers))
                if status >= 400 and path.startswith("/api/v1/"):
                    self.assertTrue(json.loads(body)["error"]["message"])
        print(f"{len(rows)} routes: " + ", ".join(f"{n} x {status}" for status, n in sorted(seen.items())))
        self.assertGreater(seen[200], 40)


if __name__ == "__main__":
    unittest.main()
