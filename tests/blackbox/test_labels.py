# SPDX-License-Identifier: Apache-2.0
"""Labels as they come out of a printer: poppler reads and draws the PDF, zbar reads the codes."""
import os
import re
import subprocess
import tempfile
import unittest

from daemon import Daemon

MM = 72 / 25.4
# page, first label, label, pitch (mm), columns, rows: by the makers' data sheets, not by our table
FORMATS = {
    "a4-14": ((210, 297), (4.65, 15.15), (99.1, 38.1), (101.6, 38.1), 2, 7),
    "a4-24": ((210, 297), (0, 0.5), (70, 37), (70, 37), 3, 8),
    "a4-8": ((210, 297), (4.65, 13.1), (99.1, 67.7), (101.6, 67.7), 2, 4),
    "100x50": ((100, 50), (0, 0), (100, 50), (0, 0), 1, 1),
    "62x29": ((62, 29), (0, 0), (62, 29), (0, 0), 1, 1),
}
NOTICE = "Ne remplace pas un masque. Œuvre d’Évreux, 2 € pièce"
PRODUCT = {"id": "visiere", "name": "Visière de protection", "version": "N2", "pack": 10,
           "parts": {"serre-tete": 1, "ecran": 1}, "cleaning": {"fr": "À désinfecter avant usage", "en": "Disinfect before use"},
           "notice": {"fr": NOTICE, "en": "Not a mask"}}


class Paper:
    """What is on a PDF: words with their page and box (points), and the codes of its pages."""

    def __init__(self, pdf):
        self.folder = tempfile.TemporaryDirectory(prefix="usine-labels-")
        self.path = os.path.join(self.folder.name, "labels.pdf")
        with open(self.path, "wb") as out:
            out.write(pdf)
        self.text = " ".join(self.run("pdftotext", "-raw", self.path, "-").split())  # label by label
        pages = re.split(r"<page ", self.run("pdftotext", "-bbox", self.path, "-"))[1:]
        self.sizes = [tuple(float(n) / MM for n in re.match(r'width="([\d.]+)" height="([\d.]+)"', page).groups()) for page in pages]
        self.words = [(i, *(float(n) / MM for n in word[:4]), word[4]) for i, page in enumerate(pages) for word in
                      re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', page)]

    def run(self, *words):
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=60).stdout

    def codes(self, boxes, dpi=200):
        """What the code in each box of the first page says; boxes: left, top, width, height, mm. One picture each, since
        zbar misses one of many at times."""
        self.run("pdftoppm", "-gray", "-r", str(dpi), "-f", "1", "-l", "1", "-singlefile", self.path, self.path)
        with open(self.path + ".pgm", "rb") as file:
            _, width, _, _, dots = file.read().split(maxsplit=4)
        files = []
        for box in boxes:
            left, top, wide, high = (int(mm / 25.4 * dpi) for mm in box)
            rows = [dots[y * int(width) + left:y * int(width) + left + wide] for y in range(top, top + high)]
            files.append(f"{self.path}-{len(files):02}.pgm")
            with open(files[-1], "wb") as file:
                file.write(b"P5 %d %d 255\n" % (wide, high) + b"".join(rows))
        return self.run("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", *files).split()


