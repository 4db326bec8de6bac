# SPDX-License-Identifier: Apache-2.0
"""What every caller of the HTTP interface may rely on, whatever the noun."""
import gzip
import http.client
import json
import socket
import unittest

from daemon import Daemon, UnixConnection


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon().start()
        cls.addClassCleanup(cls.daemon.close)

    def admin(self):
        """Asks as a person with a session, over TCP."""
        if not hasattr(type(self), "session"):
            type(self).session = self.daemon.admin()
        return lambda method, path, body=None, **headers: self.daemon.ask(
            method, path, body, {**self.session, **{name.replace("_", "-"): text for name, text in headers.items()}},
            connection=http.client.HTTPConnection(*self.daemon.tcp(), timeout=20))

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


class Heads(Api):
    """However large the head of a request: it is answered, and at once."""

    def raw(self, head):
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(10)
            client.connect(self.daemon.socket)
            client.sendall(head.encode())
            return client.makefile("rb").readline().split()[1:2]

    def test_a_query_of_any_number_of_members(self):
        for members in (20, 101, 300, 500, 1000, 3000, 8000):
            query = "&".join(f"a{i}=1" for i in range(members))
            status = self.raw(f"GET /api/v1/status?{query} HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(status, [b"422"] if members < 100 else [b"414"], members)

    def test_headers_and_addresses_of_any_size(self):
        for size in (12000, 17000, 20000, 23000, 26000, 60000):
            self.assertIn(self.raw(f"GET /api/v1/{'x' * size} HTTP/1.1\r\nHost: x\r\n\r\n"), [[b"404"], [b"414"], [b"431"]], size)
            self.assertIn(self.raw(f"GET /api/v1/status HTTP/1.1\r\nHost: x\r\nX: {'x' * size}\r\n\r\n"), [[b"200"], [b"431"]], size)
        many = "".join(f"X{i}: 1\r\n" for i in range(2000))
        self.assertEqual(self.raw(f"GET /api/v1/status HTTP/1.1\r\nHost: x\r\n{many}\r\n"), [b"431"])

    def test_the_connection_goes_on_after_a_good_one(self):
        connection = UnixConnection(self.daemon.socket)
        self.addCleanup(connection.close)
        for _ in range(3):
            connection.request("GET", "/api/v1/jobs?" + "&".join(["part=a", "state=open"]))
            self.assertEqual(connection.getresponse().read()[:9], b'{"items":')


class Versions(Api):
    """Who writes with If-Match is told when it is not what they saw any more."""

    def item(self, ask, path, key, value):
        return next(item for item in ask("GET", path).json["items"] if item[key] == value)

    def stale(self, ask, method, path, body, version, now):
        """A write with a version that is not so any more changes nothing, and shows what is so."""
        answer = ask(method, path, body, If_Match=f'"{version}"')
        self.assertEqual((answer.status, answer.error["code"]), (412, "stale"), path)
        self.assertEqual(answer.json["current"]["version"], now, path)

    def changed(self, ask, path, listed, write, other):
        """Another changes it after we looked: our write is refused, and done once we have looked again."""
        seen = ask("GET", path)
        version = seen.json["version"]
        self.assertRegex(version, "^[0-9a-f]{16}$")
        self.assertEqual(seen.headers["ETag"], f'"{version}"')
        self.assertEqual(listed()["version"], version)
        self.assertEqual(ask(*other).status, 200, "without If-Match it is done as ever")
        now = self.daemon.wait(lambda: {ask("GET", path).json["version"]} - {version}, "another version").pop()
        self.stale(ask, *write, version, now)
        self.assertEqual(ask("GET", path).json["version"], now, "nothing was done")
        self.assertEqual(ask(*write, If_Match=f'W/"{version}", "{now}"').status, 200)

    def removed(self, ask, path, version):
        """What is only ever taken away: not with the version of another."""
        self.stale(ask, "DELETE", path, None, "0123456789abcdef", version)
        self.assertEqual(ask("DELETE", path, If_Match=f'"{version}"').status, 200)

    def test_a_job(self):
        job = self.ask("POST", "/api/v1/jobs", {"part": "serre-tete", "quantity": 5}).json["id"]
        path = f"/api/v1/jobs/{job}"
        self.changed(self.ask, path, lambda: self.item(self.ask, "/api/v1/jobs", "id", job),
                     ("PATCH", path, {"priority": 9}), ("PATCH", path, {"quantity": 7}))
        for act in ("hold", "release", "cancel"):
            self.stale(self.ask, "POST", f"{path}/{act}", {}, "0" * 16, self.ask("GET", path).json["version"])
        self.assertEqual(self.ask("POST", f"{path}/hold", {}, If_Match="*").status, 200)
        self.assertEqual(self.ask("PATCH", "/api/v1/jobs/999", {"priority": 1}, If_Match='"0"').status, 404)

    def test_a_user(self):
        self.ask("POST", "/api/v1/users", {"login": "lea", "role": "viewer"})
        self.changed(self.ask, "/api/v1/users/lea", lambda: self.item(self.ask, "/api/v1/users", "login", "lea"),
                     ("PATCH", "/api/v1/users/lea", {"name": "Léa"}), ("PATCH", "/api/v1/users/lea", {"language": "en"}))
        self.removed(self.ask, "/api/v1/users/lea", self.ask("GET", "/api/v1/users/lea").json["version"])

    def test_a_program(self):
        program = self.daemon.add_program().json["id"]
        path = f"/api/v1/programs/{program}"
        seen = self.ask("GET", path)
        self.assertEqual(seen.headers["ETag"], f'"{seen.json["version"]}"')
        self.assertEqual(self.item(self.ask, "/api/v1/programs", "id", program)["version"], seen.json["version"])
        self.removed(self.ask, path, seen.json["version"])

    def test_a_token(self):
        token = self.ask("POST", "/api/v1/tokens", {"name": "grafana"}).json
        self.removed(self.ask, f"/api/v1/tokens/{token['id']}", token["version"])

    def test_a_key_and_a_notice_of_ones_own(self):
        admin = self.admin()
        key = admin("POST", "/api/v1/me/keys", {"name": "my slicer"}).json
        self.assertEqual(self.item(admin, "/api/v1/me/keys", "id", key["id"])["version"], key["version"])
        self.removed(admin, f"/api/v1/me/keys/{key['id']}", key["version"])
        notice = admin("POST", "/api/v1/me/notices", {"kind": "needs", "channel": "ntfy", "address": "https://ntfy.sh/x"})
        self.assertEqual(notice.status, 201, notice.bytes)
        self.removed(admin, f"/api/v1/me/notices/{notice.json['id']}", notice.json["version"])

    def test_a_tablet(self):
        code = self.ask("POST", "/api/v1/tablets", {"site": "atelier", "name": "by the door"}).json["code"]
        self.assertEqual(self.ask("POST", "/api/v1/pairing", {"code": code}).status, 200)
        tablet = self.item(self.ask, "/api/v1/tablets", "name", "by the door")
        self.removed(self.ask, f"/api/v1/tablets/{tablet['id']}", tablet["version"])

    def test_a_machine_and_its_marks(self):
        path = "/api/v1/machines/p01"
        self.changed(self.ask, path, lambda: self.item(self.ask, "/api/v1/machines", "id", "p01"),
                     ("POST", f"{path}/in", {}), ("POST", f"{path}/out", {}))
        listed = next(machine for machine in self.ask("GET", "/api/v1/status").json["machines"] if machine["id"] == "p01")
        self.assertEqual(listed["version"], self.ask("GET", path).json["version"])
        self.assertNotEqual(self.ask("POST", f"{path}/estop", {}, If_Match='"0"').status, 412, "an emergency stop never asks")

    def test_each_write_with_a_version_says_so_in_openapi(self):
        paths = self.ask("GET", "/api/v1/openapi.json").json["paths"]
        said = {(method, path) for path, item in paths.items() for method, row in item.items()
                if any(field["name"] == "If-Match" for field in row["parameters"]) and "412" in row["responses"]}
        for row in (("patch", "/api/v1/jobs/{id}"), ("delete", "/api/v1/programs/{id}"), ("patch", "/api/v1/users/{id}"),
                    ("delete", "/api/v1/tokens/{id}"), ("delete", "/api/v1/me/notices/{id}"),
                    ("delete", "/api/v1/tablets/{id}"), ("post", "/api/v1/machines/{id}/clear")):
            self.assertIn(row, said)
        self.assertIn("ETag", paths["/api/v1/jobs/{id}"]["get"]["responses"]["2XX"]["headers"])
        self.assertNotIn(("post", "/api/v1/machines/{id}/estop"), said)


class Pages(Api):
    """Lists page by page: every row once, whatever comes meanwhile, and the end is the end."""

    def pages(self, ask, path, cursor, key, between=lambda: None, limit=2):
        seen, start = [], ""
        while True:
            page = ask("GET", f"{path}{'&' if '?' in path else '?'}limit={limit}{start}").json
            self.assertLessEqual(len(page["items"]), limit)
            seen += [item[key] for item in page["items"]]
            if page["next"] is None:
                return seen
            self.assertEqual(len(page["items"]), limit)
            start = f"&{cursor}={page['next']}"
            between()

    def newer(self, ask, path, key, add):
        """What is added meanwhile comes at the end, once."""
        rows = [add() for _ in range(4)]
        before = [item[key] for item in ask("GET", path).json["items"]]
        self.assertEqual(before[-4:], rows)
        added = []
        seen = self.pages(ask, path, "after", key, lambda: added or added.append(add()))
        self.assertEqual(seen, before + added)
        self.assertEqual(self.pages(ask, path, "after", key, limit=len(seen)), seen, "no empty page after the last row")

    def older(self, ask, path, key, add):
        """What is added meanwhile is newer than what one pages through."""
        for _ in range(4):
            add()
        before = [item[key] for item in ask("GET", path).json["items"]]
        self.assertGreaterEqual(len(before), 4)
        self.assertEqual(before, sorted(before, reverse=True))
        self.assertEqual(self.pages(ask, path, "before", key, add), before)
        now = [item[key] for item in ask("GET", path).json["items"]]
        self.assertEqual(self.pages(ask, path, "before", key, limit=len(now)), now)

    def test_jobs(self):
        self.newer(self.ask, "/api/v1/jobs?part=serre-tete", "id",
                   lambda: self.ask("POST", "/api/v1/jobs", {"part": "serre-tete", "quantity": 1}).json["id"])

    def test_users(self):
        logins = iter("abcdefghijkl")
        self.newer(self.ask, "/api/v1/users", "login",
                   lambda: self.ask("POST", "/api/v1/users", {"login": next(logins), "role": "viewer"}).json["login"])

    def test_tokens_and_keys(self):
        self.newer(self.ask, "/api/v1/tokens", "id", lambda: self.ask("POST", "/api/v1/tokens", {"name": "x"}).json["id"])
        admin = self.admin()
        self.newer(admin, "/api/v1/me/keys", "id", lambda: admin("POST", "/api/v1/me/keys", {"name": "x"}).json["id"])
        keys = [key["id"] for key in admin("GET", "/api/v1/me/keys").json["items"]]
        first = admin("GET", "/api/v1/me/keys?limit=3").json
        self.assertEqual(admin("DELETE", f"/api/v1/me/keys/{keys[2]}").status, 200)
        rest = admin("GET", f"/api/v1/me/keys?after={first['next']}").json["items"]
        self.assertEqual([key["id"] for key in rest], keys[3:], "the row the page ended with has gone")

    def test_programs(self):
        for i in range(5):
            self.assertEqual(self.daemon.ask("POST", f"/api/v1/programs?model=prusa-mk3&yield=serre-tete%3D1&name=p{i}",
                                             f"G28\nG1 X{i + 10} Y10 F600\nM84\n").status, 201)
        whole = [program["id"] for program in self.ask("GET", "/api/v1/programs").json["items"]]
        self.assertEqual(self.pages(self.ask, "/api/v1/programs", "after", "id"), whole)

    def test_notes(self):
        self.older(self.ask, "/api/v1/machines/p01/notes", "id",
                   lambda: self.ask("POST", "/api/v1/machines/p01/notes", {"text": "x"}))

    def test_the_audit_log(self):
        self.older(self.ask, "/api/v1/audit?command=job.hold", "seq", lambda: self.ask("POST", "/api/v1/jobs/999/hold", {}))

    def test_the_log_goes_on_where_one_left_it(self):
        def add():
            self.ask("POST", "/api/v1/machines/p01/pause", {})

        for _ in range(5):
            add()
        last = self.ask("GET", "/api/v1/log?machine=p01").json
        seen, start = [], last["items"][0]["seq"]
        for _ in range(20):
            page = self.ask("GET", f"/api/v1/log?machine=p01&limit=2&after={start}").json
            seen += [row["seq"] for row in page["items"]]
            start = page["next"]
            if len(seen) == 4:
                add()
        after = [row["seq"] for row in self.ask("GET", "/api/v1/log?machine=p01").json["items"]]
        self.assertEqual(seen, after[after.index(last["items"][0]["seq"]) + 1:])

    def test_limits_and_cursors_are_checked_in_every_list(self):
        paths = self.ask("GET", "/api/v1/openapi.json").json["paths"]
        checked = 0
        for path, item in paths.items():
            names = {field["name"] for field in item.get("get", {}).get("parameters", [])}
            if "limit" not in names:
                continue
            cursor = ({"after", "before"} & names).pop() if {"after", "before"} & names else None
            path = path.replace("{id}", "p01")
            for query in ("limit=-1", "limit=999999", "limit=x", "limit=1.5") + ((f"{cursor}=-1", f"{cursor}=x") if cursor else ()):
                answer = self.ask("GET", f"{path}?{query}")
                self.assertEqual((answer.status, answer.error["code"], answer.error["field"]),
                                 (422, "invalid", query.split("=")[0]), f"{path}?{query}")
            checked += 1
        self.assertGreaterEqual(checked, 8)


class AuditHead(Api):
    def test_a_head_that_was_noted_is_found_again_or_missed(self):
        self.ask("POST", "/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        head = self.ask("GET", "/api/v1/audit/verify").json["head"]
        self.assertIn(f"head {head}", self.daemon.logged(), "the system's log keeps it, too")
        self.ask("POST", "/api/v1/jobs", {"part": "serre-tete", "quantity": 1})
        for noted, code in ((head, 0), (head[:16], 0), ("0" * 64, 1), ("xyz", 1)):
            done = self.daemon.usine("audit", "verify", "--head", noted)
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        self.assertIn("cut off", self.daemon.usine("audit", "verify", "--head", "0" * 64).stdout)


if __name__ == "__main__":
    unittest.main()
