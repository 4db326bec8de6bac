# SPDX-License-Identifier: Apache-2.0
"""One daemon in a folder of its own, and how to talk to it: over its Unix socket, its TCP port, or by `usine`."""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest

BUILD = os.environ.get("USINE_BUILD", "build")
SAMPLES = os.path.join(os.getcwd(), "tests/samples")
SHORT_PRINT = os.path.join(SAMPLES, "impression/mk3_repere-lot_0.20.gcode")
ALWAYS_OPEN = "24/7"
PASSWORD = "correct horse battery"


def program(name):
    return os.path.join(BUILD, name)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout=20):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.bytes = response.read()

    @property
    def json(self):
        return json.loads(self.bytes)

    @property
    def error(self):
        return self.json["error"]


def machine(name, model="prusa-mk3", port=None):
    return {"id": name, "site": "atelier", "model": model, "port": port or f"/nowhere/{name}"}


class Words(unittest.TestCase):
    """`usine` with words, at self.daemon."""

    def done(self, *words):
        done = self.daemon.usine(*words)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def refused(self, *words):
        done = self.daemon.usine(*words)
        self.assertEqual(done.returncode, 1)
        return done.stderr


class Daemon:
    """Starts with start(); everything it owns goes with close()."""

    def __init__(self, machines=None, **more):
        self.folder = tempfile.mkdtemp(prefix="usine-test-")
        self.socket = os.path.join(self.folder, "usine.sock")
        self.config = os.path.join(self.folder, "config.json")
        self.log = os.path.join(self.folder, "log")
        self.process = None
        self.content = {
            "listen": ["127.0.0.1:0"],
            "socket": self.socket,
            "state": os.path.join(self.folder, "state"),
            "target_per_day": 500,
            "sites": [{"id": "atelier", "name": "L'atelier", "hours": ALWAYS_OPEN}],
            "machines": [machine("p01"), machine("l01", "grbl-600x400")] if machines is None else machines,
            "products": [{"id": "visiere", "name": "Visière", "parts": {"serre-tete": 1, "ecran": 1, "elastique": 1}}],
        }
        self.content.update(more)
        self.write(self.content)

    def write(self, content):
        """As an editor does: a new file takes the place of the old."""
        with open(self.config + ".new", "w", encoding="utf-8") as out:
            json.dump(content, out, indent=1, ensure_ascii=False)
        os.rename(self.config + ".new", self.config)

    def start(self, words=(), **more):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([program("usined"), "--config", self.config, *words], stderr=log, stdout=log,
                                            **more)
        self.wait(lambda: self.get("/healthz").status == 200, "the daemon to answer")
        return self

    def wait(self, condition, what, seconds=30):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                result = condition()
                if result:
                    return result
            except (OSError, http.client.HTTPException):
                pass
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"usined ended with {self.process.returncode}:\n{self.logged()}")
            time.sleep(0.05)
        raise AssertionError(f"waited {seconds} s for {what}:\n{self.logged()}")

    def logged(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()

    def ask(self, method, path, body=None, headers=None, connection=None):
        connection = connection or UnixConnection(self.socket)
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        try:
            connection.request(method, path, body=body, headers=headers or {})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.ask("POST", path, body, **more)

    def tcp(self):
        with open(os.path.join(self.content["state"], "listening"), encoding="ascii") as lines:
            address = [line.strip() for line in lines if line.startswith("http://")][0]
        host, port = address[len("http://"):].rsplit(":", 1)
        return host, int(port)

    def usine(self, *words, **more):
        return subprocess.run([program("usine"), "--socket", self.socket, *words], capture_output=True, text=True,
                              timeout=60, check=False, **more)

    def admin(self, login="nadia", roles=None):
        """Headers for TCP: a session of a person with these roles (else admin), who was invited over the socket."""
        added = self.post("/api/v1/users", {"login": login, "roles": roles or {"*": "admin"}})
        assert added.status == 201, added.bytes
        code = added.json["path"].split("#")[1]
        entered = self.post("/api/v1/invitation", {"code": code, "password": PASSWORD})
        assert entered.status == 200, entered.bytes
        return {"Cookie": entered.headers["Set-Cookie"].split(";")[0], "Usine-Csrf": entered.json["csrf"]}

    def add_program(self, path=SHORT_PRINT, query="model=prusa-mk3&yield=serre-tete%3D1&name=repere"):
        with open(path, "rb") as file:
            return self.post("/api/v1/programs?" + query, file.read())

    def stop(self, number=signal.SIGTERM):
        if self.process is None:
            return None
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self.process = None
        return code

    def close(self):
        try:
            if self.process is not None and self.process.poll() is None:
                self.process.kill()
                self.process.wait(timeout=60)
        finally:
            if not os.environ.get("USINE_KEEP"):
                shutil.rmtree(self.folder, ignore_errors=True)
