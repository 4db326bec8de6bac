# SPDX-License-Identifier: Apache-2.0
"""Role x route x site, made from the command table itself: every row is asked by everybody, and nobody gets further than
the row's role, place and kind say. A probe carries a member that no row knows, so that what passes the door is refused
behind it (422) and nothing is done."""
import http.client
import json
import time
import unittest

from daemon import Daemon, machine

ROLES = ["viewer", "operator", "technician", "coordinator", "admin"]
HERE, THERE = "atelier", "ailleurs"
REFUSED = {401, 403}


class Matrix(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        machines = [machine("p01"), {**machine("q01"), "site": THERE}]
        sites = [{"id": HERE, "name": "L'atelier"}, {"id": THERE, "name": "Ailleurs"}]
        cls.daemon = Daemon(machines, sites=sites).start()
        cls.addClassCleanup(cls.daemon.close)
        cls.rows = cls.read_rows()
        cls.jobs = {place: cls.add_job(sites) for place, sites in
                    (("here", [HERE]), ("there", [THERE]), ("both", [HERE, THERE]), ("all", []))}
        cls.connection = http.client.HTTPConnection(*cls.daemon.tcp(), timeout=20)
        cls.addClassCleanup(cls.connection.close)

    @classmethod
    def read_rows(cls):
        paths = cls.daemon.get("/api/v1/openapi.json").json["paths"]
        return [{"method": method.upper(), "path": path, **operation}
                for path, methods in paths.items() for method, operation in methods.items()]

    @classmethod
    def add_job(cls, sites):
        body = {"part": "serre-tete", "quantity": 1, **({"sites": sites} if sites else {})}
        return cls.daemon.post("/api/v1/jobs", body).json["id"]

    def ask(self, row, path, fields, headers):
        """The status of a probe."""
        body = None
        if row["method"] in ("POST", "PATCH", "PUT") and "octet-stream" not in json.dumps(row.get("requestBody", {})) \
                and "form-data" not in json.dumps(row.get("requestBody", {})):
            body = json.dumps({"no-such-member": 1, **fields})
        else:
            path += "?no-such-member=1" + "".join(f"&{name}={value}" for name, value in fields.items())
        self.connection.request(row["method"], path, body, headers)
        response = self.connection.getresponse()
        response.read()
        return response.status

    def targets(self, row):
        """What the row may be about: (path, fields, the sites where the role is needed; None: all)."""
        where, path = row["x-where"], row["path"]
        if where == "machine":
            return [(path.replace("{id}", "p01"), {}, [HERE]), (path.replace("{id}", "q01"), {}, [THERE])]
        if where == "job":
            sites = {"here": [HERE], "there": [THERE], "both": [HERE, THERE], "all": None}
            return [(path.replace("{id}", str(job)), {}, sites[place]) for place, job in self.jobs.items()]
        path = path.replace("{id}", "9999")
        if where == "sites":
            many = "sites" in json.dumps(row.get("requestBody", {}))
            name = "sites" if many else "site"
            return [(path, {}, None), (path, {name: [HERE] if many else HERE}, [HERE]),
                    (path, {name: [THERE] if many else THERE}, [THERE])]
        return [(path, {}, "any" if where in ("anywhere", "run", "maker", "declaration") else None)]

    @staticmethod
    def rank(roles, site):
        """The rank of {site: role} at one site, or (None) at all."""
        return max([ROLES.index(role) + 1 for at, role in roles.items() if at in ("*", site)], default=0)

    def may(self, row, roles, sites):
        if row["x-role"] == "anyone":
            return True
        least = ROLES.index(row["x-role"]) + 1
        if sites == "any":
            return any(self.rank(roles, site) >= least for site in (*roles, None))
        return all(self.rank(roles, site) >= least for site in (sites or [None]))

    def test_every_row_says_who_may(self):
        self.assertGreater(len(self.rows), 60)
        for row in self.rows:
            self.assertIn(row["x-role"], ["anyone", *ROLES], row["operationId"])
        anyone = {row["operationId"] for row in self.rows if row["x-role"] == "anyone"}
        self.assertEqual(anyone, {"login", "first", "invitation", "pin", "pairing"})

    def check(self, headers, roles, what, allowed=lambda row: True, only=None):
        """Asks every row (or only these) about everything with these headers; roles None: refused everywhere."""
        for row in self.rows:
            if only and row["operationId"] not in only:
                continue
            for path, fields, sites in self.targets(row):
                expected = row["x-role"] == "anyone" or (
                    roles is not None and allowed(row) and self.may(row, roles, sites))
                status = self.ask(row, path, fields, headers)
                self.assertEqual(status not in REFUSED, expected,
                                 f"{what}: {row['method']} {path} {fields}: {status}")

    def test_people_of_every_role_here_and_everywhere(self):
        for role in ROLES:
            for at in (HERE, "*"):
                session = self.daemon.admin(f"{role}-{'here' if at == HERE else 'all'}", {at: role})
                self.check(session, {at: role}, f"{role} at {at}")

    def test_two_roles_do_not_add_up(self):
        roles = {HERE: "technician", THERE: "viewer"}
        self.check(self.daemon.admin("two", roles), roles, "two roles")

    def test_strangers(self):
        self.check({}, None, "nobody")
        self.check({"Cookie": "usine-session=" + "A" * 43}, None, "a made-up session")
        self.check({"Authorization": "Bearer " + "A" * 43}, None, "a made-up token")
        self.check({"Usine-By": "admin", "X-Forwarded-For": "127.0.0.1"}, None, "headers that others may send")

    def add_token(self, **spec):
        added = self.daemon.post("/api/v1/tokens", {"name": "t", **spec})
        self.assertEqual(added.status, 201, added.bytes)
        return added.json["id"], {"Authorization": "Bearer " + added.json["secret"]}

    def test_tokens_do_what_their_kind_and_role_say(self):
        def no_fresh(row):
            return not row["x-fresh"]

        _, admin = self.add_token(role="admin")
        self.check(admin, {"*": "admin"}, "admin token", no_fresh)
        _, here = self.add_token(role="operator", sites=[HERE])
        self.check(here, {HERE: "operator"}, "operator token here", no_fresh)
        _, slicer = self.add_token(kind="slicer", role="admin")
        self.check(slicer, {"*": "admin"}, "slicer token", lambda row: row["x-slicer"] and no_fresh(row))
        _, site = self.add_token(kind="site", role="admin")
        self.check(site, {"*": "admin"}, "site token", lambda row: row["x-site"] and no_fresh(row))
        link = self.daemon.post("/api/v1/makers", {"name": "Anne", "parts": ["serre-tete"], "sites": [HERE]}).json["path"]
        maker = {"Authorization": "Bearer " + link.split("#")[1]}
        self.check(maker, {HERE: "viewer"}, "declaration link", lambda row: row["x-maker"])

    def test_a_token_of_a_person_has_no_more_than_the_person(self):
        self.daemon.admin("lent", {HERE: "operator"})
        _, lent = self.add_token(role="admin", user="lent")
        self.check(lent, {HERE: "operator"}, "lent token", lambda row: not row["x-fresh"])
        self.daemon.ask("PATCH", "/api/v1/users/lent", {"disabled": True})
        self.check(lent, None, "token of a disabled person")

    def test_what_has_ended_opens_nothing(self):
        number, revoked = self.add_token(role="admin")
        self.assertEqual(self.daemon.ask("DELETE", f"/api/v1/tokens/{number}").status, 200)
        self.check(revoked, None, "revoked token")
        soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 2))
        _, expired = self.add_token(role="admin", expires=soon)
        me = {"method": "GET", "path": "/api/v1/me"}
        self.daemon.wait(lambda: self.ask(me, "/api/v1/me", {}, expired) == 401, "the token to expire")
        self.check(expired, None, "expired token")
        for login, end in (("gone", ("DELETE", "/api/v1/users/gone")), ("out", ("POST", "/api/v1/users/out/logout"))):
            session = self.daemon.admin(login)
            self.assertEqual(self.daemon.ask(*end).status, 200)
            self.check(session, None, f"session of {login}")
        disabled = self.daemon.admin("locked-out")
        self.daemon.ask("PATCH", "/api/v1/users/locked-out", {"disabled": True})
        self.check(disabled, None, "session of a disabled person")

    def test_a_cookie_alone_writes_nothing(self):
        session = self.daemon.admin("csrf")
        alone = {"Cookie": session["Cookie"]}
        for headers in (alone, {**alone, "Usine-Csrf": "0" * 32}, {**alone, "Usine-Csrf": ""}):
            for row in self.rows:
                if row["method"] == "GET" or row["x-role"] == "anyone":
                    continue
                for path, fields, _ in self.targets(row):
                    self.assertEqual(self.ask(row, path, fields, headers), 403, f"{row['method']} {path}")

    def test_a_tablet_sees_its_site_and_only_stops_it(self):
        code = self.daemon.post("/api/v1/tablets", {"site": HERE, "name": "Porte"}).json["code"]
        paired = self.daemon.post("/api/v1/pairing", {"code": code})
        tablet = {"Cookie": paired.headers["Set-Cookie"].split(";")[0], "Usine-Csrf": paired.json["csrf"]}
        at_once = {row["operationId"] for row in self.rows if row["x-tablet"]}
        self.assertEqual(at_once, {"estop", "machine.estop"})
        others = {row["operationId"] for row in self.rows} - at_once
        self.check(tablet, {HERE: "viewer"}, "tablet", only=others)
        self.check(tablet, {HERE: "operator"}, "tablet", only=at_once)
        stopped = self.daemon.ask("POST", "/api/v1/estop", {"site": HERE}, tablet, http.client.HTTPConnection(*self.daemon.tcp(), timeout=20))
        self.assertEqual((stopped.status, stopped.error["code"]), (502, "link"), "it was tried: nothing is at the port")
        row = self.daemon.get("/api/v1/audit?command=estop").json["items"][0]
        self.assertEqual((row["who"], row["site"], row["status"]), ("tablet:Porte", HERE, 502))
        self.assertEqual(self.daemon.post("/api/v1/pairing", {"code": code}).status, 401, "a code is good once")

    def test_an_operator_forgets_tablets_of_her_own_site_only(self):
        tablets = {}
        for site in (HERE, THERE):
            code = self.daemon.post("/api/v1/tablets", {"site": site, "name": f"old {site}"}).json["code"]
            self.assertEqual(self.daemon.post("/api/v1/pairing", {"code": code}).status, 200)
            listed = self.daemon.get("/api/v1/tablets").json["items"]
            tablets[site] = next(tablet["id"] for tablet in listed if tablet["name"] == f"old {site}")
        operator = self.daemon.admin("forgets", {HERE: "operator", THERE: "viewer"})
        for site, status in ((THERE, 403), (HERE, 200)):
            answer = self.daemon.ask("DELETE", f"/api/v1/tablets/{tablets[site]}", None, operator,
                                     http.client.HTTPConnection(*self.daemon.tcp(), timeout=20))
            self.assertEqual(answer.status, status, answer.bytes)

    def test_what_is_beside_the_table(self):
        viewer = self.daemon.admin("beside", {HERE: "viewer"})
        for path, public in (("/healthz", True), ("/readyz", True), ("/metrics", False), ("/api/v1/openapi.json", False),
                             ("/", True), ("/first", True), ("/machines/p01", True)):
            row = {"method": "GET"}
            stranger = self.ask(row, path, {}, {})
            self.assertEqual(stranger not in REFUSED, public, f"{path}: {stranger}")
            self.assertNotIn(self.ask(row, path, {}, viewer), REFUSED, path)
        _, slicer = self.add_token(kind="slicer", role="admin")
        for path in ("/metrics", "/api/v1/openapi.json", "/api/v1/events"):
            self.assertEqual(self.ask({"method": "GET"}, path, {}, slicer), 403, path)
        self.connection.request("GET", "/api/v1/events")
        response = self.connection.getresponse()
        response.read()
        self.assertEqual(response.status, 401)


if __name__ == "__main__":
    unittest.main()
