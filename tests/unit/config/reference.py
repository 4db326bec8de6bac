#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the tables of docs/config.md from config/config.schema.json; with --check only tells
whether they are up to date. Run from the root of the tree."""
import json
import sys
from pathlib import Path

PAGE = Path("docs/config.md")
BEGIN, END = "<!-- tables: written by tests/unit/config/reference.py -->\n", "<!-- end of tables -->\n"
SCHEMA = json.loads(Path("config/config.schema.json").read_text())


def kind(option):
    if "anyOf" in option:
        return "object or list"
    words = [word for word in option.get("enum", []) if word is not None]
    types = option["type"] if isinstance(option["type"], list) else [option["type"]]
    name = {"string": "text", "array": "list", "boolean": "true, false", "integer": "whole number"}.get(types[0], types[0])
    if words and name == "text":
        return ", ".join(f"`{word}`" for word in words)
    if "minimum" in option:
        return f"{name}, {option['minimum']} to {option['maximum']}"
    return name


def row(name, option, required):
    default = "needed" if name in required else ""
    if "default" in option:
        default = f"`{json.dumps(option['default'], ensure_ascii=False)}`"
    return f"| `{name}` | {kind(option)} | {default} | {option['description'].replace('|', '/')} |"


def tables(title, schema, out):
    out.append(f"### {title}\n")
    out.append("| key | value | default | what it is |\n| --- | --- | --- | --- |")
    nested = []
    for name, option in schema["properties"].items():
        out.append(row(name, option, schema.get("required", [])))
        inner = option.get("items", option)
        if "anyOf" in option:
            inner = option["anyOf"][1]["items"]
        if "properties" in inner and not set(inner["properties"]) <= {"x", "y", "z", "e"}:
            nested.append((name, inner))
    out.append("")
    for name, inner in nested:
        if (title, name) == ("machines", "profile"):
            continue  # the same rows as models
        tables(name if title == "At the top" else f"{title}: {name}", inner, out)


def page():
    """What the page says, and what it should say."""
    out = []
    tables("At the top", SCHEMA, out)
    text = PAGE.read_text()
    head, rest = text.split(BEGIN)
    return text, head + BEGIN + "\n" + "\n".join(out) + END + rest.split(END)[1]


def main():
    text, wanted = page()
    if "--check" not in sys.argv:
        PAGE.write_text(wanted)
    elif text != wanted:
        print("docs/config.md is behind the options table: run tests/unit/config/reference.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
