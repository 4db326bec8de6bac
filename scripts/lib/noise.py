# SPDX-License-Identifier: Apache-2.0
"""The noise campaign: printers whose links garble bytes both ways. See scripts/campaign."""
import collections
import os
import re
import subprocess
import tempfile
import time

import factory

MODEL = "ender-3"
PART = "repere-lot"
FIRST_NUMBER = 10000  # of a program's first line on the wire
GIVEN_UP = 5e-4       # from this rate on a link must be quarantined, below it every run must finish
GO_ON_S = 20          # a held run that a person lets go on is watched for so long before it is cancelled
SETTLE_S = 20         # after the end: heaters are off for certain, no quarantined machine begins again

Gap = collections.namedtuple("Gap", "skipped repeated")


def write_program(path, lines):
    """Short moves in a small square: 50 000 of them take an emulated half hour."""
    with open(path, "w", encoding="ascii") as file:
        file.write("G21\nG90\nM83\nG28\nM104 S200\nM109 S200\nG1 Z0.3 F600\nG1 F3000\n")
        for i in range(lines):
            file.write(f"G1 X{50 + i % 97 * 0.5:.3f} Y{60 + i % 89 * 0.5:.3f} E{0.01 + i % 13 * 0.001:.5f}\n")
        file.write("M104 S0\nM84\n")


def fleet_of(count):
    config = factory.always_open(factory.read_config())
    site = config["sites"][0]
    site.pop("max_heating", None)
    config["sites"] = [site]
    config["machines"] = [{"id": f"p{i:02}", "site": site["id"], "model": MODEL, "port": f"/dev/serial/by-id/p{i:02}"}
                          for i in range(count)]
    return config


class Campaign:
    """One run of it. people are what a person at the machines would do: let a held run go on once, end it, clear beds."""

    def __init__(self, options, shop, folder, program):
        self.options, self.shop, self.folder, self.program = options, shop, folder, program
        self.began = time.monotonic()
        self.held_at = {}    # machine -> line at which its run was held for noise
        self.quarantined = set()
        self.runs = {}       # machine -> its last run, as last seen
        self.restarted = []  # machines that began again although quarantined
        self.faults = []     # promises broken

    def seconds(self):
        return time.monotonic() - self.began

    def look(self):
        machines = self.shop.machines()
        for name, machine in machines.items():
            if "quarantined" in machine["flags"]:
                self.quarantined.add(name)
            if machine["run"]:
                self.runs[name] = machine["run"]["id"]
            if machine["state"] == "held" and name not in self.held_at:
                self.held_at[name] = machine["run"]["line"]
        return machines

    def follow(self, what, seconds, settled):
        """Looks every second, says how far it is every ten; until settled(machines), or the time is over. True: settled."""
        end, say = time.monotonic() + seconds, 0
        while True:
            machines = self.look()
            if settled(machines):
                return True
            if time.monotonic() > end:
                return False
            if time.monotonic() >= say:
                say = time.monotonic() + 10
                under_way = [machine["run"]["line"] for machine in machines.values() if machine["run"]]
                print(f"campaign: {self.seconds():.0f} s: {what}: {len(self.quarantined)} of {len(machines)} links quarantined, "
                      f"{len(under_way)} runs under way, {sum(under_way)} lines of them done", flush=True)
            time.sleep(1)

    def over(self, machine):
        """Ended, or given up. A run that failed on a link that was not is begun again, as people would."""
        if machine["run"]:
            return "quarantined" in machine["flags"] and machine["state"] == "held"
        if self.options.rate < GIVEN_UP or "quarantined" in machine["flags"]:
            return machine["last_run"] is not None
        if machine["state"] == "idle" and machine["waiting_for"] == "clear":
            self.shop.run("machine", machine["id"], "clear", "--good", "0")
        return False

    def people_go_on(self):
        """Every held run is let go on once: a link that was given up must not lose its place either."""
        held = [name for name, machine in self.look().items() if machine["state"] == "held"]
        for name in held:
            self.shop.run("machine", name, "resume")
        self.follow("held runs go on", GO_ON_S, lambda machines: not any(machine["run"] for machine in machines.values()))
        for name, machine in self.look().items():
            if machine["run"]:
                self.shop.run("machine", name, "cancel")
        return len(held)

    def people_clear(self):
        """Beds are cleared and there is more to do: a quarantined machine must not begin again."""
        self.shop.wait_idle(120)
        before = dict(self.runs)
        for name in self.shop.machines():
            self.shop.run("machine", name, "clear", "--good", "0", "--scrap", "1", "--reason", "noise")
        self.follow("beds are clear", SETTLE_S, lambda machines: False)
        self.restarted = [name for name in sorted(self.quarantined) if self.runs.get(name) != before.get(name)]

    def run(self):
        shop, options = self.shop, self.options
        shop.settled(120)
        shop.add_program(self.program, [MODEL], {PART: 1})
        shop.add_job(PART, options.machines * (1 if options.rate < GIVEN_UP else 4))
        for name in shop.machines():
            shop.usine("machine", name, "clear")
        done = self.follow("printing", options.minutes * 60, lambda machines: all(map(self.over, machines.values())))
        if not done and options.rate < GIVEN_UP:
            raise factory.Failed(f"not over after {options.minutes} min:\n{shop.log_tail()}")
        if options.rate >= GIVEN_UP:
            went_on = self.people_go_on()
            print(f"campaign: {went_on} held runs were let go on for {GO_ON_S} s and then cancelled")
            self.people_clear()
        runs = shop.ask("runs", "--limit", "500")["items"]
        self.outcomes = {item["machine"]: item for item in runs if item["id"] == self.runs.get(item["machine"])}
        self.failed = [item for item in runs if item["status"] == "failed"]
        self.machines = shop.machines()
        shop.stop()
        return shop.stop_machines()


