# SPDX-License-Identifier: Apache-2.0
"""Whatever comes in by HTTP: a clear error, and the daemon goes on."""
import http.client
import json
import os
import socket
import unittest

from daemon import Daemon, UnixConnection


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().start()
        cls.addClassCleanup(cls.daemon.close)

    def tearDown(self):
        self.assertIsNone(self.daemon.process.poll())
        self.assertEqual(self.daemon.get("/healthz").status, 200)

    def refused(self, answer, status, code):
        self.assertEqual((answer.status, answer.error["code"]), (status, code), answer.bytes)
        self.assertTrue(answer.error["message"])
        return answer.error

    def test_unknown_addresses_and_methods(self):
        self.refused(self.daemon.get("/api/v1/nothing"), 404, "not_found")
        self.refused(self.daemon.get("/../../etc/passwd"), 404, "not_found")
        self.refused(self.daemon.get("/api/v1/machines/nobody"), 404, "not_found")
        answer = self.daemon.ask("PUT", "/api/v1/jobs")
        self.refused(answer, 405, "method")
        self.assertEqual(answer.headers["Allow"], "GET, POST")

    def test_bodies_that_are_no_json(self):
        error = self.refused(self.daemon.ask("POST", "/api/v1/jobs", b'{"part": "a\\u0000b", "quantity": 1}'), 400,
                             "bad_request")
        self.assertIn("\\u0000", error["message"])
        for body in (b"{", b"[]", b"nonsense", b'{"part": "\xff"}', b'{"part": "a\x00b"}', b"[" * 60000,
                     b'{"part":"x"} trailing', b"\x00" * 100, b'"text"'):
            self.refused(self.daemon.ask("POST", "/api/v1/jobs", body), 400, "bad_request")

    def test_fields_that_are_wrong_are_named(self):
        for body, field in (({"part": "serre-tete"}, "quantity"),
                            ({"part": "serre-tete", "quantity": 0}, "quantity"),
                            ({"part": "serre-tete", "quantity": 1.5}, "quantity"),
                            ({"part": "serre-tete", "quantity": 1e300}, "quantity"),
                            ({"part": "serre-tete", "quantity": "4"}, "quantity"),
                            ({"part": "x" * 5000, "quantity": 1}, "part"),
                            ({"part": "a\nb", "quantity": 1}, "part"),
                            ({"part": "serre-tete", "quantity": 1, "due": "2026-02-30"}, "due"),
                            ({"part": "serre-tete", "quantity": 1, "sites": "caen"}, "sites"),
                            ({"part": "serre-tete", "quantity": 1, "priority": 10}, "priority")):
            error = self.refused(self.daemon.post("/api/v1/jobs", body), 422, "invalid")
            self.assertEqual(error.get("field"), field, body)
        error = self.refused(self.daemon.post("/api/v1/jobs", {"part": "x", "quantity": 1, "colour": "red"}), 422,
                             "invalid")
        self.assertIn("colour", error["message"])
        twice = '{"part": "serre-tete", "part": "ecran", "quantity": 1}'
        self.refused(self.daemon.post("/api/v1/jobs", twice), 422, "invalid")
        self.assertEqual(self.daemon.get("/api/v1/jobs").json["items"], [])

    def test_queries_that_are_wrong(self):
        self.refused(self.daemon.get("/api/v1/runs?limit=x"), 422, "invalid")
        self.refused(self.daemon.get("/api/v1/runs?limit=0"), 422, "invalid")
        self.refused(self.daemon.get("/api/v1/runs?nonsense=1"), 422, "invalid")
        self.refused(self.daemon.get("/api/v1/runs?machine=%ff"), 400, "bad_request")
        self.refused(self.daemon.get("/api/v1/throughput?day=yesterday"), 422, "invalid")
        many = "&".join(f"a{i}=1" for i in range(100))
        self.refused(self.daemon.get("/api/v1/runs?" + many), 400, "bad_request")

    def test_bodies_that_are_too_large(self):
        self.refused(self.daemon.post("/api/v1/jobs", "x" * 70000), 413, "too_large")
        connection = UnixConnection(self.daemon.socket)
        connection.putrequest("POST", "/api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1")
        connection.putheader("Content-Length", str(5 << 30))
        connection.endheaders()
        answer = connection.getresponse()
        self.assertEqual(answer.status, 413)
        connection.close()

    def test_files_that_are_no_program(self):
        add = "/api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1"
        self.refused(self.daemon.post(add, ""), 422, "invalid")
        answer = self.daemon.post(add, os.urandom(200000))
        self.refused(answer, 422, "invalid")
        self.refused(self.daemon.post("/api/v1/programs?yield=serre-tete%3D1", "G28\n"), 422, "invalid")
        self.refused(self.daemon.post("/api/v1/programs?model=prusa-mk3&yield=serre-tete", "G28\n"), 422, "invalid")
        self.refused(self.daemon.post("/api/v1/programs?model=nothing&yield=serre-tete%3D1", "G28\n"), 422, "invalid")
        answer = self.daemon.post(add, "G28\nM500\n")
        self.refused(answer, 422, "invalid")
        findings = answer.json["report"]["models"]["prusa-mk3"]["findings"]
        self.assertIn(("refused", 2, "M500"), [(f["kind"], f["line"], f["text"]) for f in findings])
        self.assertEqual(self.daemon.get("/api/v1/programs").json["items"], [])
        self.daemon.wait(lambda: os.listdir(os.path.join(self.daemon.content["state"], "tmp")) == [],
                         "the refused uploads to be removed")

    def test_a_client_that_goes_in_the_middle_of_an_upload(self):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(self.daemon.socket)
            client.sendall(b"POST /api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1 HTTP/1.1\r\nHost: x\r\n"
                           b"Content-Length: 1000000\r\n\r\n" + b"G1 X1\n" * 1000)
        self.daemon.wait(lambda: os.listdir(os.path.join(self.daemon.content["state"], "tmp")) == [],
                         "the half upload to be removed")

    def test_requests_that_are_no_http(self):
        for text in (b"\x00\x01\x02\r\n\r\n", b"GET\r\n\r\n", b"G28 X Y\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
                     b"GET /" + b"a" * 200000 + b" HTTP/1.1\r\n\r\n",
                     b"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                     b"POST /api/v1/jobs HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"):
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(30)  # the daemon ends an incomplete header after 12 s
                client.connect(self.daemon.socket)
                try:
                    client.sendall(text)
                    client.shutdown(socket.SHUT_WR)
                    while client.recv(65536):
                        pass
                except ConnectionError:
                    pass


class Loopback(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().start()
        cls.addClassCleanup(cls.daemon.close)
        cls.session = cls.daemon.admin()

    def ask(self, method, path, **headers):
        headers = {**self.session, **headers}
        host, port = self.daemon.tcp()
        connection = http.client.HTTPConnection(host, port, timeout=20)
        return self.daemon.ask(method, path, headers=headers, connection=connection)

    def test_only_names_of_this_machine_are_served(self):
        self.assertEqual(self.ask("GET", "/api/v1/status").status, 200)
        self.assertEqual(self.ask("GET", "/api/v1/status", Host="localhost:1").status, 200)
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.1:80x", ""):
            self.assertEqual(self.ask("GET", "/api/v1/status", Host=host).status, 403, host)

    def test_pages_of_others_may_not_write(self):
        host = "localhost:%d" % self.daemon.tcp()[1]
        for origin in ("http://evil.example", "null", "https://" + host, "http://localhost"):
            answer = self.ask("POST", "/api/v1/machines/p01/out", Host=host, Origin=origin)
            self.assertEqual(answer.status, 403, origin)
        answer = self.ask("POST", "/api/v1/machines/p01/out", Host=host, Origin="http://" + host)
        self.assertEqual(answer.status, 200, answer.bytes)

    def test_the_pages_have_a_strict_policy(self):
        built = os.path.exists("web/dist/index.html")
        for path in ("/", "/machines/caen-p01", "/mur"):
            answer = self.ask("GET", path)
            self.assertEqual(answer.status, 200 if built else 404)
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])
            self.assertNotIn(b"<script>", answer.bytes)
        if not built:
            self.assertIn(b"scripts/build", answer.bytes)
        for path in ("/../config.json", "/%2e%2e/x.js", "/assets/../../x.js", "/.git/x.js", "/a/b/c.js", "/x.exe"):
            self.assertEqual(self.ask("GET", path).status, 404, path)

    def test_metrics_and_api_description(self):
        self.assertIn(b'usine_machines{state="offline"} 2', self.ask("GET", "/metrics").bytes)
        api = json.loads(self.ask("GET", "/api/v1/openapi.json").bytes)
        self.assertIn("post", api["paths"]["/api/v1/jobs"])


if __name__ == "__main__":
    unittest.main()
