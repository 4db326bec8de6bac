# SPDX-License-Identifier: Apache-2.0
"""The figures of STYLE.md and the include directions of DESIGN.md section 4, as tests.

    check.py figures | includes | text | format | variables BUILD_FOLDER

Prints each fault as file:line: message; exits 1 if there is one."""
import os
import re
import subprocess
import sys

import source

FILE_LINES = 400
FUNCTION_LINES = 60
PARAMETERS = 5
PUBLIC_FUNCTIONS = 8
NESTING = 3

# Pure tables and other exceptions to one figure, each with its reason: {(path, figure): reason}.
EXCEPTIONS = {
    ("daemon/http/request.c", "parameters"): "libmicrohttpd dictates the signatures of its callbacks",
    ("daemon/http/body.c", "parameters"): "the same",
    ("daemon/http/multipart.c", "parameters"): "the same",
}

FOLDERS = ["base", "gcode", "drivers", "config", "daemon", "sim", "cli", "tests"]

# room -> (folder, rooms it may include)
ROOMS = {
    "base": ("base", ""),
    "gcode": ("gcode", "base"),
    "drivers": ("drivers", "base gcode"),
    "config": ("config", "base"),
    "machines": ("daemon/machines", "base gcode drivers config"),
    "store": ("daemon/store", "base"),
    "people": ("daemon/people", "base store"),
    "notices": ("daemon/notices", "base config store people"),
    "production": ("daemon/production", "base config store"),
    "queue": ("daemon/queue", "base gcode config machines store production"),
    "planning": ("daemon/planning", "base config store production queue"),
    "labels": ("daemon/labels", "base"),
    "commands": ("daemon/commands", "base gcode config drivers machines store people notices production queue planning labels"),
    "http": ("daemon/http", "base commands"),
    "sim": ("sim", "base config gcode"),
    "cli": ("cli", "base"),
}
# Of a room that may be included, only these headers.
ONLY = {("sim", "gcode"): {"gcode/line.h"}}
# The libraries that belong to one room each, or to two that have nothing else in common.
LIBRARIES = {
    "sqlite3.h": "store",
    "microhttpd.h": "http",
    "sodium.h": "people",
    "libserialport.h": "drivers",
    "libudev.h": "drivers",
    "curl/curl.h": "cli notices",
    "hpdf.h": "labels",
}


def files(suffixes, folders=None):
    for top in folders or FOLDERS:
        for folder, _, names in os.walk(top):
            if "node_modules" in folder or "__pycache__" in folder:
                continue
            yield from (os.path.join(folder, name) for name in sorted(names) if name.endswith(suffixes))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def too_much(path, figure, value, limit):
    return value > limit and (path, figure) not in EXCEPTIONS


def check_function(function, text):
    path, line, name = function["path"], function["line"], function["name"]
    lines = function["end"] - line + 1
    if too_much(path, "function", lines, FUNCTION_LINES):
        yield f"{path}:{line}: {name} has {lines} lines (at most {FUNCTION_LINES})"
    count = source.parameters(function["signature"])
    if too_much(path, "parameters", count, PARAMETERS):
        yield f"{path}:{line}: {name} has {count} parameters (at most {PARAMETERS})"
    body = "\n".join(text.split("\n")[line - 1:function["end"]])
    depth = source.nesting(source.code(body)) if "{" in body else 0
    if too_much(path, "nesting", depth, NESTING):
        yield f"{path}:{line}: {name} nests {depth} deep (at most {NESTING})"


def figures(paths=None):
    paths = list(paths or files((".c", ".h")))
    by_path = {}
    for function in source.functions(paths):
        by_path.setdefault(function["path"], []).append(function)
    for path in paths:
        text = read(path)
        lines = text.count("\n")
        if too_much(path, "file", lines, FILE_LINES):
            yield f"{path}:{FILE_LINES}: {lines} lines (at most {FILE_LINES}): two jobs in one file?"
        public = [f["name"] for f in by_path.get(path, []) if f["public"]]
        if path.endswith(".c") and too_much(path, "public", len(public), PUBLIC_FUNCTIONS):
            yield f"{path}:1: {len(public)} public functions (at most {PUBLIC_FUNCTIONS}): {' '.join(public)}"
        for function in by_path.get(path, []):
            yield from check_function(function, text)
    for path in files((".py", ".mjs", ".ts", ".tsx"), [*FOLDERS, "scripts", "web/src"]):
        lines = read(path).count("\n")
        if too_much(path, "file", lines, FILE_LINES):
            yield f"{path}:{FILE_LINES}: {lines} lines (at most {FILE_LINES})"