def prepared_lines(shop, program):
    """What each machine must execute, line by line."""
    tool = os.path.join(shop.build, "tests", "tools", "prepared_hash")
    done = subprocess.run([tool, shop.config, MODEL, program, "--lines"], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def read_book(path):
    """Numbered lines of each run the machine executed, and the commands without a number."""
    runs, commands = [], []
    with open(path, encoding="latin-1", newline="\n") as book:
        for line in book:
            number, _, text = line.rstrip("\n").partition(" ")
            if number == "run":
                runs.append([])
            elif number == "-":
                commands.append(text)
            else:
                runs[-1].append((int(number), text))
    return [run for run in runs if run], commands


def compare(run, prepared):
    """Gaps and repeats of one run's numbers, and the lines that differ from what was sent: [(number, sent, executed)]."""
    skipped = repeated = 0
    differ = []
    expected = FIRST_NUMBER
    for number, text in run:
        skipped += max(number - expected, 0)
        repeated += number < expected
        expected = number + 1
        index = number - FIRST_NUMBER
        sent = prepared[index] if index < len(prepared) else "(no such line)"
        if text != sent:
            differ.append((number, sent, text))
    return Gap(skipped, repeated), differ


def is_job_motion(command):
    """A command without a number that moves or heats: no host of ours says one in a run."""
    return re.match(r"(G0|G1|G2|G3|G28)\b.*[XYZE] *-?\d|(M104|M109|M140|M190)\b.*S *[1-9]", command) is not None


class Judge:
    """Compares what the machines executed with what was sent."""

    def __init__(self, campaign, prepared, report):
        self.campaign, self.prepared, self.report = campaign, prepared, report
        self.differ = []  # (machine, number, sent, executed)
        self.stray = []   # (machine, command)
        self.faults = list(campaign.faults)
        self.whole = 0

    def machine(self, row):
        name = row["id"]
        runs, commands = read_book(os.path.join(self.campaign.folder, name + ".lines"))
        gaps = [0, 0]
        for run in runs:
            gap, differ = compare(run, self.prepared)
            gaps = [gaps[0] + gap.skipped, gaps[1] + gap.repeated]
            self.differ += [(name, *row) for row in differ]
            self.whole += len(run) == len(self.prepared) and not differ and gap == (0, 0)
        self.stray += [(name, command) for command in commands if is_job_motion(command)]
        if gaps != [0, 0]:
            self.faults.append(f"{name}: {gaps[0]} lines skipped, {gaps[1]} executed twice")
        if row["overflows"] or row["lost_bytes"]:
            self.faults.append(f"{name}: {row['overflows']} overflows, {row['lost_bytes']} bytes lost")
        if row["heaters"]["nozzle_target_c"] > 0 or row["heaters"]["bed_target_c"] > 0:
            now = self.campaign.machines[name]
            self.faults.append(f"{name}: a heater is on after the end: {row['heaters']}; {now['state']}: {now['message']}")
        return gaps

    def outcome(self, name):
        run = self.campaign.outcomes.get(name)
        return run["status"] if run else "none"

    def table(self):
        print("MACHINE      LINES  SPOILED  RESENDS  GAPS  REPEATS  HELD AT  QUARANTINED  OUTCOME")
        for row in self.report["machines"]:
            gaps = self.machine(row)
            name = row["id"]
            print(f"{name:10} {row['lines']:7} {row['noise_errors']:8} {row['resends']:8} {gaps[0]:5} {gaps[1]:8} "
                  f"{self.campaign.held_at.get(name, '-'):>8} {'yes' if name in self.campaign.quarantined else 'no':>12}  {self.outcome(name)}")

    def promises(self, rate):
        campaign = self.campaign
        names = {row["id"] for row in self.report["machines"]}
        if rate < GIVEN_UP:
            if self.whole != len(names):
                self.faults.append(f"{self.whole} of {len(names)} executed streams are identical to the program")
        else:
            calm = sorted(names - campaign.quarantined)
            if calm:
                self.faults.append(f"not quarantined: {' '.join(calm)}")
        if campaign.restarted:
            self.faults.append(f"began again although quarantined: {' '.join(campaign.restarted)}")
        if self.stray:
            self.faults += [f"{name}: obeyed {command!r} without a number" for name, command in self.stray]

    def checksum(self):
        """What an 8-bit checksum cannot see is no broken promise, but must be said."""
        print(f"checksum: {len(self.differ)} of {self.report['total']['lines']} executed lines were damaged and had a valid checksum all the "
              f"same (two errors of one line that cancel out): no host can see that")
        for name, number, sent, executed in self.differ:
            print(f"  {name} N{number}: sent {sent!r}, executed {executed!r}")


def verdict(campaign, judge, rate):
    total = judge.report["total"]
    held = sorted(campaign.held_at.values())
    judge.table()
    for run in campaign.failed:
        print(f"failed: {run['machine']} at line {run['line']}: {run['reason']}")
    judge.promises(rate)
    judge.checksum()
    print(f"noise {rate:g}: {total['machines']} machines, {total['lines']} lines executed, {total['resends']} resends, "
          f"{judge.whole} programs whole, {len(campaign.quarantined)} links quarantined"
          + (f" (held after {held[0]} to {held[-1]} lines, half of them by {held[len(held) // 2]})" if held else "")
          + f", {len(campaign.restarted)} began again, {campaign.seconds():.0f} s")
    for fault in judge.faults:
        print(f"campaign: BROKEN: {fault}")
    print("campaign: FAILED" if judge.faults else "campaign: passed: no gap, no repeat, heaters off at the end, "
          + ("every executed stream identical" if rate < GIVEN_UP else "every link quarantined"))
    return 1 if judge.faults else 0


def noise(options):
    with tempfile.TemporaryDirectory(prefix="usine-noise-") as folder:
        faults, program = os.path.join(folder, "faults"), os.path.join(folder, "program.gcode")
        with open(faults, "w", encoding="ascii") as file:
            file.write(f"all: noise both {options.rate}\n")
        write_program(program, options.lines)
        sim = ["--faults", faults, "--executed", folder, "--seed", str(options.seed)]
        with factory.Factory(fleet_of(options.machines), options.speed, sim) as shop:
            campaign = Campaign(options, shop, folder, program)
            report = campaign.run()
            judge = Judge(campaign, prepared_lines(shop, program), report)
            return verdict(campaign, judge, options.rate)
