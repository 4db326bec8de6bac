# SPDX-License-Identifier: Apache-2.0
"""Some hours of a real day, every line streamed to usine-sim: see scripts/operation --streamed."""
import collections
import os
import time

import eighty
import factory

DAY_S = 86400
PER_DAY = 500          # visors wanted; lasers are done with them in no time
LEFT_S = 120           # for the last runs and verdicts
PRINTS = factory.PRINTS[:7]


class Day:
    """A factory at work, and what each program's whole stream makes."""

    def __init__(self, shop):
        self.shop = shop
        self.makes = {}  # stream hash -> (part, pieces)
        self.pace = {}   # printer model -> lines a second of real life, of each program

    def add_programs(self):
        for file, models, pieces in PRINTS + factory.LASERS:
            (part, count), = pieces.items()
            if models == ["ramps"]:  # one has no heated bed: theirs comes without
                file = eighty.rewritten(self.shop, file, lambda lines: [line for line in lines if not eighty.BED.match(line)])
            added = self.shop.add_program(file, models, pieces)
            reports = {report["id"]: report for report in added["models"]}
            path = file if os.path.isabs(file) else os.path.join(factory.SAMPLES, file)
            for model in models:
                self.makes[self.shop.stream_hash(model, path)] = (part, count)
                if (file, models, pieces) not in factory.LASERS:
                    self.pace.setdefault(model, []).append(self.lines_a_second(reports[model]))

    @staticmethod
    def lines_a_second(report):
        return report["lines"] / report["time_s"]

    def start(self, hours):
        self.jobs = [self.shop.add_job("serre-tete", 100000)["id"],
                     self.shop.add_job("ecran", max(20, round(PER_DAY * hours / 24)))["id"]]

    def stop(self):
        """No more starts; what is under way is cancelled, and every run is judged."""
        for job in self.jobs:
            self.shop.usine("job", "hold", str(job))
        for name, machine in self.shop.machines().items():
            if machine["run"]:
                self.shop.request("POST", f"/api/v1/machines/{name}/cancel", {})

        def judged():
            return not any(machine["run"] or (machine["last_run"] and machine["waiting_for"] in ("clear", "load"))
                           for machine in self.shop.machines().values())

        factory.wait_for("all runs are over and judged", LEFT_S, judged, 0.5)

    def printed_s(self, report, models):
        """Seconds of real life that the lines which printers executed stand for."""
        return sum(machine["lines"] / (sum(self.pace[models[machine["id"]]]) / len(self.pace[models[machine["id"]]]))
                   for machine in report["machines"] if models[machine["id"]] in self.pace)

    def truth(self, report):
        """Pieces by machine and part that the simulator executed whole; and what it complains of."""
        pieces, faults, streams = collections.Counter(), [], 0
        for machine in report["machines"]:
            partial = 0
            for run in machine["runs"]:
                if run["skipped"] or run["repeated"]:
                    faults.append(f"{machine['id']}: {run['skipped']} lines skipped, {run['repeated']} repeated")
                if run["sha256"] in self.makes:
                    part, count = self.makes[run["sha256"]]
                    pieces[machine["id"], part] += count
                    streams += 1
                elif not factory.own_words(machine, run):
                    partial += 1
            if partial > 1:  # the one under way at the end is cut
                faults.append(f"{machine['id']}: {partial} streams are no program's")
            if machine["overflows"] or machine["lost_bytes"] or machine["beam_still_ms"] > 0:
                faults.append(f"{machine['id']}: {machine['overflows']} overflows, beam on while still {machine['beam_still_ms']} ms")
        return pieces, faults, streams


def ledger(shop):
    """Good and scrap together, by machine and part."""
    pieces = collections.Counter()
    scrap = 0
    for row in shop.ask("throughput", "--group", "machine,part")["items"]:
        if row["machine"] and row["part"]:
            pieces[row["machine"], row["part"]] += row["good"] + row["scrap"]
            scrap += row["scrap"]
    return +pieces, scrap


def streamed(options):
    """Streams so many hours of the day; returns the exit status."""
    real_s = options.streamed * 3600 / options.speed
    with factory.Factory(eighty.town(), options.speed, ["--operators=300", "--scrap", "0.03", "--seed", str(options.seed)]) as shop:
        shop.settled(120)
        day = Day(shop)
        day.add_programs()
        day.start(options.streamed)
        print(f"operation: {options.streamed:g} h of {len(shop.machines())} machines, every line, at {options.speed:g} times real speed: "
              f"{real_s:.0f} s", flush=True)
        began = time.monotonic()
        cpu = eighty.cpu_s(shop.process), eighty.cpu_s(shop.sim)
        while time.monotonic() - began < real_s:
            time.sleep(min(10, max(0.1, real_s - (time.monotonic() - began))))
        took = time.monotonic() - began
        used = [(eighty.cpu_s(process) - before) / took for process, before in zip((shop.process, shop.sim), cpu)]
        models = {name: machine["model"] for name, machine in shop.machines().items()}
        day.stop()
        counted, scrap = ledger(shop)
        shop.stop()
        report = shop.stop_machines()
        pieces, faults, streams = day.truth(report)
        printers = sum(model in day.pace for model in models.values())
        share = day.printed_s(report, models) / (printers * options.streamed * 3600)
    return tell(options, took, (used, share), (report, counted, scrap, pieces, faults, streams))


def tell(options, took, carried, found):
    used, share = carried
    report, counted, scrap, pieces, faults, streams = found
    for key in sorted(set(pieces) | set(counted)):
        if pieces[key] != counted[key]:
            faults.append(f"{key[0]}: {counted[key]} {key[1]} in the ledger, {pieces[key]} executed")
    lines = report["total"]["lines"]
    for part in sorted({part for _, part in counted}):
        print(f"{part}: {sum(n for key, n in counted.items() if key[1] == part)} counted, "
              f"{sum(n for key, n in pieces.items() if key[1] == part)} executed")
    for fault in faults:
        print(f"operation: BROKEN {fault}")
    print(f"operation: {lines} lines in {took:.0f} s: {lines / took:.0f} lines/s, usined {used[0]:.0%} and usine-sim {used[1]:.0%} of a core; "
          f"{streams} runs whole, {scrap} pieces scrap")
    print(f"operation: printers executed {share:.0%} of what {options.streamed:g} h of printing without a pause are; so much of a day would take "
          f"{DAY_S / options.streamed / 3600 * took / 60:.0f} min, all of it {DAY_S / options.streamed / 3600 * took / 60 / share:.0f} min")
    print("operation: FAILED" if faults else "operation: passed: the ledger is usine-sim's truth to the piece")
    return 1 if faults else 0