def room_of(path):
    rooms = [(folder, room) for room, (folder, _) in ROOMS.items() if path.startswith(folder + "/")]
    return max(rooms)[1] if rooms else None


def check_include(room, path, quoted, name):
    owner = LIBRARIES.get(name)
    if not quoted:
        if owner is not None and room not in owner.split():
            return f"<{name}> belongs to {owner}"
        return None
    if "/" not in name:
        beside = os.path.join(os.path.dirname(path), name)
        return None if os.path.exists(beside) else f'"{name}" is not in this folder: write "room/{name}"'
    target = name.split("/")[0]
    if target not in ROOMS:
        return f'"{name}": no such room'
    allowed = ROOMS[room][1].split()
    if target != room and target not in allowed:
        return f"{room} may not know {target} (DESIGN.md section 4)"
    if name not in ONLY.get((room, target), {name}):
        return f"of {target}, {room} may include only {' '.join(sorted(ONLY[(room, target)]))}"
    return None


def includes(paths=None):
    for path in paths or files((".c", ".h")):
        room = room_of(path)
        if room is None:
            continue
        for line, quoted, name in source.includes(read(path)):
            fault = check_include(room, path, quoted, name)
            if fault:
                yield f"{path}:{line}: {fault}"


UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def text(paths=None):
    sources = list(paths or files((".c", ".h", ".py", ".cmake", "CMakeLists.txt", ".sh"), FOLDERS + ["scripts", "cmake", "packaging"]))
    if paths is None:
        sources += [os.path.join("scripts", name) for name in sorted(os.listdir("scripts"))] + ["CMakeLists.txt"]
    for path in sources:
        if path.startswith("tests/samples/") or os.path.isdir(path):
            continue
        content = read(path)
        if "SPDX-License-Identifier: Apache-2.0" not in content[:200]:
            yield f"{path}:1: no SPDX line"
        for number, line in enumerate(content.split("\n"), 1):
            if UNFINISHED.search(line) and not path.startswith("tests/style/"):
                yield f"{path}:{number}: reads unfinished: {line.strip()[:80]}"
            if line != line.rstrip() and path.endswith((".c", ".h", ".py")):
                yield f"{path}:{number}: blanks at the end of the line"


def formatting(paths=None):
    paths = list(paths or files((".c", ".h")))
    run = subprocess.run(["clang-format", "--dry-run", "--Werror", *paths], capture_output=True, text=True)
    places = {}
    for line in run.stderr.splitlines():
        found = re.match(r"(.*?):(\d+):\d+: error: code should be clang-formatted", line)
        if found:
            places.setdefault(found.group(1), set()).add(found.group(2))
    for path, lines in places.items():
        yield f"{path}:{min(lines, key=int)}: not as clang-format -i would have it ({len(lines)} lines)"
    if run.returncode != 0 and "clang-formatted" not in run.stderr:
        yield run.stderr.strip()


VARIABLE = re.compile(r"^\S+ (.{7}) (\.t?bss\S*|\.t?data\S*|\*COM\*)\s+([0-9a-f]+)\s+(?:\.hidden )?(\S+)$")


def variables(build):
    """Data that can change, of every object of the programs. Constant tables with pointers in them are in .data.rel.ro:
    the loader writes those, we cannot. Sanitizers add names of their own."""
    objects = [path for path in files((".o",), [build]) if re.search(r"/CMakeFiles/(room_\w+|usined|usine|usine-sim)\.dir/", path)]
    if not objects:
        yield f"{build}: no objects: build first"
        return
    listing = subprocess.run(["objdump", "-t", *objects], capture_output=True, text=True, check=True).stdout
    path = "?"
    for line in listing.splitlines():
        if line.endswith("file format elf64-x86-64") or ": " in line and "file format" in line:
            path = line.split(":")[0].split(".dir/")[-1].removesuffix(".o")
            continue
        found = VARIABLE.match(line)
        if not found or found.group(2).startswith(".data.rel.ro") or "O" not in found.group(1) or int(found.group(3), 16) == 0:
            continue
        if re.match(r"(__odr_asan|__asan|__ubsan|\.L|_ZTS|__sancov)", found.group(4)):
            continue
        yield f"{path}:1: '{found.group(4)}' can change and lives outside every struct (STYLE.md: no mutable variables)"


def main():
    checks = {"figures": figures, "includes": includes, "text": text, "format": formatting}
    if sys.argv[1:2] == ["variables"] and len(sys.argv) == 3:
        faults = list(variables(sys.argv[2]))
    elif len(sys.argv) == 2 and sys.argv[1] in checks:
        faults = list(checks[sys.argv[1]]())
    else:
        sys.exit(__doc__)
    print("\n".join(faults) if faults else "no faults")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
