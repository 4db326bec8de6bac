# SPDX-License-Identifier: Apache-2.0
"""Who gets notices in the tests: a real mail server (aiosmtpd), a real web server, and a wire between that can be cut."""
import email
import email.policy
import http.server
import socket
import ssl
import subprocess
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer(Controller):
    """Keeps what it accepts in .mails; says `refusals` first, one for each mail that is offered."""

    def __init__(self, port=None, refusals=(), **how):
        self.mails, self.envelopes, self.offered, self.tls_seen = [], [], 0, []
        self.refusals = list(refusals)
        self.how = how
        super().__init__(self, hostname="127.0.0.1", port=port or free_port())

    def factory(self):
        return SMTP(self.handler, **self.how)

    async def handle_DATA(self, server, session, envelope):
        self.offered += 1
        if self.refusals:
            return self.refusals.pop(0)
        self.tls_seen.append(session.ssl is not None)
        self.envelopes.append(envelope)
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


def certificate(folder, name="localhost"):
    """Paths of a new self-signed certificate and its key."""
    paths = f"{folder}/cert.pem", f"{folder}/key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName=DNS:{name}", "-out", paths[0], "-keyout", paths[1]],
                   check=True, capture_output=True)
    return paths


def secure_mail_server(folder, user, password):
    """STARTTLS and a login are needed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(folder))

    def authenticate(_server, _session, _envelope, _mechanism, data):
        return AuthResult(success=(data.login, data.password) == (user.encode(), password.encode()))

    return MailServer(tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticate)


class Wire:
    """A port in front of another one. cut(text) ends a connection once text has been said by either side, before the
    other hears it; the next one lives."""

    def __init__(self, far):
        self.far = far
        self.cuts = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def cut(self, text):
        self.cuts.append(text.encode())

    def accept(self):
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.far))
            except OSError:
                return
            cut = self.cuts.pop(0) if self.cuts else None
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(*ends, cut), daemon=True).start()

    @staticmethod
    def pump(source, target, cut):
        try:
            while data := source.recv(65536):
                if cut is not None and cut in data:
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()

    def close(self):
        self.listener.close()


class Hook(http.server.ThreadingHTTPServer):
    """Keeps what is POSTed in .posts as (path, headers, body); answers with `statuses` first, then 200."""
    daemon_threads = True

    def __init__(self, statuses=()):
        self.posts = []
        self.statuses = list(statuses)
        super().__init__(("127.0.0.1", 0), HookRequest)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class HookRequest(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((self.path, self.headers, body))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:{self.server.port}/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self):
        self.server.posts.append((self.path, self.headers, b""))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass
