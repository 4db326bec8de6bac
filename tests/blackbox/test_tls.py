# SPDX-License-Identifier: Apache-2.0
"""Beyond loopback: TLS of our own, a declared proxy, and nobody before there is an admin."""
import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import unittest
import warnings

from daemon import PASSWORD, Daemon, program

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def usined(daemon):
    return subprocess.run([program("usined"), "--config", daemon.config], capture_output=True, text=True, timeout=60,
                          check=False)


def make_certificate(folder):
    """A certificate of our own for localhost; returns the paths of it and of its key."""
    certificate, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-out", certificate, "-keyout", key], check=True, capture_output=True)
    return certificate, key


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.port = free_port()
        cls.daemon = Daemon(listen=[f"0.0.0.0:{cls.port}"])
        cls.addClassCleanup(cls.daemon.close)
        cls.certificate, key = make_certificate(cls.daemon.folder)
        cls.daemon.content["tls"] = {"certificate": cls.certificate, "key": key}
        cls.daemon.write(cls.daemon.content)
        cls.daemon.start()

    def connection(self, context=None):
        context = context or ssl.create_default_context(cafile=self.certificate)
        return http.client.HTTPSConnection("localhost", self.port, context=context, timeout=20)

    def ask(self, method, path, body=None, headers=None):
        return self.daemon.ask(method, path, body, headers, self.connection())

    def test_1_nobody_is_heard_before_there_is_an_admin(self):
        with self.assertRaises(ConnectionRefusedError):
            self.ask("GET", "/healthz")
        self.assertIn("stays closed until somebody is admin", self.daemon.logged())
        self.assertEqual(self.daemon.get("/healthz").status, 200, "the socket and the machines do not wait")
        self.daemon.admin("nadia")
        self.daemon.wait(lambda: self.ask("GET", "/healthz").status == 200, "the address to open")
        with open(os.path.join(self.daemon.content["state"], "listening"), encoding="ascii") as file:
            self.assertIn(f"https://0.0.0.0:{self.port}\n", file.readlines(), "programs that look there find it, too")

    def log_in(self):
        answer = self.ask("POST", "/api/v1/login", {"login": "nadia", "password": PASSWORD})
        self.assertEqual(answer.status, 200, answer.bytes)
        return answer

    def test_2_a_session_over_tls_has_a_cookie_that_stays_with_us(self):
        answer = self.log_in()
        name, *rest = answer.headers["Set-Cookie"].split("; ")
        self.assertTrue(name.startswith("__Host-usine-session="), name)
        self.assertEqual(set(rest), {"Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict", "Secure"})
        me = self.ask("GET", "/api/v1/me", headers={"Cookie": name})
        self.assertEqual((me.status, me.json["login"], me.json["role"]), (200, "nadia", "admin"))
        plain = self.ask("GET", "/api/v1/me", headers={"Cookie": name.replace("__Host-", "")})
        self.assertEqual(plain.status, 401, "a cookie that any neighbour could have set")
        done = self.ask("POST", "/api/v1/logout", {}, {"Cookie": name, "Usine-Csrf": answer.json["csrf"],
                                                      "Origin": f"https://localhost:{self.port}"})
        self.assertEqual(done.status, 200, done.bytes)
        self.assertIn("Max-Age=0", done.headers["Set-Cookie"])
        self.assertEqual(self.ask("GET", "/api/v1/me", headers={"Cookie": name}).status, 401)

    def test_3_every_answer_carries_the_same_headers(self):
        for path in ("/", "/healthz", "/readyz", "/api/v1/me", "/api/v1/nothing", "/api/v1/status", "/x.js", "/metrics"):
            answer = self.ask("GET", path)
            for name, value in HEADERS.items():
                self.assertEqual(answer.headers[name], value, f"{name} of {path}")
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"], path)
            self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"], path)
            self.assertTrue(answer.headers["Strict-Transport-Security"].startswith("max-age="), path)
            self.assertIn("camera=()", answer.headers["Permissions-Policy"], path)

    def test_4_old_tls_and_plain_http_are_not_spoken(self):
        warnings.simplefilter("ignore", DeprecationWarning)  # old is what is wanted here
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.load_verify_locations(self.certificate)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
        old.set_ciphers("ALL:@SECLEVEL=0")
        with self.assertRaises((ssl.SSLError, ConnectionError)):
            self.daemon.ask("GET", "/healthz", connection=self.connection(old))
        with self.assertRaises((http.client.HTTPException, ConnectionError)):
            self.daemon.ask("GET", "/healthz", connection=http.client.HTTPConnection("localhost", self.port, timeout=20))

    def test_5_the_command_line_comes_by_token(self):
        made = self.daemon.usine("token", "add", "--name", "laptop", "--role", "operator")
        self.assertEqual(made.returncode, 0, made.stderr)
        words = [program("usine"), "--url", f"https://localhost:{self.port}"]
        trusting = {**os.environ, "USINE_CA": self.certificate, "USINE_TOKEN": made.stdout.strip()}
        done = subprocess.run([*words, "machines", "--json"], capture_output=True, text=True, env=trusting, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["items"]), 2)
        wary = subprocess.run([*words, "machines"], capture_output=True, text=True, timeout=60, check=False,
                              env={**os.environ, "USINE_TOKEN": made.stdout.strip()})
        self.assertEqual(wary.returncode, 3, "a certificate that nobody vouches for")

    def test_6_a_large_upload_and_a_stream_work_over_tls(self):
        token = json.loads(self.daemon.usine("token", "add", "--name", "up", "--role", "coordinator", "--json").stdout)
        headers = {"X-Api-Key": token["secret"]}
        body = b"G21\nG90\n" + b"G1 X10 Y10 F1000\nG1 X20 Y10\n" * 50000 + b"M84\n"
        answer = self.ask("POST", "/api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1&name=gros", body, headers)
        self.assertEqual(answer.status, 201, answer.bytes[:300])
        connection = self.connection()
        connection.request("GET", "/api/v1/events", headers=headers)
        response = connection.getresponse()
        self.assertEqual(response.readline(), b"event: snapshot\n")
        self.assertEqual(self.daemon.ask("DELETE", f"/api/v1/tokens/{token['id']}").status, 200)
        response.read()  # the stream ends with the token that opened it
        connection.close()


