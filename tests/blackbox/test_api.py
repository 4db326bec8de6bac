# SPDX-License-Identifier: Apache-2.0
"""What every caller of the HTTP interface may rely on, whatever the noun."""
import gzip
import json
import unittest

from daemon import Daemon


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().start()
        cls.addClassCleanup(cls.daemon.close)

    def ask(self, method, path, body=None, **headers):
        return self.daemon.ask(method, path, body, headers={name.replace("_", "-"): text for name, text in headers.items()})


class Compression(Api):
    def test_the_status_is_compressed_for_who_takes_it(self):
        plain = self.ask("GET", "/api/v1/status")
        self.assertIsNone(plain.headers["Content-Encoding"])
        self.assertIn("machines", plain.json)
        for accepted in ("gzip", "br, gzip;q=0.5", "GZIP"):
            answer = self.ask("GET", "/api/v1/status", Accept_Encoding=accepted)
            self.assertEqual((answer.headers["Content-Encoding"], answer.headers["Vary"]), ("gzip", "Accept-Encoding"))
            self.assertEqual([machine["id"] for machine in json.loads(gzip.decompress(answer.bytes))["machines"]], ["p01", "l01"])
        self.assertLess(len(answer.bytes), len(plain.bytes) / 2)

    def test_who_does_not_take_it_gets_it_plain(self):
        for accepted in ("br", "gzip;q=0", "gzip; q=0.0, br", ""):
            self.assertIsNone(self.ask("GET", "/api/v1/status", Accept_Encoding=accepted).headers["Content-Encoding"])


if __name__ == "__main__":
    unittest.main()