class Labels(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.daemon = Daemon(url="https://usine.example.org", products=[PRODUCT], labels={"contact": "coordination@example.org"},
                            sites=[{"id": "atelier", "name": "L’atelier", "town": "Hérouville", "hours": "24/7"}])
        cls.addClassCleanup(cls.daemon.close)
        cls.daemon.start()
        for part in ("serre-tete", "ecran"):
            cls.book("receive", part=part, quantity=60, lot=f"BOX {part}")
        cls.book("assemble", product="visiere", quantity=25)
        stock = cls.daemon.get("/api/v1/stock?lots=true").json
        cls.lot = [lot["lot"] for lot in stock["sites"][0]["lots"] if lot["part"] == "visiere"][0]

    @classmethod
    def book(cls, act, **fields):
        answer = cls.daemon.post(f"/api/v1/stock/{act}", {"site": "atelier", **fields})
        assert answer.status == 201, answer.bytes

    def paper(self, path):
        answer = self.daemon.get(path)
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/pdf"), answer.bytes[:300])
        paper = Paper(answer.bytes)
        self.addCleanup(paper.folder.cleanup)
        return paper

    def label(self, query=""):
        return self.paper(f"/api/v1/lots/{self.lot}/label?{query}")

    def test_it_says_what_a_parcel_must(self):
        text = self.label("format=a4-8").text
        for words in ("Visière de protection N2", f"Lot {self.lot}", "Assemblé le ", "L’atelier, Hérouville",
                      "À désinfecter avant usage", "coordination@example.org"):
            self.assertEqual(text.count(words), 3, words)  # 25 kits in parcels of 10
        self.assertEqual((text.count("Quantité : 10"), len(re.findall(r"Quantité : 5\b", text))), (2, 1))
        self.assertIn("Œuvre d’Évreux, 2 € pièce", text)
        english = self.label("format=100x50&language=en&copies=1").text
        for words in ("Quantity: 10", "Disinfect before use", "Not a mask"):
            self.assertIn(words, english)

    def test_every_format_lands_on_its_paper(self):
        for name, (page, first, size, pitch, columns, rows) in FORMATS.items():
            with self.subTest(name):
                room = columns * rows
                boxes = [(first[0] + k % columns * pitch[0], first[1] + k // columns * pitch[1], *size) for k in range(room)]
                paper = self.label(f"format={name}&copies={room + 1}")
                self.assertEqual(len(paper.sizes), 2)
                for axis in (0, 1):
                    self.assertAlmostEqual(paper.sizes[0][axis], page[axis], delta=0.1)
                self.assertEqual(len([word for word in paper.words if word[5] == "Visière"]), room + 1)
                for box in boxes:
                    self.inside(paper, *box)
                self.assertEqual(paper.codes(boxes), [f"https://usine.example.org/lots/{self.lot}"] * room)

    def inside(self, paper, left, top, width, height):
        """One label's words are all in its box; none is on an edge."""
        words = [word for word in paper.words if word[0] == 0 and left <= (word[1] + word[3]) / 2 <= left + width
                 and top <= (word[2] + word[4]) / 2 <= top + height]
        self.assertEqual(len([word for word in words if word[5] == "Visière"]), 1)
        for _, x0, y0, x1, y1, word in words:
            self.assertTrue(left + 1 < x0 and x1 < left + width - 1 and top + 1 < y0 and y1 < top + height - 1, word)

    def test_a_sheet_already_begun_goes_on(self):
        paper = self.label("format=a4-24&start=24&copies=2")
        first, second = [word for word in paper.words if word[5] == "Visière"]
        self.assertTrue(first[0] == 0 and first[1] > 140 and first[2] > 258)  # the last place
        self.assertTrue(second[0] == 1 and second[1] < 70 and second[2] < 37)

    def test_machines_have_labels_that_open_their_page(self):
        paper = self.paper("/api/v1/labels?site=atelier&base=http://10.0.0.7:8750/")
        self.assertEqual(paper.codes([(4.65, 15.15, 99.1, 38.1), (106.25, 15.15, 99.1, 38.1)]),
                         ["http://10.0.0.7:8750/machines/p01?qr", "http://10.0.0.7:8750/machines/l01?qr"])
        self.assertIn("Hérouville", paper.text)
        self.assertNotIn("L01", self.paper("/api/v1/labels?machine=p01").text)
        drawn = self.daemon.get("/api/v1/machines/p01/label.svg")  # without a word where the pages are: by the config
        self.assertEqual((drawn.status, drawn.headers["Content-Type"]), (200, "image/svg+xml"))

    def call_it(self, name):
        """The product, in the config; waits until it is taken over."""
        self.daemon.write({**self.daemon.content, "products": [{**PRODUCT, "name": name}]})
        self.daemon.wait(lambda: self.daemon.get("/api/v1/status").json["products"][0]["name"] == name, "the reload")

    def test_any_text_stays_text_in_its_box(self):
        names = [") Tj ET (\\) <b>{0} %s endstream", "W" * 120, "Ωμέγα 面罩 \u202egnorw"]
        self.addCleanup(self.call_it, PRODUCT["name"])
        for name in names:
            self.call_it(name)
            paper = self.label("format=62x29&copies=1")
            self.assertIn(f"Lot {self.lot}", paper.text)
            self.assertEqual(len(paper.codes([(0, 0, 62, 29)], 300)), 1)
            for _, x0, y0, x1, y1, word in paper.words:
                self.assertTrue(0 < x0 and x1 < 62 and 0 < y0 and y1 < 29, word)
            self.assertIn({names[0]: "ET (\\)", names[1]: "WW…", names[2]: "????? ?? gnorw"}[name], paper.text)

    def test_what_cannot_be_is_refused(self):
        path = f"/api/v1/lots/{self.lot}/label?"
        for query, field in (("format=a5", "format"), ("start=0", "start"), ("format=62x29&start=2", "start"), ("format=a4-8&start=9", "start"),
                             ("copies=0", "copies"), ("copies=2001", "copies"), ("quantity=-1", "quantity"), ("language=de", "language"),
                             ("base=javascript:1", "base"), ("base=https://a.example/x", "base")):
            answer = self.daemon.get(path + query)
            self.assertEqual((answer.status, answer.error["field"]), (422, field), query)
        self.assertEqual(self.daemon.get("/api/v1/lots/NONE/label").status, 404)
        self.assertEqual(self.daemon.get("/api/v1/labels?site=nowhere").error["field"], "site")
        self.assertEqual(self.daemon.get("/api/v1/labels?machine=p09").error["field"], "machine")
        self.book("receive", part="ecran", quantity=2001, lot="MANY")
        answer = self.daemon.get("/api/v1/lots/MANY/label?quantity=1")
        self.assertEqual((answer.status, answer.error["field"]), (422, "copies"))
        self.assertEqual(len(self.paper("/api/v1/lots/MANY/label?quantity=2&format=100x50").sizes), 1001)

    def test_the_command_line_writes_the_file(self):
        path = os.path.join(self.daemon.folder, "box.pdf")
        done = self.daemon.usine("lot", "BOX ecran", "label", path, "--format", "62x29", "--language", "en")
        self.assertEqual((done.returncode, done.stdout), (0, f"{path} written\n"), done.stderr)
        with open(path, "rb") as file:
            self.assertIn("Received on", Paper(file.read()).text)
        self.assertEqual(self.daemon.usine("labels", path + "2", "--site", "atelier").returncode, 0)
        done = self.daemon.usine("lot", self.lot, "label", path, "--format", "a5")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a4-14", done.stderr)
        self.assertIn("Put together:", self.daemon.usine("lot", self.lot).stdout)


if __name__ == "__main__":
    unittest.main()
