#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validates examples, profiles and a few wrong configs against config/config.schema.json, as an
editor would, and the tables of docs/config.md. Needs python3-jsonschema. Run from the root of the tree."""
import json
import re
import sys
from pathlib import Path

import jsonschema

import reference

SCHEMA = json.loads(Path("config/config.schema.json").read_text())
WRONG = [
    '{"prot": 1}',
    '{"machines": [{"id": "a", "site": "s", "model": "m"}]}',
    '{"machines": [{"id": "A b", "site": "s", "model": "m", "port": "/dev/x"}]}',
    '{"machines": [{"id": "a", "site": "s", "model": "m", "port": "COM3"}]}',
    '{"machines": [{"id": "a", "site": "s", "model": "m", "port": "/dev/x", "baud": 11520}]}',
    '{"sites": [{"id": "a", "lat": 91}]}',
    '{"sites": [{"id": "a", "hours": "always"}]}',
    '{"products": [{"id": "a", "parts": {"x": 0}}]}',
    '{"products": [{"id": "a", "parts": []}]}',
    '{"role": "boss"}',
    '{"listen": "127.0.0.1:8750"}',
    '{"tls": {"certificate": "a"}}',
]
RIGHT = [
    "{}",
    '{"map": {"tile_url": null}, "proxy": ["127.0.0.1"]}',
    '{"products": [{"id": "a", "parts": [{"id": "x", "qty": 2, "process": "laser"}]}]}',
    '{"models": [{"id": "x", "extends": "ender-3", "nozzle_mm": 0.6}]}',
]


def without_comments(text):
    keep = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.S)
    return keep.sub(lambda match: match.group(1) or " ", text)


def faults(document):
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return [f"{list(error.absolute_path)}: {error.message[:200]}" for error in validator.iter_errors(document)]


def main():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    bad = 0
    for path in sorted(Path("config/examples").glob("*.json")):
        for fault in faults(json.loads(without_comments(path.read_text()))):
            print(f"{path}: {fault}")
            bad += 1
    for path in sorted(Path("config/profiles").glob("*.json")):
        for fault in faults({"models": [json.loads(without_comments(path.read_text()))]}):
            print(f"{path}: {fault}")
            bad += 1
    for text in RIGHT:
        for fault in faults(json.loads(text)):
            print(f"{text}: {fault}")
            bad += 1
    for text in WRONG:
        if not faults(json.loads(text)):
            print(f"{text}: the schema takes it, but should not")
            bad += 1
    text, wanted = reference.page()
    if text != wanted:
        print("docs/config.md is behind the options table: run tests/unit/config/reference.py")
        bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
