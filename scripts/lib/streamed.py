# SPDX-License-Identifier: Apache-2.0
"""A real day, every line streamed to usine-sim: see scripts/operation --streamed and docs/operation.md."""
import calendar
import collections
import time

import eighty
import factory

DAY = "2020-03-27"     # the first of the order of 5000
MIDNIGHT = calendar.timegm((2020, 3, 26, 23, 0, 0))  # when it begins, in Paris
HOUR_S, DAY_S = 3600, 86400
OPENS_H = 8            # when some hours of it begin
LEAD_S = 45            # of real time before: all machines greet, all programs are read
LEFT_S = 120           # for the last runs and verdicts
URGENT = 100           # headbands wanted before all others
PER_DAY = 500          # visors; lasers are done with them in no time
PRINTS = factory.PRINTS[:7]
FIRST, STEP = 150, 2   # the search for the highest speed
WORKING, SAMPLE_S = 75, 5  # machines, and for how long they are looked at
SPARE = 0.9            # of what was found: nights and mornings are not all alike
KINDS = ("running", "heating", "waiting", "idle", "down", "offline")

Executed = collections.namedtuple("Executed", "runs lines pieces printed_s whole faults")


def town():
    """Normandy with its opening hours. Printers may go on when people have left, and all are loaded with PETG."""
    config = factory.read_config()
    for machine in config["machines"]:
        if machine.get("material") != "PET 0,5 mm":
            machine["material"] = "PETG"
            machine.setdefault("profile", {})["unattended"] = True
    return config


def begins_s(hours):
    """A whole day begins at midnight, some hours of it when most sites open."""
    return MIDNIGHT + (0 if hours >= 24 else OPENS_H * HOUR_S)


def utc(moment_s):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment_s))


class Day:
    """A factory at work, and what each program's whole stream makes."""

    def __init__(self, shop, hours, speed):
        self.shop, self.speed = shop, speed
        self.from_s = begins_s(hours)
        self.to_s = self.from_s + hours * HOUR_S
        self.makes = {}  # stream hash -> (part, pieces)
        self.takes = {}  # printers' stream hash -> seconds of real life
        self.pace = {}   # printer model -> program -> lines a second of real life
        self.models = {name: machine["model"] for name, machine in shop.machines().items()}

    def add_programs(self):
        for file, models, pieces in PRINTS + factory.LASERS:
            (part, count), = pieces.items()
            added = self.shop.add_program(file, models, pieces)
            reports = {report["id"]: report for report in added["models"]}
            for model in models:
                stream = self.shop.stream_hash(model, f"{factory.SAMPLES}/{file}")
                self.makes[stream] = part, count
                if (file, models, pieces) in factory.LASERS:
                    continue
                self.takes[stream] = reports[model]["time_s"]
                self.pace.setdefault(model, {})[added["id"]] = reports[model]["lines"] / reports[model]["time_s"]

    def now_s(self):
        """What the factory's clock shows."""
        return calendar.timegm(time.strptime(self.shop.status()["at"][:19], "%Y-%m-%dT%H:%M:%S"))

    def begin(self):
        """The jobs, at the moment the day begins."""
        late_s = self.now_s() - self.from_s
        if late_s > 0:
            raise factory.Failed(f"the machines and programs were not ready in {LEAD_S} s: the computer is too busy")
        time.sleep(-late_s / self.speed)
        share = (self.to_s - self.from_s) / DAY_S
        self.jobs = [self.shop.add_job("serre-tete", URGENT, priority=8)["id"], self.shop.add_job("serre-tete", 5000)["id"],
                     self.shop.add_job("ecran", max(20, round(PER_DAY * share)))["id"]]

    def watch(self):
        """Until the day is over; a line every ten seconds. Returns the lines sent and the seconds it took."""
        began = last = time.monotonic()
        first = before = self.sent()
        while True:
            left_s = (self.to_s - self.now_s()) / self.speed
            if left_s <= 0:
                return self.sent() - first, time.monotonic() - began
            time.sleep(max(0.02, min(10, left_s)))
            status, now = self.shop.status(), time.monotonic()
            lines = sum(machine["sent_lines"] for machine in status["machines"])
            at_s = self.now_s() - MIDNIGHT
            print(f"  {at_s // HOUR_S:02.0f}:{at_s // 60 % 60:02.0f} "
                  f"{lines - first:10} lines {(lines - before) / (now - last):8.0f}/s "
                  f"{sum(bool(machine['run']) for machine in status['machines']):3} runs under way, "
                  f"{sum(status['today']['good'].values()):4} good pieces", flush=True)
            before, last = lines, now

    def sent(self):
        return sum(machine["sent_lines"] for machine in self.shop.status()["machines"])

    def end(self):
        """No more starts; what is under way is cancelled, and every run is judged, also where nobody is there."""
        for job in self.jobs:
            if self.shop.ask("job", str(job))["state"] == "open":
                self.shop.usine("job", "hold", str(job))
        for name, machine in self.shop.machines().items():
            if machine["run"]:
                self.shop.request("POST", f"/api/v1/machines/{name}/cancel", {})

        def judged():
            left = 0
            for name, machine in self.shop.machines().items():
                if machine["last_run"] and machine["waiting_for"] in ("clear", "load"):
                    self.shop.request("POST", f"/api/v1/machines/{name}/clear", {})
                    left += 1
                left += bool(machine["run"])
            return not left

        factory.wait_for("all runs are over and judged", LEFT_S, judged, 0.5)
        runs = self.shop.ask("runs", "--limit", "500")["items"]
        self.last = {run["machine"]: run["program"] for run in sorted(runs, key=lambda run: run["id"])}

    def printed_s(self, run, name):
        """Seconds of printing that the lines of a stream stand for. One that was cut is the last run's."""
        model = self.models[name]
        if run["sha256"] in self.takes:
            return self.takes[run["sha256"]]
        if model not in self.pace:
            return 0
        return run["lines"] / self.pace[model].get(self.last.get(name), max(self.pace[model].values()))

    def executed(self, machine):
        """What the simulator says of one machine."""
        pieces, faults, partial, whole, printed_s = collections.Counter(), [], 0, 0, 0
        for run in machine["runs"]:
            printed_s += self.printed_s(run, machine["id"])
            if run["skipped"] or run["repeated"]:
                faults.append(f"{run['skipped']} lines skipped, {run['repeated']} repeated")
            if run["sha256"] in self.makes:
                part, count = self.makes[run["sha256"]]
                pieces[part] += count
                whole += 1
            elif not factory.own_words(machine, run):
                partial += 1
        if partial > 1:  # the one under way at the end is cut
            faults.append(f"{partial} streams are no program's")
        if machine["overflows"] or machine["lost_bytes"]:
            faults.append(f"{machine['overflows']} overflows, {machine['lost_bytes']} bytes lost")
        if machine["beam_still_ms"] > 0:
            faults.append(f"beam on while still for {machine['beam_still_ms']} ms")
        return Executed(whole + partial, machine["lines"], pieces, printed_s, whole, faults)


