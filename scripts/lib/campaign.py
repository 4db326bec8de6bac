# SPDX-License-Identifier: Apache-2.0
"""Long campaigns on an emulated fleet: see scripts/campaign."""
import argparse
import os
import sys
import tempfile
import time

import factory

MODEL = "ender-3"
PATIENCE_S = 3600
GIVEN_UP = 5e-4  # from this rate on a link is expected to be quarantined, not to finish


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


def over(machine):
    return machine["run"] is None and machine["last_run"] is not None or "quarantined" in machine["flags"]


def follow(shop):
    """Says how far they are; true when all are over."""
    machines = shop.machines().values()
    lines = sum(machine["run"]["line"] for machine in machines if machine["run"])
    done = sum(over(machine) for machine in machines)
    print(f"campaign: {done} over; the others at {lines} lines", flush=True)
    return done == len(machines)


def noise(options):
    with tempfile.TemporaryDirectory() as folder:
        faults, program = os.path.join(folder, "faults"), os.path.join(folder, "program.gcode")
        with open(faults, "w", encoding="ascii") as file:
            file.write(f"all: noise both {options.rate}\n")
        write_program(program, options.lines)
        with factory.Factory(fleet_of(options.machines), options.speed, ["--faults", faults]) as shop:
            shop.settled(120)
            shop.add_program(program, [MODEL], {"repere-lot": 1})
            shop.add_job("repere-lot", options.machines)
            for name in shop.machines():
                shop.usine("machine", name, "clear")
            began = time.monotonic()
            while not follow(shop):
                if time.monotonic() - began > PATIENCE_S:
                    raise factory.Failed(f"not over after {PATIENCE_S} s:\n{shop.log_tail()}")
                time.sleep(5)
            shop.wait_idle(600)
            machines = shop.machines()
            shop.stop()
            report = shop.stop_machines()
            failed = [name for name, machine in machines.items()
                      if machine["last_run"] is None or machine["last_run"]["outcome"] != "finished"]
            quarantined = [name for name, machine in machines.items() if "quarantined" in machine["flags"]]
            total = report["total"]
            print(f"noise {options.rate:g}: {options.machines} machines, {total['lines']} lines, {total['resends']} resends, "
                  f"{len(machines) - len(failed)} runs finished, {len(quarantined)} links quarantined, {time.monotonic() - began:.0f} s")
            # check() compares every finished stream, and looks for gaps and repeats in all of them.
            if options.rate < GIVEN_UP:
                if failed:
                    raise factory.Failed(f"not finished: {' '.join(failed)}")
                print(f"campaign: {shop.check(report)} executed streams identical to the program")
                return
            if set(failed) - set(quarantined):
                raise factory.Failed(f"failed and not quarantined: {' '.join(sorted(set(failed) - set(quarantined)))}")
            for machine in report["machines"]:
                if any(run["skipped"] or run["repeated"] for run in machine["runs"]):
                    raise factory.Failed(f"{machine['id']}: lines skipped or repeated")
            print("campaign: no gap, no repeat; every link given up is quarantined")


def main():
    parser = argparse.ArgumentParser(prog="scripts/campaign")
    parser.add_argument("campaign", choices=["noise"])
    parser.add_argument("--rate", type=float, default=1e-5)
    parser.add_argument("--machines", type=int, default=70)
    parser.add_argument("--lines", type=int, default=50000)
    parser.add_argument("--speed", type=float, default=200)
    options = parser.parse_args()
    try:
        noise(options)
    except factory.Failed as fault:
        print(f"campaign: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