class Renewed(unittest.TestCase):
    def setUp(self):
        self.port = free_port()
        self.daemon = Daemon(listen=[f"127.0.0.1:{self.port}"])
        self.addCleanup(self.daemon.close)
        self.certificate, self.key = make_certificate(self.daemon.folder)
        self.daemon.content["tls"] = {"certificate": self.certificate, "key": self.key}
        self.daemon.write(self.daemon.content)
        self.daemon.start()

    def shown(self):
        return ssl.get_server_certificate(("127.0.0.1", self.port)).strip()

    def written(self):
        with open(self.certificate, encoding="ascii") as file:
            return file.read().strip()

    def connect(self):
        connection = http.client.HTTPSConnection("localhost", self.port, timeout=20,
                                                 context=ssl.create_default_context(cafile=self.certificate))
        self.addCleanup(connection.close)
        connection.connect()
        return connection

    def answers(self, connection):
        connection.request("GET", "/healthz")
        return connection.getresponse().read() == b"ok\n"

    def renew(self):
        make_certificate(self.daemon.folder)
        self.daemon.process.send_signal(signal.SIGHUP)
        self.daemon.wait(lambda: self.shown() == self.written(), "the new certificate")

    def test_new_connections_get_it_and_old_ones_live_on(self):
        old = self.connect()
        self.assertEqual(self.shown(), self.written())
        self.renew()
        self.assertTrue(self.answers(old))
        self.assertIn("new certificate", self.daemon.get("/api/v1/log").bytes.decode())
        middle = self.connect()
        self.renew()
        for connection in (old, middle, self.connect()):
            self.assertTrue(self.answers(connection))
        self.assertEqual(self.daemon.stop(), 0)
        self.assertNotIn("left open", self.daemon.logged())

    def test_one_that_is_no_good_is_said_and_the_old_one_stays(self):
        before = self.shown()
        other = os.path.join(self.daemon.folder, "other")
        os.mkdir(other)
        foreign, _ = make_certificate(other)
        with open(self.certificate, encoding="ascii") as file:
            good = file.read()
        with open(foreign, encoding="ascii") as file:
            for content, words in ((file.read(), "do not go together"), ("nothing", "holds no certificate")):
                with open(self.certificate, "w", encoding="ascii") as out:
                    out.write(content)
                self.daemon.process.send_signal(signal.SIGHUP)
                self.daemon.wait(lambda: words in self.daemon.get("/api/v1/log").bytes.decode(), words)
                self.assertEqual(self.shown(), before)
        with open(self.certificate, "w", encoding="ascii") as out:
            out.write(good)
        self.renew()


