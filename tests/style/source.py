# SPDX-License-Identifier: Apache-2.0
"""Reads C as far as the style figures need it: code without comments, functions, nesting, includes."""
import json
import re
import subprocess

TOKEN = re.compile(r"[A-Za-z_]\w*|\d[\w.]*|[{}();:?]|[^\s\w]")
LITERAL = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
DIRECTIVE = re.compile(r"^[ \t]*#(?:\\\n|[^\n])*", re.M)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def blank(match):
    """Same number of lines and no words: keeps line numbers true."""
    text = match.group()
    filler = '""' if text[0] in "\"'" else " "
    return filler + "\n" * text.count("\n")


def code(text):
    return DIRECTIVE.sub(blank, LITERAL.sub(blank, text))


def includes(text):
    """(line, quoted?, name) of every include."""
    return [(text.count("\n", 0, m.start()) + 1, m.group(1) == '"', m.group(2)) for m in INCLUDE.finditer(text)]


def functions(paths):
    """What ctags finds: dicts with path, name, line, end, signature, public."""
    command = ["ctags", "--output-format=json", "--fields=+nefS", "--kinds-C=f", "--languages=C",
               "--langmap=C:.c.h", "-f", "-", "-L", "-"]
    found = subprocess.run(command, input="\n".join(paths), capture_output=True, text=True, check=True).stdout
    rows = []
    for line in found.splitlines():
        tag = json.loads(line)
        if "end" not in tag:
            continue
        rows.append({"path": tag["path"], "name": tag["name"], "line": tag["line"], "end": tag["end"],
                     "signature": tag.get("signature", "()"), "public": not tag.get("file", False)})
    return rows


def parameters(signature):
    inner = signature.strip()[1:-1].strip()
    if inner in ("", "void"):
        return 0
    depth = 0
    count = 1
    for char in inner:
        depth += (char in "([") - (char in ")]")
        count += char == "," and depth == 0
    return count


class Nesting:
    """Walks the statements of one function body and keeps the deepest level of if, for, while, do and switch.
    `else if` is a row of alternatives, not a level."""

    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0
        self.deepest = 0

    def peek(self, ahead=0):
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def skip_pair(self, opening, closing):
        depth = 0
        while self.peek():
            depth += (self.peek() == opening) - (self.peek() == closing)
            self.at += 1
            if depth == 0:
                return

    def block(self, level):
        self.at += 1
        while self.peek() and self.peek() != "}":
            self.statement(level)
        self.at += 1

    def inner(self, level):
        self.deepest = max(self.deepest, level)
        self.statement(level)

    def statement(self, level):
        word = self.peek()
        if word == "{":
            self.block(level)
        elif word in ("if", "for", "while", "switch"):
            self.at += 1
            self.skip_pair("(", ")")
            self.inner(level + 1)
            self.alternative(level)
        elif word == "do":
            self.at += 1
            self.inner(level + 1)
            self.simple(level)
        elif word in ("case", "default"):
            while self.peek() not in (":", ""):
                self.at += 1
            self.at += 1
        else:
            self.simple(level)

    def alternative(self, level):
        if self.peek() != "else":
            return
        self.at += 1
        if self.peek() == "if":
            self.statement(level)
        else:
            self.inner(level + 1)

    def simple(self, level):
        """An expression, a declaration with its initialiser, or a loop made by a macro: name(...) { }."""
        if re.match(r"[A-Za-z_]", self.peek()) and self.peek(1) == "(":
            self.at += 1
            self.skip_pair("(", ")")
            if self.peek() == "{":
                self.inner(level + 1)
                return
        while self.peek() not in (";", "}", ""):
            if self.peek() == "{":
                self.skip_pair("{", "}")
            elif self.peek() == "(":
                self.skip_pair("(", ")")
            elif self.peek() == ":" and self.tokens[self.at - 1] not in ("?",) and self.at and self.label():
                self.at += 1
                return
            else:
                self.at += 1
        if self.peek() == ";":
            self.at += 1

    def label(self):
        """True where the ':' ends a goto label: the word before it begins the statement."""
        return self.at >= 2 and self.tokens[self.at - 2] in (";", "{", "}", ":")


def nesting(body):
    """Deepest nesting of the function whose text, braces included, is given."""
    walker = Nesting(TOKEN.findall(body[body.index("{"):]))
    walker.statement(0)
    return walker.deepest