class Ledger:
    """What was counted of the day and, at its very end, the moment after."""

    def __init__(self, shop):
        self.good, self.scrap = collections.Counter(), collections.Counter()
        self.hours = collections.defaultdict(collections.Counter)  # machine -> kind, of the day
        for row in shop.ask("throughput", "--from", DAY, "--to", "2020-03-28")["items"]:
            if not row["machine"]:
                continue
            if row["part"]:
                self.good[row["machine"], row["part"]] += row["good"]
                self.scrap[row["machine"], row["part"]] += row["scrap"]
            if row["day"] == DAY:
                for kind in KINDS:
                    self.hours[row["machine"]][kind] += row["seconds"].get(kind, 0)

    def counted(self, machine):
        """Good and scrap together, by part."""
        return {part: count + self.scrap[name, part] for (name, part), count in self.good.items()
                if name == machine and count + self.scrap[name, part]}


def surplus(day, jobs):
    """More than was asked for; and what is more than one run of each machine. One line a job."""
    most = collections.Counter()
    for part, count in day.makes.values():
        most[part] = max(most[part], count)
    machines = collections.Counter("ecran" if "-l" in name else "serre-tete" for name in day.models)
    for job in jobs:
        over = max(0, job["good"] - job["quantity"])
        yield job, over, most[job["part"]] * machines[job["part"]]


def row(name, done, ledger, counted):
    """One machine of the closing table."""
    pieces = " ".join(f"{count} {part}" for part, count in sorted(counted.items())) or "-"
    hours = ledger.hours[name]
    good = sum(count for (machine, _), count in ledger.good.items() if machine == name)
    return (f"{name:24} {done.whole:4} {done.lines:8} {sum(done.pieces.values()):8} {sum(counted.values()):6} {good:5} " +
            " ".join(f"{hours[kind] / HOUR_S:7.2f}" for kind in KINDS) + f" {sum(hours.values()) / HOUR_S:8.4f}  {pieces}")


def judge(day, report, ledger, whole_day):
    """Prints the closing table; returns the faults and what was executed, by machine."""
    faults, every = [], {}
    print(f"\n{'MACHINE':24} {'RUNS':>4} {'LINES':>8} {'EXECUTED':>8} {'LEDGER':>6} {'GOOD':>5} " +
          " ".join(f"{kind.upper():>7}" for kind in KINDS) + f" {'HOURS':>8}  COUNTED")
    for machine in report["machines"]:
        name = machine["id"]
        every[name] = done = day.executed(machine)
        counted = ledger.counted(name)
        print(row(name, done, ledger, counted))
        faults += [f"{name}: {fault}" for fault in done.faults]
        if counted != dict(+done.pieces):
            faults.append(f"{name}: {counted} in the ledger, {dict(done.pieces)} executed")
        booked_s = sum(ledger.hours[name].values())
        if whole_day and abs(booked_s - DAY_S) >= 0.001:
            faults.append(f"{name}: its day has {booked_s:.3f} s, not {DAY_S}")
    return faults, every