class Refused(unittest.TestCase):
    def setUp(self):
        self.daemon = Daemon(listen=["0.0.0.0:0"])
        self.addCleanup(self.daemon.close)

    def test_without_tls_and_proxy(self):
        done = usined(self.daemon)
        self.assertEqual(done.returncode, 1)
        for word in ("loopback", "tls", "proxy"):
            self.assertIn(word, done.stderr)

    def test_with_a_key_of_another_certificate(self):
        certificate, _ = make_certificate(self.daemon.folder)
        other = os.path.join(self.daemon.folder, "other")
        os.mkdir(other)
        _, key = make_certificate(other)
        for tls, words in (({"certificate": certificate, "key": key}, "do not go together"),
                           ({"certificate": "/nowhere.pem", "key": key}, "/nowhere.pem"),
                           ({"certificate": self.daemon.config, "key": key}, "holds no certificate")):
            self.daemon.content.update({"tls": tls, "listen": ["127.0.0.1:0"]})
            self.daemon.write(self.daemon.content)
            done = usined(self.daemon)
            self.assertEqual(done.returncode, 1)
            self.assertIn(words, done.stderr)


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(proxy=["127.0.0.1"], url="https://usine.example.org").start()
        cls.addClassCleanup(cls.daemon.close)
        cls.daemon.admin("nadia")

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection(*self.daemon.tcp(), timeout=20)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.daemon.ask(method, path, body, headers, connection)

    def test_the_proxys_word_on_scheme_host_and_visitor_counts(self):
        answer = self.ask("POST", "/api/v1/login", {"login": "nadia", "password": PASSWORD}, Host="127.0.0.1",
                          X_Forwarded_For="198.51.100.9", X_Forwarded_Proto="https",
                          X_Forwarded_Host="usine.example.org", Origin="https://usine.example.org")
        self.assertEqual(answer.status, 200, answer.bytes)
        self.assertIn("__Host-usine-session=", answer.headers["Set-Cookie"])
        self.assertIn("Secure", answer.headers["Set-Cookie"])
        rows = self.daemon.get("/api/v1/audit?command=login").json["items"]
        self.assertEqual((rows[0]["who"], rows[0]["address"], rows[0]["status"]), ("nadia", "198.51.100.9", 200))

    def test_what_a_visitor_writes_before_the_proxy_does_not(self):
        self.ask("POST", "/api/v1/login", {"login": "nadia", "password": "wrong"}, Host="usine.example.org",
                 X_Forwarded_For="127.0.0.1, 10.1.1.1, 198.51.100.7", X_Forwarded_Proto="https")
        rows = self.daemon.get("/api/v1/audit?command=login").json["items"]
        self.assertEqual((rows[0]["object"], rows[0]["address"], rows[0]["status"]), ("nadia", "198.51.100.7", 401))

    def test_a_page_of_others_may_not_write(self):
        for origin in ("https://evil.example", "http://usine.example.org", "null"):
            answer = self.ask("POST", "/api/v1/login", {"login": "nadia", "password": PASSWORD}, Origin=origin,
                              Host="usine.example.org", X_Forwarded_For="198.51.100.9", X_Forwarded_Proto="https")
            self.assertEqual(answer.status, 403, origin)

    def test_links_lead_to_where_people_reach_us(self):
        answer = self.daemon.post("/api/v1/users", {"login": "invited", "role": "viewer"})
        self.assertTrue(answer.json["link"].startswith("https://usine.example.org/invitation#"), answer.json["link"])


class ProxyBeyond(unittest.TestCase):
    def test_only_the_proxy_is_heard_in_the_clear(self):
        port = free_port()
        daemon = Daemon(proxy=["127.0.0.2"], listen=[f"0.0.0.0:{port}"]).start()
        self.addCleanup(daemon.close)
        daemon.admin("nadia")

        def ask(source):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(source, 0))
            return daemon.ask("GET", "/healthz", connection=connection).status

        daemon.wait(lambda: ask("127.0.0.2") == 200, "the proxy to be heard")
        with self.assertRaises((ConnectionError, http.client.HTTPException)):
            ask("127.0.0.1")


if __name__ == "__main__":
    unittest.main()
