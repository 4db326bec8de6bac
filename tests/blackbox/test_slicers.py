# SPDX-License-Identifier: Apache-2.0
"""A slicer sends a program straight into the queue, and shows why when it cannot."""
import http.client
import os
import re
import socket
import sys
import unittest
from random import Random

from daemon import SAMPLES, SHORT_PRINT, Answer, Daemon, machine
from slicers import Form, prusa_form, prusa_headers, raw, recorded

HERE = "/slicer/prusa-mk3"
SEND = HERE + "/api/files/local"

with open(SHORT_PRINT, "rb") as sample:
    PRINT = sample.read()
with open(os.path.join(SAMPLES, "impression/ender3_repere-lot_0.28.gcode"), "rb") as sample:
    ENDER_PRINT = sample.read()


class Slicers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon([machine("p01"), machine("p02", "ender-3"), machine("l01", "grbl-600x400")]).start()
        cls.daemon.admin()
        cls.key = cls.new_key({"role": "coordinator"})

    @classmethod
    def tearDownClass(cls):
        cls.daemon.close()

    @classmethod
    def new_key(cls, more):
        answer = cls.daemon.post("/api/v1/tokens", {"kind": "slicer", "name": "poste 3", **more})
        assert answer.status == 201, answer.bytes
        return answer.json["secret"]

    def ask(self, method, path, body=None, headers=None, key=None):
        host, port = self.daemon.tcp()
        connection = http.client.HTTPConnection(host, port, timeout=30)
        headers = {**prusa_headers(key or self.key), **(headers or {})}
        return self.daemon.ask(method, path, body, headers, connection)

    def send(self, form, path=SEND, key=None):
        return self.ask("POST", path, form.body(), {"Content-Type": form.type()}, key)

    def put(self, name, content, printing=False, base=HERE):
        headers = {"Content-Type": "text/x.gcode", "Overwrite": "?1"}
        if printing:
            headers["Print-After-Upload"] = "?1"
        return self.ask("PUT", f"{base}/api/v1/files/local/{name}", content, headers)

    def program(self, key):
        return self.daemon.get(f"/api/v1/programs/{key}").json

    def jobs(self):
        return self.daemon.get("/api/v1/jobs").json["items"]

    def different(self, words):
        """The same print as a file of its own."""
        return PRINT + f"; {words}\n".encode()

    def refused(self, answer, status, words):
        self.assertEqual(answer.status, status, answer.bytes)
        self.assertEqual(answer.headers["Content-Type"], "text/plain")
        self.assertIn(words, answer.bytes.decode())

    # ---- the way of a file ----

    def test_prusaslicer_sends_and_prints(self):
        version = self.ask("GET", HERE + "/api/version")
        self.assertEqual(version.status, 200)
        self.assertTrue(version.json["api"])
        self.assertTrue(version.json["text"].startswith("OctoPrint"))
        before = len(self.jobs())
        answer = self.send(prusa_form("serre-tete x4.gcode", PRINT, True))
        self.assertEqual(answer.status, 201, answer.bytes)
        program = self.program(answer.json["usine"]["program"])
        self.assertEqual(program["name"], "serre-tete x4.gcode")
        self.assertEqual(program["yield"], {"serre-tete": 4})
        self.assertEqual([model["id"] for model in program["models"]], ["prusa-mk3"])
        self.assertIn("findings", program["report"]["models"]["prusa-mk3"])
        job = self.jobs()[before]
        self.assertEqual((job["id"], job["part"], job["quantity"]), (answer.json["usine"]["job"], "serre-tete", 4))
        self.assertEqual(job["by"], "token:poste 3")

    def test_without_print_there_is_no_job(self):
        before = len(self.jobs())
        answer = self.send(prusa_form("serre-tete x2.gcode", self.different("no job"), False))
        self.assertEqual(answer.status, 201)
        self.assertNotIn("job", answer.json["usine"])
        self.assertEqual(len(self.jobs()), before)

    def test_prusalink_puts(self):
        version = self.ask("GET", HERE + "/api/version").json
        self.assertIs(version["capabilities"]["upload-by-put"], True)
        storage = self.ask("GET", HERE + "/api/v1/storage", headers={"Accept-Language": "fr"})
        self.assertEqual(list(storage.json), ["storage_list"])
        self.assertEqual(storage.json["storage_list"][0]["path"], "/local")
        answer = self.put("ecran%20x3.gcode", self.different("put"), printing=True)
        self.assertEqual(answer.status, 201, answer.bytes)
        self.assertEqual(self.program(answer.json["usine"]["program"])["yield"], {"ecran": 3})
        self.assertEqual(self.jobs()[-1]["quantity"], 3)

    def test_prusalink_does_not_overwrite_unasked(self):
        path = HERE + "/api/v1/files/local/ecran%20x5.gcode"
        self.assertEqual(self.ask("PUT", path, self.different("first")).status, 201)
        again = self.ask("PUT", path, self.different("second"), {"Overwrite": "?0"})
        self.refused(again, 409, 'there is a program "ecran x5.gcode" already')

    def test_a_newer_file_takes_the_place_of_the_older(self):
        first = self.put("elastique%20x6.gcode", self.different("one")).json["usine"]["program"]
        second = self.put("elastique%20x6.gcode", self.different("two")).json["usine"]["program"]
        self.daemon.wait(lambda: self.program(first)["removed"], "the older program to go")
        self.assertFalse(self.program(second)["removed"])

    def test_at_the_root_the_folder_says_the_model(self):
        answer = self.ask("PUT", "/api/v1/files/local/ender-3/ecran%20x2.gcode", ENDER_PRINT,
                          {"Overwrite": "?1"})
        self.assertEqual(answer.status, 201, answer.bytes)
        models = self.program(answer.json["usine"]["program"])["models"]
        self.assertEqual([model["id"] for model in models], ["ender-3"])
        form = Form().add("path", b"ender-3").add_file("ecran x7.gcode", ENDER_PRINT + b"; form\n")
        self.assertEqual(self.send(form, "/api/files/local").status, 201)
        self.refused(self.send(prusa_form("ecran x2.gcode", PRINT, False), "/api/files/local"), 422,
                     "for which model? End the slicer's address in /slicer/MODEL (prusa-mk3, ender-3, grbl-600x400)")

    def test_cura(self):
        """In the plugin's order: settings, version, login, printerprofiles, printer, job; then it sends."""
        self.assertIs(self.ask("GET", HERE + "/api/settings").json["feature"]["sdSupport"], False)
        login = self.ask("POST", HERE + "/api/login", '{"passive": true}', {"Content-Type": "application/json"})
        self.assertEqual(login.json["name"], "token:poste 3")
        profiles = self.ask("GET", HERE + "/api/printerprofiles").json["profiles"]
        self.assertIs(profiles["prusa-mk3"]["current"], True)
        for axis in "xyze":
            self.assertGreater(profiles["prusa-mk3"]["axes"][axis]["speed"], 0)
        printer = self.ask("GET", HERE + "/api/printer").json
        for flag in ("error", "closedOrError", "paused", "pausing", "printing", "cancelling", "ready", "operational"):
            self.assertIn(flag, printer["state"]["flags"])
        self.assertIs(printer["state"]["flags"]["ready"], True)
        job = self.ask("GET", HERE + "/api/job").json
        self.assertEqual((job["state"], job["progress"]["printTime"], job["job"]["file"]["name"]),
                         ("Operational", None, None))
        form = Form('boundary_.oOo._NzY5MTU3NDE5Mzg2Mg==')
        form.add("path", b"", "\r\nContent-Type: text/plain")
        form.add_file("serre-tete x8.gcode", self.different("cura"))
        form.add("select", b"true", "\r\nContent-Type: text/plain").add("print", b"true")
        answer = self.ask("POST", SEND, form.body(),
                          {"Content-Type": f'multipart/form-data; boundary="{form.boundary}"', "MIME-Version": "1.0"})
        self.assertEqual(answer.status, 201, answer.bytes)
        end_point = answer.headers["Location"].split("api/", 1)[1]
        self.assertEqual(end_point, "files/local/serre-tete%20x8.gcode")
        self.assertEqual(self.ask("GET", HERE + "/api/" + end_point).json["name"], "serre-tete x8.gcode")
        before = len(self.jobs())
        self.assertLess(self.ask("POST", HERE + "/api/" + end_point, '{"command": "select"}').status, 300)
        self.assertEqual(len(self.jobs()), before)
        self.ask("POST", HERE + "/api/" + end_point, '{"command": "select", "print": true}')
        self.assertEqual(self.jobs()[-1]["quantity"], 8)

    def test_recorded_exchanges_go_as_recorded(self):
        key = self.key.encode()
        host = "%s:%d" % self.daemon.tcp()
        names = sorted(os.listdir("tests/golden/slicers"))
        self.assertGreaterEqual(len([name for name in names if name.endswith(".http")]), 3)
        for name in names:
            if not name.endswith(".http"):
                continue
            with self.subTest(name):
                data = recorded(name, KEY=key, HOST=host.encode(), GCODE=self.different(name))
                status, _, body = raw(self.daemon.tcp(), data)
                self.assertEqual(status, 201 if name.endswith("-send.http") else 200, body)

    # ---- what it may ----

    def test_a_wrong_key_is_said_in_plain_words(self):
        self.refused(self.ask("GET", HERE + "/api/version", key="x" * 43), 401, "this token is not valid")
        self.refused(self.send(prusa_form("ecran.gcode", PRINT, True), key="x" * 43), 401, "API key")
        host, port = self.daemon.tcp()
        nothing = self.daemon.ask("GET", HERE + "/api/version", None, {}, http.client.HTTPConnection(host, port))
        self.refused(nothing, 401, "API key")

    def test_a_key_sends_programs_and_nothing_else(self):
        for method, path in (("GET", "/api/v1/machines"), ("POST", "/api/v1/estop"), ("GET", "/api/v1/users"),
                             ("POST", "/api/v1/machines/p01/clear"), ("GET", "/api/v1/config/text")):
            self.assertEqual(self.ask(method, path).status, 403, path)

    def test_a_key_of_a_viewer_sends_nothing(self):
        key = self.new_key({"role": "viewer"})
        self.assertEqual(self.ask("GET", HERE + "/api/version", key=key).status, 200)
        self.refused(self.send(prusa_form("ecran.gcode", PRINT, True), key=key), 403, "coordinator")

    def test_a_key_of_one_site_asks_that_site(self):
        key = self.new_key({"role": "coordinator", "sites": ["atelier"]})
        answer = self.send(prusa_form("ecran x9.gcode", self.different("one site"), True), key=key)
        self.assertEqual(answer.status, 201, answer.bytes)
        self.assertEqual(self.jobs()[-1]["sites"], ["atelier"])

    # ---- what it must say ----

    def test_a_name_that_says_no_part_waits_for_a_person(self):
        before = len(self.jobs())
        answer = self.send(prusa_form("plaque.gcode", self.different("untold"), True))
        self.assertEqual(answer.status, 201, answer.bytes)
        self.assertNotIn("job", answer.json["usine"])
        sha = answer.json["usine"]["program"]
        program = self.program(sha)
        self.assertEqual((program["name"], program["yield"], len(self.jobs())), ("plaque.gcode", {}, before))
        self.refused(self.ask("POST", HERE + "/api/files/local/plaque.gcode", b'{"command": "select", "print": true}',
                              {"Content-Type": "application/json"}), 409, "say it on the page Programs")
        path = f"/api/v1/programs/{sha}"
        for wrong in (["nothing=1"], ["ecran=0"], ["ecran=2", "ecran=3"], ["ecran"], []):
            answer = self.daemon.ask("PATCH", path, {"yield": wrong})
            self.assertEqual((answer.status, answer.error["field"]), (422, "yield"), wrong)
        told = self.daemon.usine("program", "set", sha, "--yield", "serre-tete=4")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertEqual(self.program(sha)["yield"], {"serre-tete": 4})
        stale = self.daemon.ask("PATCH", path, {"yield": ["ecran=1"]}, headers={"If-Match": f'"{program["version"]}"'})
        self.assertEqual((stale.status, stale.json["current"]["yield"]), (412, {"serre-tete": 4}))
        newer = self.send(prusa_form("plaque.gcode", self.different("sliced anew"), True))
        self.assertEqual(self.program(newer.json["usine"]["program"])["yield"], {"serre-tete": 4}, "asked once")
        self.assertEqual(self.jobs()[-1]["quantity"], 4)

    def test_what_cannot_be_told_is_asked_for_and_nothing_is_kept(self):
        before = (len(self.jobs()), self.daemon.get("/api/v1/programs").json)
        self.refused(self.send(prusa_form("ecran.gcode", PRINT, True), "/slicer/mk9/api/files/local"), 422,
                     'no model "mk9"')
        self.refused(self.ask("GET", "/slicer/mk9/api/version"), 404, 'no model "mk9"')
        self.assertEqual((len(self.jobs()), self.daemon.get("/api/v1/programs").json), before)

    def test_a_refused_file_is_explained_line_by_line(self):
        answer = self.send(prusa_form("ecran.gcode", b"G28\nG1 X10 Y10\nM303 S200\nM502\nM500\n", True))
        self.refused(answer, 422, "line 3: M303 S200")
        text = answer.bytes.decode()
        self.assertRegex(text, r"\nline 4: M502: .+\nline 5: M500: ")
        self.assertLess(text.index("line 3"), 100, "Cura shows 100 characters")

    # ---- hostile bytes ----

    def test_names_from_outside_stay_names(self):
        for sent, kept in (("../../../etc/ecran x1.gcode", "ecran x1.gcode"),
                           ("C:\\\\Users\\\\eve\\\\ecran x1.gcode", "ecran x1.gcode"),
                           ("<b>Écran ×1<b>.gcode", "<b>Écran ×1<b>.gcode")):
            answer = self.send(prusa_form(sent, self.different(sent), False))
            self.assertEqual(answer.status, 201, answer.bytes)
            self.assertEqual(answer.json["files"]["local"]["name"], kept.rsplit("/", 1)[-1])
            self.assertRegex(answer.headers["Location"],
                             r"^http://127\.0\.0\.1:\d+/slicer/prusa-mk3/api/files/local/[A-Za-z0-9%._~-]+$")
        for sent in ("..", "/", "\udcff".encode("utf-8", "surrogateescape").decode("latin-1") + "\x01"):
            answer = self.send(prusa_form(sent, PRINT, False))
            self.assertEqual(answer.status, 422, answer.bytes)
        self.assertEqual(self.put("..%2f..%2f..%2fetc%2fecran%20x1.gcode", self.different("put up")).status, 201)
        state = self.daemon.content["state"]
        strangers = [name for name in os.listdir(os.path.join(state, "programs"))
                     if not re.fullmatch(r"[0-9a-f]{64}\.(gcode|thumb)", name)]
        self.assertEqual(strangers, [])

    def test_damaged_forms_are_refused(self):
        whole = prusa_form("ecran x1.gcode", self.different("damage"), False)
        type_ = whole.type()
        no_name = Form().add_file("ecran.gcode", PRINT)
        no_name.parts[0] = no_name.parts[0].replace(b'name="file"; ', b"")
        cases = {
            "no form": (PRINT, "text/x.gcode", 400),
            "no boundary": (whole.body(), "multipart/form-data", 400),
            "empty boundary": (whole.body(), "multipart/form-data; boundary=", 400),
            "long boundary": (whole.body(), "multipart/form-data; boundary=" + "x" * 71, 400),
            "another boundary": (whole.body(), "multipart/form-data; boundary=yyy", 400),
            "the end is missing": (whole.body()[:-len(whole.boundary) - 8], type_, 400),
            "cut in the file": (whole.body()[:5000], type_, 400),
            "cut in a header": (whole.body()[:60], type_, 400),
            "nothing": (b"", type_, 400),
            "no file": (Form().add("print", b"true").body(), type_, 400),
            "two files": (Form().add_file("ecran.gcode", PRINT).add_file("b.gcode", PRINT).body(), type_, 400),
            "the file elsewhere": (Form().add_file("ecran.gcode", PRINT, "thumbnail").body(), type_, 400),
            "a member without a name": (no_name.body(), type_, 400),
            "an empty file": (Form().add_file("ecran.gcode", b"").body(), type_, 422),
            "a long member": (Form().add("path", b"x" * 2000).add_file("ecran.gcode", PRINT).body(), type_, 413),
            "a long name": (Form().add_file("x" * 3000, PRINT).body(), type_, 413),
            "a name beyond any": (Form().add_file("x" * 40000, PRINT).body(), type_, 400),
            "many members": (b"".join([Form().add(f"m{i}", b"1").body()[:-len(whole.boundary) - 6] for i in range(40)])
                             + Form().add_file("ecran.gcode", PRINT).body(), type_, 413),
            "a NUL": (Form().add("path", b"a\0b").add_file("ecran.gcode", PRINT).body(), type_, 400),
            "not UTF-8": (Form().add("path", b"\xff\xfe").add_file("ecran.gcode", PRINT).body(), type_, 400),
            "base64": (Form().add("file", PRINT, '; filename="ecran.gcode"\r\nContent-Transfer-Encoding: base64').body(),
                       type_, 400),
        }
        before = self.daemon.get("/api/v1/programs").bytes
        for name, (body, content_type, status) in cases.items():
            with self.subTest(name):
                answer = self.ask("POST", SEND, body, {"Content-Type": content_type})
                self.assertEqual(answer.status, status, answer.bytes)
                self.assertEqual(answer.headers["Content-Type"], "text/plain")
        self.assertEqual(self.daemon.get("/api/v1/programs").bytes, before)
        self.nothing_is_left_behind()

    def nothing_is_left_behind(self):
        """Uploads go in the background."""
        folder = os.path.join(self.daemon.content["state"], "tmp")
        self.daemon.wait(lambda: not os.listdir(folder), "uploads to go")

    def test_forms_with_wrong_bytes_are_answered(self):
        """Bytes changed, left out and doubled, by a seed; in pieces, so that a boundary falls anywhere."""
        random = Random(int(os.environ.get("USINE_SEED", "1")))
        whole = prusa_form("ecran x1.gcode", b"G28\nM84\n", False)
        for _ in range(int(os.environ.get("USINE_FORMS", "150"))):
            body = bytearray(whole.body())
            for _ in range(random.randint(1, 4)):
                at, n = random.randrange(len(body) - 8), random.randint(1, 8)
                body[at:at + n] = random.choice([b"", bytes(random.randrange(256) for _ in range(n)), body[at:at + n] * 2,
                                                 b"\r\n", b"--", b'"', whole.boundary.encode()])
            head = (f"POST {SEND} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {self.key}\r\nConnection: close\r\n"
                    f"Content-Type: {whole.type()}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
            status, _, answer = raw(self.daemon.tcp(), head + bytes(body), random.choice([None, 13, 100]))
            self.assertIn(status, (201, 400, 413, 422), answer)
        self.assertEqual(self.daemon.get("/healthz").status, 200)
        self.nothing_is_left_behind()

    def test_unknown_members_do_no_harm(self):
        form = Form().add("userdata", b'{"a": 1}').add("foldername", b"x").add_file("ecran x1.gcode", self.different("u"))
        self.assertEqual(self.ask("POST", SEND, form.body(), {"Content-Type": form.type()}).status, 201)

    def test_a_body_may_come_byte_by_byte(self):
        """Also with what looks like a boundary within the file."""
        form = Form()
        content = (b"G28\r\n;--" + form.boundary.encode() + b"\r\n;\r;\r\n\r\n"
                   + PRINT[:3000].rpartition(b"\n")[0] + b"\n")
        form = form.add("path", b"").add_file("ecran x1.gcode", content)
        head = (f"POST {SEND} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {self.key}\r\n"
                f"Content-Type: {form.type()}\r\nContent-Length: {len(form.body())}\r\n\r\n").encode()
        for step in (1, 7, 997):
            status, _, body = raw(self.daemon.tcp(), head + form.body(), step)
            self.assertEqual(status, 201, body)
            sha256 = re.search(rb'"program":"([0-9a-f]{64})"', body).group(1).decode()
            self.assertEqual(self.daemon.get(f"/api/v1/programs/{sha256}/gcode").bytes, content)

    def test_a_body_of_unknown_length_is_taken(self):
        """libcurl sends a PUT in chunks when it was not told the size."""
        content = self.different("chunks")
        chunks = (content[at:at + 40000] for at in range(0, len(content), 40000))
        host, port = self.daemon.tcp()
        connection = http.client.HTTPConnection(host, port, timeout=30)
        connection.request("PUT", HERE + "/api/v1/files/local/ecran%20x4.gcode", chunks,
                           {**prusa_headers(self.key), "Overwrite": "?1"}, encode_chunked=True)
        answer = Answer(connection.getresponse())
        connection.close()
        self.assertEqual(answer.status, 201, answer.bytes)
        self.assertEqual(answer.json["size"], len(content))

    def test_a_slicer_that_goes_away_leaves_nothing(self):
        form = prusa_form("ecran x1.gcode", PRINT, True)
        head = (f"POST {SEND} HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {self.key}\r\n"
                f"Content-Type: {form.type()}\r\nContent-Length: {len(form.body()) + 1000}\r\n\r\n").encode()
        before = (len(self.jobs()), self.daemon.get("/api/v1/programs").bytes)
        folder = os.path.join(self.daemon.content["state"], "tmp")
        with socket.create_connection(self.daemon.tcp(), timeout=20) as sock:
            sock.sendall(head + form.body())
            self.daemon.wait(lambda: os.listdir(folder), "the upload to begin")
        self.nothing_is_left_behind()
        self.assertEqual((len(self.jobs()), self.daemon.get("/api/v1/programs").bytes), before)

    def test_100_mb_pass_in_constant_memory(self):
        size = 100 * 1000 * 1000
        line = b"G1 X100 Y100 F3000\nG1 X120 Y100 F3000\n"
        form = Form().add("print", b"false").add_file("ecran x1.gcode", b"@").body()
        head, _, tail = form.partition(b"@")
        host, port = self.daemon.tcp()
        self.send(prusa_form("ecran x2.gcode", self.different("warm"), False))
        with open(f"/proc/{self.daemon.process.pid}/clear_refs", "w", encoding="ascii") as refs:
            refs.write("5")  # the peak counts from now on: hashing a password took more before
        before = self.peak()
        connection = http.client.HTTPConnection(host, port, timeout=240)
        connection.putrequest("POST", SEND)
        block = line * 4000
        blocks = size // len(block)
        for name, value in {**prusa_headers(self.key), "Content-Type": Form().type(),
                            "Content-Length": str(len(head) + blocks * len(block) + len(tail))}.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(head)
        for _ in range(blocks):
            connection.send(block)
        connection.send(tail)
        answer = Answer(connection.getresponse())
        connection.close()
        self.assertEqual(answer.status, 201, answer.bytes)
        self.assertEqual(answer.json["files"]["local"]["size"], blocks * len(block))
        grown = self.peak() - before
        print(f"VmHWM grew by {grown} kB while {blocks * len(block)} bytes came", file=sys.stderr)
        self.assertLess(grown, 32 * 1024)

    def peak(self):
        with open(f"/proc/{self.daemon.process.pid}/status", encoding="ascii") as status:
            return int(re.search(r"VmHWM:\s+(\d+) kB", status.read()).group(1))


if __name__ == "__main__":
    unittest.main()
