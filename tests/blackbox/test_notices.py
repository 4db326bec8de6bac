# SPDX-License-Identifier: Apache-2.0
"""People are told what they asked to be told, at least once, by mail and webhook; and whatever a receiver does, the
factory goes on."""
import email.header
import http.client
import json
import os
import re
import signal
import socket
import unittest

from daemon import Daemon, machine
from receivers import Hook, MailServer, Wire, free_port, secure_mail_server

SECRET = "top-secret-topic"
TOKEN = "tk_hidden_token"
SITE = "L'atelier =?UTF-8?B?eA==?= \"é\" <b>"


class Notices(unittest.TestCase):
    def open(self, mail_port=None, smtp=None, **notices):
        settings = {"private": True, "bundle_s": 1, "pace_s": 0, "retry_s": 1, **notices}
        url = f"smtp://127.0.0.1:{mail_port}" if mail_port else "smtp://127.0.0.1:9"
        self.daemon = Daemon([machine(f"p{i:02}") for i in range(8)], notices=settings, url="https://usine.example.org",
                             sites=[{"id": "atelier", "name": SITE}],
                             smtp={"url": url, "from": "Usine du Dôme <usine@example.org>", **(smtp or {})})
        self.addCleanup(self.daemon.close)
        self.daemon.start()
        self.marie = self.daemon.admin("marie", {"atelier": "operator"})
        return self.daemon

    def server(self, server):
        if isinstance(server, MailServer):
            server.start()
            self.addCleanup(server.stop)
        else:
            self.addCleanup(server.close)
        return server

    def ask(self, method, path, body=None, who=None):
        return self.daemon.ask(method, path, body, headers=self.marie if who is None else who,
                               connection=http.client.HTTPConnection(*self.daemon.tcp(), timeout=60))

    def rule(self, kind="down", channel="mail", address="marie@example.org", **more):
        answer = self.ask("POST", "/api/v1/me/notices",
                          {"kind": kind, "channel": channel, "address": address, "delay_min": 0, **more})
        self.assertEqual(answer.status, 201, answer.bytes)
        return answer.json["id"]

    def out(self, *machines):
        for name in machines:
            answer = self.daemon.post(f"/api/v1/machines/{name}/out", {})
            self.assertEqual(answer.status, 200, answer.bytes)

    def outbox(self):
        return self.daemon.get("/api/v1/outbox").json

    def arrived(self, mails, count=1):
        self.daemon.wait(lambda: len(mails) >= count, f"{count} messages", 60)
        self.daemon.wait(lambda: self.outbox()["counts"]["waiting"] == 0, "the outbox to empty", 60)
        return mails

    # ---- mail ----

    def test_a_mail_says_what_where_since_when_and_what_to_do(self):
        server = self.server(MailServer())
        self.open(server.port)
        self.rule()
        self.out("p00")
        self.arrived(server.mails)
        mail, envelope = server.mails[0], server.envelopes[0]
        self.assertEqual((envelope.mail_from, envelope.rcpt_tos), ("usine@example.org", ["marie@example.org"]))
        self.assertEqual(mail["Subject"], f"Usine: p00 est à l'arrêt ({SITE})")
        self.assertEqual(mail["From"].addresses[0].display_name, "Usine du Dôme")
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertRegex(mail["Message-ID"], r"^<[\w-]{40,}@example\.org>$")
        self.assertLess(abs(mail["Date"].datetime.timestamp() - os.stat(self.daemon.log).st_mtime), 3600)
        text = mail.get_body().get_content()
        for part in ("p00", SITE, "hors service", "depuis ", "À faire : Réparez",
                     "https://usine.example.org/machines/p00\n"):
            self.assertIn(part, text)
        rule = self.ask("GET", "/api/v1/me/notices").json["items"][0]
        self.assertTrue(rule["last_sent"])
        self.assertEqual((rule["last_error"], rule["waiting"]), ("", 0))

    def test_english_is_written_to_who_reads_english(self):
        server = self.server(MailServer())
        self.open(server.port)
        self.assertEqual(self.ask("PATCH", "/api/v1/me", {"language": "en"}).status, 200)
        self.rule()
        self.out("p00")
        self.assertIn("p00 is down", self.arrived(server.mails)[0]["Subject"])

    def test_machines_that_fall_together_give_one_mail(self):
        server = self.server(MailServer())
        self.open(server.port, bundle_s=4)
        self.rule()
        self.out(*(f"p{i:02}" for i in range(7)))
        mail = self.arrived(server.mails)[0]
        self.assertIn("7 machines", mail["Subject"])
        self.assertEqual(len(re.findall("hors service", mail.get_body().get_content())), 7)
        self.out("p07")
        self.arrived(server.mails, 2)
        self.assertEqual(len(server.mails), 2)

    def test_a_server_that_says_later_gets_the_same_mail_later(self):
        server = self.server(MailServer(refusals=["451 come back later", "452 no space"]))
        self.open(server.port)
        self.rule()
        self.out("p00")
        self.arrived(server.mails)
        self.assertEqual(server.offered, 3)
        item = self.outbox()["items"][0]
        self.assertEqual((item["tries"], item["state"], item["error"]), (3, "sent", ""))

    def test_a_server_that_dies_amid_the_data_is_tried_again(self):
        server = self.server(MailServer())
        wire = self.server(Wire(server.port))
        wire.cut("Auto-Submitted")
        self.open(wire.port)
        self.rule()
        self.out("p00")
        self.assertEqual(len(self.arrived(server.mails)), 1)
        self.assertEqual(self.outbox()["items"][0]["tries"], 2)

    def test_a_repeat_can_be_told_by_its_message_id(self):
        """The server has taken it, but we did not hear so: that is the only way to get one twice."""
        server = self.server(MailServer())
        wire = self.server(Wire(server.port))
        wire.cut("250 taken")
        self.open(wire.port)
        self.rule()
        self.out("p00")
        first, second = self.arrived(server.mails, 2)
        self.assertEqual(first["Message-ID"], second["Message-ID"])
        self.assertEqual(first["Date"], second["Date"])

    def test_starttls_and_a_login(self):
        self.open()
        folder = self.daemon.folder
        server = self.server(secure_mail_server(folder, "usine", "pa55word-of-the-relay"))
        smtp = {"url": f"smtp://usine:pa55word-of-the-relay@localhost:{server.port}", "from": "usine@example.org"}
        content = self.daemon.content
        rule = self.rule()
        content["smtp"] = {**smtp, "tls": "always"}  # no such certificate in the system's store
        self.reload(content)
        answer = self.ask("POST", f"/api/v1/me/notices/{rule}/test", {})
        self.assertEqual((answer.status, answer.error["code"]), (502, "link"))
        self.assertIn("certificate", answer.error["message"].lower())
        content["smtp"] = {**smtp, "tls": "always", "ca": f"{folder}/cert.pem"}
        self.reload(content)
        answer = self.ask("POST", f"/api/v1/me/notices/{rule}/test", {})
        self.assertEqual(answer.status, 200, answer.bytes)
        self.assertEqual(server.tls_seen, [True])
        content["smtp"]["url"] = content["smtp"]["url"].replace("pa55word", "wrong")
        self.reload(content)
        self.assertEqual(self.ask("POST", f"/api/v1/me/notices/{rule}/test", {}).status, 502)
        self.assertNotIn("pa55word", self.daemon.logged())

    def reload(self, content):
        before = self.daemon.get("/api/v1/config").json
        self.daemon.write(content)
        self.daemon.process.send_signal(signal.SIGHUP)
        self.daemon.wait(lambda: self.daemon.get("/api/v1/config").json != before, "the reload")

    # ---- nothing is lost ----

    def test_killed_between_event_and_sending_nothing_is_lost(self):
        port = free_port()  # nobody listens there yet
        self.open(port)
        self.rule()
        self.out("p00")
        self.daemon.wait(lambda: self.outbox()["items"] and self.outbox()["items"][0]["tries"] > 0, "a first try")
        self.daemon.stop(signal.SIGKILL)
        server = self.server(MailServer(port))
        self.daemon.start()
        self.assertEqual(len(self.arrived(server.mails)), 1)

    def test_killed_while_it_gathers_nothing_is_lost_and_nothing_told_twice(self):
        server = self.server(MailServer())
        self.open(server.port, bundle_s=5)
        self.rule()
        self.out("p00", "p01")
        self.daemon.wait(lambda: self.outbox()["counts"]["waiting"] == 1, "the message to be written down")
        self.daemon.stop(signal.SIGKILL)
        self.daemon.start()
        self.arrived(server.mails)
        told = [name for mail in server.mails for name in re.findall(r"^p0\d", mail.get_body().get_content(), re.M)]
        self.assertEqual(sorted(told), ["p00", "p01"])

    # ---- webhooks ----

    def test_ntfy_gets_text_and_title(self):
        hook = self.server(Hook([500, 429]))
        self.open()
        self.rule(channel="ntfy", address=f"http://127.0.0.1:{hook.port}/{SECRET}", token=TOKEN)
        self.out("p00")
        self.arrived(hook.posts, 3)
        ids = {headers["Idempotency-Key"] for _, headers, _ in hook.posts}
        self.assertEqual(len(ids), 1, "each try is the same message")
        path, headers, body = hook.posts[2]
        self.assertEqual(path, "/" + SECRET)
        self.assertEqual(headers["Authorization"], "Bearer " + TOKEN)
        self.assertEqual(headers["Click"], "https://usine.example.org")
        title = str(email.header.make_header(email.header.decode_header(headers["Title"])))
        self.assertEqual(title, f"Usine: p00 est à l'arrêt ({SITE})")
        self.assertIn("hors service", body.decode())

    def test_programs_get_json(self):
        hook = self.server(Hook())
        self.open()
        self.rule(channel="json", address=f"http://localhost:{hook.port}/in?key={SECRET}")
        self.out("p00")
        self.arrived(hook.posts)
        path, headers, body = hook.posts[0]
        told = json.loads(body)
        self.assertEqual(path, f"/in?key={SECRET}")
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertEqual((told["kind"], told["id"]), ("down", headers["Idempotency-Key"]))
        item = told["items"][0]
        self.assertEqual((item["machine"], item["what"], item["site"]), ("p00", "out", "atelier"))

    def test_secrets_are_shown_nowhere(self):
        hook = self.server(Hook([500]))
        self.open()
        rule = self.rule(channel="json", address=f"http://127.0.0.1:{hook.port}/{SECRET}", token=TOKEN)
        self.out("p00")
        self.arrived(hook.posts, 2)
        self.ask("POST", f"/api/v1/me/notices/{rule}/test", {})
        shown = [self.ask("GET", "/api/v1/me/notices").bytes, self.daemon.get("/api/v1/outbox").bytes,
                 self.daemon.get("/api/v1/audit?limit=100").bytes, self.daemon.get("/api/v1/log").bytes,
                 self.daemon.logged().encode()]
        self.assertIn(b"notice.add", shown[2])
        for text in shown:
            self.assertNotIn(SECRET.encode(), text)
            self.assertNotIn(TOKEN.encode(), text)

    def test_the_command_line_keeps_notices_and_shows_the_messages(self):
        hook = self.server(Hook())
        self.open()
        address = f"http://127.0.0.1:{hook.port}/{SECRET}"

        def usine(*words, code=0):
            done = self.daemon.usine(*words)
            self.assertEqual(done.returncode, code, done.stderr)
            return done.stdout + done.stderr

        rule = usine("notice", "add", address, "--user", "marie", "--when", "down", "--by", "json", "--after", "0").strip()
        shown = usine("notice", "list", "--user", "marie")
        self.assertIn(f"http://127.0.0.1:{hook.port}/…", shown)
        self.assertNotIn(SECRET, shown)
        self.assertEqual([item["id"] for item in self.ask("GET", "/api/v1/me/notices").json["items"]], [int(rule)],
                         "it is marie's own")
        usine("notice", "test", rule, "--user", "marie")
        self.out("p00")
        self.arrived(hook.posts, 2)
        self.assertRegex(usine("outbox", "--state", "sent"), r"sent +marie +http://127")
        self.assertIn("No messages.", usine("outbox", "--state", "failed"))
        usine("notice", "remove", rule, "--user", "marie")
        self.assertIn("Nothing.", usine("notice", "list", "--user", "marie"))
        self.assertIn("usine user list", usine("notice", "list", "--user", "nobody", code=1))
        self.assertIn("--user", usine("complete-words", "--", "notice", "add"))
        self.assertEqual(usine("complete-words", "--", "user", "set").split(), ["marie"])

    def test_only_an_admin_names_whose_notices(self):
        self.open()
        self.daemon.admin("paul", {"atelier": "viewer"})
        self.rule()
        for method, path in (("GET", "/api/v1/me/notices?user=paul"), ("DELETE", "/api/v1/me/notices/1?user=paul")):
            answer = self.ask(method, path)
            self.assertEqual((answer.status, answer.error["field"]), (409, "user"))
        self.assertEqual(len(self.ask("GET", "/api/v1/me/notices?user=marie").json["items"]), 1, "oneself one may")
        self.assertEqual(self.daemon.get("/api/v1/me/notices").status, 409, "the socket has none of its own")

    def test_redirects_are_not_followed(self):
        hook = self.server(Hook([302]))
        self.open()
        rule = self.rule(channel="json", address=f"http://127.0.0.1:{hook.port}/here")
        answer = self.ask("POST", f"/api/v1/me/notices/{rule}/test", {})
        self.assertEqual(answer.status, 502)
        self.assertIn("moved", answer.error["message"])
        self.assertEqual([path for path, _, _ in hook.posts], ["/here"])

    def test_private_networks_are_closed_unless_the_config_opens_them(self):
        hook = self.server(Hook())
        self.open(private=False)
        for address in (f"http://127.0.0.1:{hook.port}/", f"http://[::1]:{hook.port}/", f"http://2130706433:{hook.port}/"):
            answer = self.ask("POST", "/api/v1/me/notices", {"kind": "down", "channel": "json", "address": address})
            self.assertEqual((answer.status, answer.error["field"]), (422, "address"))
        name = self.name_of_this_computer()
        rule = self.rule(channel="json", address=f"http://{name}:{hook.port}/")  # a name may lead anywhere
        answer = self.ask("POST", f"/api/v1/me/notices/{rule}/test", {})
        self.assertEqual(answer.status, 502)
        self.assertIn("private network", answer.error["message"])
        self.out("p00")
        self.daemon.wait(lambda: self.outbox()["counts"]["failed"] == 1, "it to be given up")
        self.assertEqual(hook.posts, [])

    def name_of_this_computer(self):
        for name in (socket.gethostname(), "ip6-localhost", "runsc", "localhost.localdomain"):
            try:
                if name != "localhost" and socket.gethostbyname(name).startswith("127."):
                    return name
            except OSError:
                continue
        return self.skipTest("no name but localhost leads to this computer")

    # ---- whose they are ----

    def test_rules_are_their_owners_alone(self):
        self.open()
        rule = self.rule()
        other = self.daemon.admin("paul", {"atelier": "viewer"})
        self.assertEqual(self.ask("GET", "/api/v1/me/notices", who=other).json["items"], [])
        self.assertEqual(self.ask("DELETE", f"/api/v1/me/notices/{rule}", who=other).status, 404)
        self.assertEqual(self.ask("POST", f"/api/v1/me/notices/{rule}/test", {}, who=other).status, 404)
        self.assertEqual(self.ask("GET", "/api/v1/outbox", who=other).status, 403)
        self.assertEqual(self.daemon.get("/api/v1/me/notices").status, 409, "the socket is no person")
        answer = self.ask("POST", "/api/v1/me/notices",
                          {"kind": "needs", "channel": "mail", "address": "p@example.org"}, who=other)
        self.assertEqual((answer.status, answer.error["field"]), (422, "sites"))
        self.assertEqual(self.ask("DELETE", f"/api/v1/me/notices/{rule}").status, 200)
        self.assertEqual(self.ask("GET", "/api/v1/me/notices").json["items"], [])

    def test_wrong_rules_are_named(self):
        self.open()
        good = {"kind": "down", "channel": "mail", "address": "a@example.org"}
        for change, field in (({"address": "a@example.org\r\nRCPT TO:<x@y.z>"}, "address"), ({"address": "marie"}, "address"),
                              ({"channel": "json", "address": "ftp://x.example.org/"}, "address"),
                              ({"quiet": "at night"}, "quiet"), ({"sites": ["nowhere"]}, "sites"),
                              ({"sites": "atelier"}, "sites"), ({"token": "a b"}, "token"), ({"kind": "all"}, "kind"),
                              ({"delay_min": 2000}, "delay_min")):
            answer = self.ask("POST", "/api/v1/me/notices", {**good, **change})
            self.assertEqual((answer.status, answer.error.get("field")), (422, field), answer.bytes)

    def test_test_messages_are_few(self):
        hook = self.server(Hook())
        self.open()
        rule = self.rule(channel="json", address=f"http://127.0.0.1:{hook.port}/")
        statuses = [self.ask("POST", f"/api/v1/me/notices/{rule}/test", {}).status for _ in range(7)]
        self.assertEqual(statuses, [200] * 6 + [429])
        self.assertEqual(len(hook.posts), 6)

    # ---- the rest of the factory ----

    def test_a_server_that_hangs_holds_up_nothing(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.open(silent.getsockname()[1])
            self.rule()
            self.out("p00")
            silent.settimeout(30)
            taken, _ = silent.accept()
            with taken:
                for _ in range(50):
                    self.assertEqual(self.daemon.get("/api/v1/status").status, 200)
                self.assertEqual(self.outbox()["counts"]["waiting"], 1)
                self.assertEqual(self.daemon.stop(), 0)


if __name__ == "__main__":
    unittest.main()