def tell(day, options, figures, found):
    sent, took, cpu = figures
    report, ledger, jobs = found
    whole_day = options.streamed >= 24
    faults, every = judge(day, report, ledger, whole_day)
    for job, over, most in surplus(day, jobs):
        print(f"job {job['id']}: {job['good']} good of {job['quantity']} {job['part']}, {over} too many (one run of each machine: {most})")
        if over > most:
            faults.append(f"job {job['id']} has {over} pieces too many")
    executed = sum((done.pieces for done in every.values()), collections.Counter())
    for part in sorted(executed):
        print(f"{part}: {executed[part]} executed by usine-sim; ledger: {sum(n for key, n in ledger.good.items() if key[1] == part)} good and "
              f"{sum(n for key, n in ledger.scrap.items() if key[1] == part)} scrap")
    printers = [name for name, model in day.models.items() if model in day.pace]
    printing_h = sum(every[name].printed_s for name in printers) / HOUR_S
    booked_h = sum(ledger.hours[name]["running"] for name in printers) / HOUR_S
    for fault in faults:
        print(f"operation: BROKEN {fault}")
    print(f"operation: {report['total']['lines']} lines executed, {sum(done.whole for done in every.values())} runs whole and identical, "
          f"{report['total']['overflows']} overflows, beam on while still {report['total']['beam_still_ms']:g} ms, "
          f"{report['total']['resends']} resends")
    print(f"operation: {options.streamed:g} h at {day.speed:g} times real speed in {took:.0f} s: {sent / took:.0f} lines/s, "
          f"usined {cpu[0]:.0%} and usine-sim {cpu[1]:.0%} of a core; what printers executed is {printing_h:.0f} h of printing, in "
          f"{booked_h:.0f} h booked as running")
    if faults:
        print("operation: FAILED")
        return 1
    print("operation: passed: the ledger is usine-sim's truth to the piece" +
          ("; every machine's day adds up to 24 h" if whole_day else ""))
    return 0


def carried(speed):
    """Lines a second while all machines work, and the share of a core of usined and of usine-sim."""
    with factory.Factory(eighty.town(), speed) as shop:
        shop.settled(120)
        eighty.add_programs(shop, speed)
        for part in ("serre-tete", "ecran"):
            shop.add_job(part, 100000)
        for name in shop.machines():
            shop.usine("machine", name, "clear")
        watch = eighty.Watch(shop)
        factory.wait_for("the machines work", 120,
                         lambda: sum(machine["state"] == "running" for machine in shop.machines().values()) >= WORKING)
        watch.first = watch.sample(shop.machines().values())
        time.sleep(SAMPLE_S)
        watch.last = watch.sample(shop.machines().values())
        return watch.rates()


def search():
    """Lines a second at the highest speed that two cores carry: twice as fast each time, until lines come no faster."""
    print("   SPEED   LINES/S   USINED      SIM", flush=True)
    found, speed = [], FIRST
    while len(found) < 2 or found[-1] >= eighty.FASTER * found[-2]:
        lines, usined, sim = carried(speed)
        print(f"{speed:8g} {lines:9.0f} {usined:8.0%} {sim:8.0%}", flush=True)
        found.append(lines)
        speed *= STEP
    return max(found)


def need(config):
    """Lines that all printers take in a second of real life, each with its quickest program."""
    with factory.Factory(config, 1) as shop:
        shop.settled(120)
        day = Day(shop, 24, 1)
        day.add_programs()
        return sum(max(day.pace.get(model, {0: 0}).values()) for model in day.models.values())


def streamed(options):
    """Streams so many hours of the day; returns the exit status."""
    config, speed = town(), options.speed
    if not speed:
        carried, taken = search(), need(config)
        speed = max(1, round(SPARE * carried / taken))
        print(f"operation: lines come no faster than {carried:.0f} a second; all printers at work take {taken:.0f} a second of real life: "
              f"{speed:g} times real speed is carried", flush=True)
    training = f"{speed:g}@{utc(begins_s(options.streamed) - LEAD_S * speed)}"
    with factory.Factory(config, speed, ["--operators=300", "--scrap", "0.03", "--seed", str(options.seed)],
                         training=training) as shop:
        day = Day(shop, options.streamed, speed)
        shop.settled(LEAD_S)
        day.add_programs()
        day.begin()
        print(f"operation: {options.streamed:g} h of {len(shop.machines())} machines, every line, at {speed:g} times real speed: "
              f"{options.streamed * HOUR_S / speed:.0f} s", flush=True)
        cpu = eighty.cpu_s(shop.process), eighty.cpu_s(shop.sim)
        sent, took = day.watch()
        used = [(eighty.cpu_s(process) - before) / took for process, before in zip((shop.process, shop.sim), cpu)]
        day.end()
        found = Ledger(shop), [shop.ask("job", str(job)) for job in day.jobs]
        shop.stop()
        report = shop.stop_machines()
        return tell(day, options, (sent, took, used), (report, *found))
