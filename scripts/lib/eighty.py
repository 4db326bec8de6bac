# SPDX-License-Identifier: Apache-2.0
"""All machines of Normandy at once, as fast as two cores carry. See scripts/campaign."""
import collections
import os
import re
import time

import factory

FASTER = 1.05  # less gain than this at twice the speed: it goes no faster
TOP = 100000   # of usine-sim --speed
TICK = os.sysconf("SC_CLK_TCK")
SHEETS = 0.1   # of a laser's program, for each unit of speed: at any speed the machines work at once for some seconds
HEADBANDS = factory.PRINTS[:5]  # one for each kind of printer
BED = re.compile(r"M1[49]0\b")

Row = collections.namedtuple("Row", "speed lines daemon_cpu sim_cpu machines streams overflows beam_ms faults")


def town():
    """Normandy, open round the clock, the same filament and nozzle everywhere, every heater at once."""
    config = factory.always_open(factory.read_config())
    for machine in config["machines"]:
        machine.get("profile", {}).pop("nozzle_mm", None)
        if "material" in machine:
            machine["material"] = "PETG"
    for site in config["sites"]:
        site.pop("max_heating", None)
    return config


def cpu_s(process):
    """Processor seconds it has used."""
    with open(f"/proc/{process.pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def rewritten(shop, file, change):
    """A copy of a sample, its lines changed; returns its path."""
    with open(os.path.join(factory.SAMPLES, file), encoding="utf-8") as sample:
        lines = change(sample.readlines())
    path = os.path.join(shop.folder, os.path.basename(file))
    with open(path, "w", encoding="utf-8") as program:
        program.writelines(lines)
    return path


def add_programs(shop, speed):
    """One real headband program for each kind of printer, and many sheets of visors for each kind of laser. One RAMPS of the
    fleet has no heated bed: theirs comes without."""
    for file, models, pieces in HEADBANDS:
        if models == ["ramps"]:
            file = rewritten(shop, file, lambda lines: [line for line in lines if not BED.match(line)])
        shop.add_program(file, models, pieces)
    for file, models, pieces in factory.LASERS:
        shop.add_program(rewritten(shop, file, lambda lines: [
            line for line in lines if line.strip() not in ("M30", "M84")] * max(1, round(speed * SHEETS))), models, pieces)


class Watch:
    """Lines and processor time while every machine works: from when the last has begun until the first has ended."""

    def __init__(self, shop):
        self.shop, self.first, self.last = shop, None, None

    def sample(self, machines):
        lines = sum(machine["sent_lines"] for machine in machines)
        return time.monotonic(), lines, cpu_s(self.shop.process), cpu_s(self.shop.sim)

    def look(self):
        """True: every run has ended."""
        machines = list(self.shop.machines().values())
        if all(machine["run"] and machine["state"] == "running" for machine in machines):
            self.last = self.sample(machines)
            self.first = self.first or self.last
        return all(machine["last_run"] and not machine["run"] for machine in machines)

    def rates(self):
        """Lines a second, and the share of one core of usined and of usine-sim."""
        if self.first is None or self.last[0] - self.first[0] < 1:
            raise factory.Failed("the machines never all worked at once for a second: longer programs are needed")
        took = self.last[0] - self.first[0]
        return [(now - then) / took for now, then in zip(self.last[1:], self.first[1:])]


def one_speed(speed):
    """One long run on each machine, and what was executed judged."""
    with factory.Factory(town(), speed) as shop:
        shop.settled(120)
        add_programs(shop, speed)
        for part in ("serre-tete", "ecran"):
            shop.add_job(part, 100000)
        for name in shop.machines():
            shop.usine("machine", name, "clear")
        watch = Watch(shop)
        factory.wait_for("all runs ended", 400, watch.look, 0.25)
        faults = [f"{run['machine']}: run {run['id']} {run['status']}: {run['reason']}"
                  for run in shop.ask("runs", "--limit", "500")["items"] if run["status"] != "finished"]
        shop.stop()
        report = shop.stop_machines()
        streams = 0
        try:
            streams = shop.check(report)
        except factory.Failed as fault:
            faults += str(fault).splitlines()
    total = report["total"]
    if streams != total["machines"] and not faults:
        faults.append(f"{streams} streams of {total['machines']} machines are whole")
    return Row(speed, *watch.rates(), total["machines"], streams, total["overflows"], total["beam_still_ms"], faults)


def show(row):
    print(f"{row.speed:8g} {row.lines:9.0f} {row.daemon_cpu:8.0%} {row.sim_cpu:8.0%} {row.machines:9} {row.streams:10} "
          f"{row.overflows:10} {row.beam_ms:8g}  {'BROKEN' if row.faults else 'kept'}", flush=True)


def eighty(options):
    rows, speed = [], options.speed
    print("   SPEED   LINES/S   USINED      SIM  MACHINES  IDENTICAL  OVERFLOWS  BEAM MS  PROMISES", flush=True)
    while True:
        rows.append(one_speed(speed))
        show(rows[-1])
        slower = len(rows) > 1 and rows[-1].lines < FASTER * rows[-2].lines
        if not options.search or rows[-1].faults or slower or speed >= TOP:
            break
        speed = min(speed * 2, TOP)
    for row in rows:
        for fault in row.faults:
            print(f"campaign: BROKEN at speed {row.speed:g}: {fault}")
    if any(row.faults for row in rows):
        print("campaign: FAILED")
        return 1
    best = max(rows, key=lambda row: row.lines)
    print(f"campaign: passed: {best.lines:.0f} lines/s at speed {best.speed:g}"
          f"{', the highest that goes faster' if options.search else ''}; {sum(row.streams for row in rows)} executed streams, all "
          f"identical to their programs', 0 overflows, no beam on while still")
    return 0
