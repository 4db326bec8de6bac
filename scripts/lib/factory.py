# SPDX-License-Identifier: Apache-2.0
"""A factory on one computer: usine-sim's machines, usined that drives them, and the programs they run.
scripts/demo, scripts/bench and tests/fleet all start theirs here."""
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SAMPLES = os.path.join(ROOT, "tests", "samples")
NORMANDIE = os.path.join(ROOT, "config", "examples", "normandie.json")

# file, models it was made for, pieces of one run
PRINTS = [
    ("impression/mk3_serre-tete_x1_0.20.gcode", ["prusa-mk3"], {"serre-tete": 1}),
    ("impression/ender3_serre-tete_x1_0.28.gcode", ["ender-3"], {"serre-tete": 1}),
    ("impression/ultimaker2_serre-tete_x1_0.28.gcode", ["ultimaker-2"], {"serre-tete": 1}),
    ("impression/cr10_serre-tete_plateau2_0.28.gcode", ["cr-10"], {"serre-tete": 2}),
    ("impression/ramps_serre-tete_pile2_0.28.gcode", ["ramps"], {"serre-tete": 2}),
    ("impression/mk3_serre-tete_pile4_0.30.gcode", ["prusa-mk3"], {"serre-tete": 4}),
    ("impression/ender3_serre-tete_pile4_0.28.gcode", ["ender-3"], {"serre-tete": 4}),
    ("impression/mk3_renfort_plateau4_0.20.gcode", ["prusa-mk3"], {"renfort-bas": 4}),
    ("impression/ender3_renfort_pile4_0.28.gcode", ["ender-3"], {"renfort-bas": 4}),
]
LASERS = [
    ("laser/grbl_ecran_2x1_600x400.nc", ["grbl-600x400"], {"ecran": 2}),
    ("laser/grbl_ecran_x1.nc", ["k40-grbl"], {"ecran": 1}),
    ("laser/grbl_ecran_3x2_900x600.nc", ["grbl-900x600"], {"ecran": 6}),
    ("laser/marlin_inline_ecran_2x1_600x400.gcode", ["marlin-laser"], {"ecran": 2}),
]
TAGS = [
    ("impression/ultimaker2_repere-lot_0.28.gcode", ["ultimaker-2"], {"repere-lot": 1}),
    ("impression/mk3_repere-lot_0.20.gcode", ["prusa-mk3"], {"repere-lot": 1}),
    ("impression/ender3_repere-lot_0.28.gcode", ["ender-3"], {"repere-lot": 1}),
]


class Failed(Exception):
    """Something did not happen; the text is for a person."""


def wait_for(what, seconds, check, every=0.1):
    """Calls check() until it returns something true, and returns that."""
    deadline = time.monotonic() + seconds
    while True:
        found = check()
        if found:
            return found
        if time.monotonic() > deadline:
            raise Failed(f"{what}: not within {seconds} s")
        time.sleep(every)


def free_port(first=8750):
    """The first free TCP port of this computer from `first` on."""
    for port in range(first, first + 200):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Failed(f"no free port from {first} to {first + 200}")


COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.S)


def read_config(path=NORMANDIE):
    """A config as a dictionary, without its comments."""
    with open(path, encoding="utf-8") as file:
        return json.loads(COMMENT.sub(lambda match: match.group(1) or "", file.read()))


def always_open(config):
    """Workshops that never close: an emulated day lasts minutes, and the demo must run at night too."""
    for site in config["sites"]:
        site["hours"] = "24/7"
    return config


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout=60):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Daemon:
    """One usined, with its state in a folder of its own."""

    def __init__(self, build, folder, config):
        self.build = build
        self.folder = folder
        self.config = config
        self.socket = os.path.join(folder, "usine.sock")
        self.log_path = os.path.join(folder, "usined.log")
        self.training = None  # the calendar of its own, as usined takes it
        self.process = None
        self.hashes = {}  # of the prepared streams of all programs added

    def start(self, seconds=30):
        with open(self.log_path, "ab") as log:
            training = ["--training", self.training] if self.training else []
            self.process = subprocess.Popen([os.path.join(self.build, "usined"), "--config", self.config, *training],
                                            stdout=log, stderr=log)

        def up():
            if self.process.poll() is not None:
                raise Failed(f"usined ended at start:\n{self.log_tail()}")
            try:
                return self.get("/healthz", raw=True)
            except (OSError, http.client.HTTPException):
                return None

        wait_for("usined answers on its socket", seconds, up)

    def log_tail(self, lines=20):
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-lines:])

    def stop(self):
        """Asks it to end, and returns its exit status."""
        return end_process(self.process)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def request(self, method, path, body=None, headers=None):
        connection = UnixConnection(self.socket)
        if self.process and self.process.poll() is not None:
            raise Failed(f"usined has ended with status {self.process.returncode}:\n{self.log_tail()}")
        try:
            data = json.dumps(body).encode() if isinstance(body, dict) else body
            kind = {"Content-Type": "application/json"} if isinstance(body, dict) else {}
            connection.request(method, path, data, {**kind, **(headers or {})})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def admin(self, login="demo"):
        """Makes a person who may do everything, over the socket, which needs no login. Returns their login and password, and
        the headers of a session of theirs for the pages' address."""
        password = secrets.token_urlsafe(12)
        person = json.loads(self.usine("user", "add", login, "--role", "admin", "--json"))
        code = person["path"].split("#")[1]
        connection = UnixConnection(self.socket)
        try:
            connection.request("POST", "/api/v1/invitation", json.dumps({"code": code, "password": password}))
            response = connection.getresponse()
            body = json.loads(response.read())
            if response.status != 200:
                raise Failed(f"the invitation of {login}: {response.status} {body}")
            cookie = response.getheader("Set-Cookie").split(";")[0]
        finally:
            connection.close()
        return login, password, {"Cookie": cookie, "Usine-Csrf": body["csrf"]}

    def get(self, path, raw=False):
        status, body = self.request("GET", path)
        if raw:
            return status == 200
        if status != 200:
            raise Failed(f"GET {path}: {status} {body.decode(errors='replace')}")
        return json.loads(body)

    def run(self, *args):
        """Runs the usine command; returns (exit status, output, error output)."""
        done = subprocess.run([os.path.join(self.build, "usine"), "--socket", self.socket, *args],
                              capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def usine(self, *args):
        """Runs the usine command, which must succeed; returns what it prints."""
        status, out, err = self.run(*args)
        if status != 0:
            raise Failed(f"usine {' '.join(args)}: exit {status}: {err.strip() or out.strip()}")
        return out

    def ask(self, *args):
        return json.loads(self.usine(*args, "--json"))

    def status(self):
        return self.get("/api/v1/status")

    def machines(self):
        return {machine["id"]: machine for machine in self.status()["machines"]}

    def machine(self, name):
        return self.machines()[name]

    def good(self, part):
        return self.status()["today"]["good"].get(part, 0)

    def add_program(self, file, models, pieces):
        path = file if os.path.isabs(file) else os.path.join(SAMPLES, file)
        args = ["program", "add", path]
        for model in models:
            args += ["--model", model]
        for part, count in pieces.items():
            args += ["--yield", f"{part}={count}"]
        answer = self.ask(*args)
        for model in models:
            self.hashes[self.stream_hash(model, path)] = f"{file} on {model}"
        return answer

    def stream_hash(self, model, path):
        """What a machine of that model must have executed when a run of the file is over."""
        tool = os.path.join(self.build, "tests", "tools", "prepared_hash")
        done = subprocess.run([tool, self.config, model, path], capture_output=True, text=True)
        if done.returncode != 0:
            raise Failed(done.stderr.strip())
        return done.stdout.split()[0]

    def add_job(self, part, quantity, **options):
        args = ["job", "add", "--part", part, "--quantity", str(quantity)]
        for name, value in options.items():
            args += [f"--{name}", str(value)]
        return self.ask(*args)


class Factory(Daemon):
    """usine-sim and usined together. Its folder holds config.json, state/, usine.sock, logs and the report.
    config is a dictionary; sim_options are further options of usine-sim."""

    def __init__(self, config, speed=100, sim_options=(), listen=None, build=None, training=None):
        folder = tempfile.mkdtemp(prefix="usine-")
        build = build or os.environ.get("USINE_BUILD") or os.path.join(ROOT, "build")
        super().__init__(build, folder, os.path.join(folder, "config.json"))
        self.training = training
        self.report_path = os.path.join(folder, "report.json")
        self.sim_log_path = os.path.join(folder, "usine-sim.log")
        source = os.path.join(folder, "factory.json")
        with open(source, "w", encoding="utf-8") as file:
            json.dump(config, file)
        self.sim_args = ["--config", source, "--dir", folder, "--speed", str(speed), "--report", self.report_path,
                         *sim_options]
        if listen:
            self.sim_args += ["--listen", listen]
        self.sim = None

    def __enter__(self):
        try:
            self.start_machines()
            self.start()
        except BaseException:
            self.__exit__(*sys.exc_info())
            raise
        return self

    def __exit__(self, kind, value, trace):
        self.stop()
        self.stop_machines()
        if kind is None or kind is KeyboardInterrupt or os.environ.get("USINE_KEEP") is None:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"factory: kept {self.folder}", file=sys.stderr)

    def start_machines(self):
        with open(self.sim_log_path, "ab") as log:
            self.sim = subprocess.Popen([os.path.join(self.build, "usine-sim"), *self.sim_args],
                                        stdout=log, stderr=log)

        def ready():
            if self.sim.poll() is not None:
                with open(self.sim_log_path, encoding="utf-8", errors="replace") as log:
                    raise Failed(f"usine-sim ended at start:\n{log.read()[-2000:]}")
            return os.path.exists(self.config)

        wait_for("usine-sim writes its config", 20, ready)

    def stop_machines(self):
        """Ends the simulator, and returns its report (None when there is none)."""
        end_process(self.sim)
        if not os.path.exists(self.report_path):
            return None
        with open(self.report_path, encoding="utf-8") as report:
            return json.load(report)

    def check(self, report, but=()):
        """Every stream is exactly a program's, none has a gap or a repeat, nothing overflowed, no beam burnt on the
        spot. Machines in `but` had accidents. Returns how many streams were compared; call it when all runs are over."""
        faults = []
        streams = 0
        for machine in report["machines"]:
            name = machine["id"]
            for run in machine["runs"]:
                if run["skipped"] or run["repeated"]:
                    faults.append(f"{name}: {run['skipped']} lines skipped, {run['repeated']} repeated")
                if run["sha256"] in self.hashes:
                    streams += 1
                elif name not in but and not own_words(machine, run):
                    faults.append(f"{name}: a stream of {run['lines']} lines is no program's ({run['sha256'][:12]})")
            if machine["overflows"] or machine["lost_bytes"]:
                faults.append(f"{name}: its receive buffer overflowed {machine['overflows']} times, "
                              f"{machine['lost_bytes']} bytes lost")
            if machine["beam_still_ms"] > 0:
                faults.append(f"{name}: beam on while still for {machine['beam_still_ms']} ms")
        if streams == 0:
            faults.append("no machine executed a whole program")
        if faults:
            raise Failed("\n".join(faults))
        return streams

    def settled(self, seconds=60):
        """Waits until no machine is offline or greeting."""
        def all_up():
            states = [machine["state"] for machine in self.machines().values()]
            return states and not any(state in ("offline", "greeting") for state in states)

        wait_for("all machines greeted", seconds, all_up)

    def wait_idle(self, seconds=300):
        """Waits until no run is under way."""
        wait_for("all runs ended", seconds,
                 lambda: not any(machine["run"] for machine in self.machines().values()), 0.5)


def own_words(machine, run):
    """Lines without numbers look all alike to the simulator: what the host says before and after a laser's program (M5 and
    the like) makes short streams of their own."""
    return machine["dialect"] in ("grbl", "smoothie") and run["lines"] <= 8


def end_process(process, seconds=30):
    if process is None or process.poll() is not None:
        return None if process is None else process.returncode
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return -signal.SIGKILL
