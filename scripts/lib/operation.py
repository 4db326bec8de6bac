# SPDX-License-Identifier: Apache-2.0
"""The whole operation in virtual time: see scripts/operation and docs/operation.md."""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import chart
import factory
import streamed

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ABOUT = """\
From 21 machines and 150 shields a day to 70 printers, 10 lasers and 500 a day, until an order of 5000 shields is complete: the
real office (queue, dispatcher, store on a SQLite file, ledger) over a model floor in virtual time. The same seed gives the same
operation. Writes record.json, days.csv and operation.svg into the folder of --out, and the office's log."""
PARTS = [("serre-tete", "headbands"), ("ecran", "visors")]


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/operation", description=ABOUT,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="of all chance (1)")
    parser.add_argument("--shields", type=int, default=5000, help="how many are ordered (5000)")
    parser.add_argument("--days", type=int, default=20, help="give up after so many (20)")
    parser.add_argument("--streamed", type=float, metavar="HOURS",
                        help="instead: so many hours of a real day of all 80 machines, every line streamed to usine-sim")
    parser.add_argument("--speed", type=float,
                        help="of --streamed: how much faster than life (the highest that this computer carries is looked for first)")
    parser.add_argument("--out", default=os.path.join(ROOT, "build", "operation"), help="folder for the results (build/operation)")
    return parser.parse_args()


def run(options):
    """Plays the operation; returns its record and the seconds it took."""
    build = os.environ.get("USINE_BUILD") or os.path.join(ROOT, "build")
    state = tempfile.mkdtemp(prefix="usine-operation-")
    record = os.path.join(options.out, "record.json")
    started = time.monotonic()
    try:
        with open(os.path.join(options.out, "office.log"), "w", encoding="utf-8") as log:
            done = subprocess.run([os.path.join(build, "tests", "bench", "bench_operation"), "-s", ROOT, "-t", state, "-o", record,
                                   "-r", str(options.seed), "-n", str(options.shields), "-d", str(options.days)], stderr=log)
        if done.returncode not in (0, 1):
            raise SystemExit(f"operation: bench_operation ended with {done.returncode}; see {log.name}")
    finally:
        shutil.rmtree(state, ignore_errors=True)
    with open(record, encoding="utf-8") as file:
        found = json.load(file)
    if done.returncode == 1 and all(check["kept"] for check in found["checks"]):
        raise SystemExit(f"operation: bench_operation failed at its end; see {log.name}")
    return found, time.monotonic() - started


def table(days):
    """One line a day."""
    total = 0
    yield (f"{'DAY':10} {'MACHINES':>8} {'TARGET':>6} {'SHIELDS':>7} {'TOTAL':>6}" +
           "".join(f" {name.upper():>9} {'SCRAP':>5}" for _, name in PARTS) +
           f" {'RUNS':>5} {'RUN':>6} {'HEAT':>6} {'WAIT':>6} {'IDLE':>6} {'DOWN':>6} {'OFF':>6}")
    for day in days:
        total += day["kits"]
        day["kits_total"] = total
        hours = day["hours"]
        spent = sum(hours.values()) or 1
        yield (f"{day['day']:10} {day['machines']:8} {day['target']:6} {day['kits']:7} {total:6}" +
               "".join(f" {day['good'].get(part, 0):9} {day['scrap'].get(part, 0):5}" for part, _ in PARTS) + f" {day['runs']:5}" +
               "".join(f" {hours[kind] / spent:6.1%}" for kind in ("running", "heating", "waiting", "idle", "down", "offline")))


def effectiveness(models):
    """One line a model."""
    yield (f"{'MODEL':14} {'GOOD':>5} {'SCRAP':>5} {'RUNS':>5} {'MEDIAN':>8} {'P90':>8} {'AVAILABLE':>9} {'SPEED':>6} {'QUALITY':>7} "
           f"{'OEE':>6}")
    def minutes(seconds):
        return f"{seconds / 60:6.1f} m" if seconds is not None else f"{'-':>8}"

    def share(value, width):
        return f"{value:{width}.1%}" if value is not None else f"{'-':>{width}}"

    for row in models:
        yield (f"{row['model']:14} {row['good']:5} {row['scrap']:5} {row['runs']:5} {minutes(row['median_s'])} {minutes(row['p90_s'])} "
               f"{share(row['availability'], 9)} {share(row['performance'], 6)} {share(row['quality'], 7)} {share(row['oee'], 6)}")


def moment(text):
    return f"{text[5:10]} {text[11:16]}" if text else "-"


def foresight(forecasts, done):
    """What was said each morning, and what came."""
    yield f"{'FORECAST AT 9:00':18} {'TODAY P10':>9} {'P50':>5} {'P90':>5} {'CAME':>5}  {'DONE (UTC) P10':14} {'P50':11} {'P90':11}"
    for row in forecasts:
        today, order = row["today"], row["order"]
        yield (f"day {row['number']:2}, {row['day']:10} {today['p10']:9.0f} {today['p50']:5.0f} {today['p90']:5.0f} {row['came']:5}  "
               f"{moment(order['p10']):14} {moment(order['p50']):11} {moment(order['p90']):11}")
    yield f"came: done {moment(done)}"


def by_site(days, name, good_of, scrap_of=None):
    """A number of each site and day."""
    sites = []
    for day in days:
        sites += [site["id"] for site in day["sites"] if site["id"] not in sites]
    yield f"{name.upper():18}" + "".join(f" {day['day'][5:]:>5}" for day in days) + "   SUM" + (" SCRAP" if scrap_of else "")
    for site in sites:
        rows = [next((row for row in day["sites"] if row["id"] == site), None) for day in days]
        good = [good_of(row) if row else 0 for row in rows]
        scrap = sum(scrap_of(row) for row in rows if row) if scrap_of else 0
        if sum(good) or scrap:
            yield f"{site:18}" + "".join(f" {count:5}" for count in good) + f" {sum(good):5}" + (f" {scrap:5}" if scrap_of else "")


def write_csv(path, days):
    with open(path, "w", encoding="utf-8", newline="\r\n") as file:
        parts = [part for part, _ in PARTS]
        file.write(",".join(["day", "site", "shields"] + [f"{part}_{kind}" for part in parts for kind in ("good", "scrap")]) + "\n")
        for day in days:
            for site in [{**day, "id": ""}] + day["sites"]:
                file.write(",".join(str(value) for value in [day["day"], site["id"], site["kits"]] + [
                    site[kind].get(part, 0) for part in parts for kind in ("good", "scrap")]) + "\n")


def main():
    options = arguments()
    if options.streamed:
        return streamed.streamed(options)
    os.makedirs(options.out, exist_ok=True)
    record, took = run(options)
    days = record["days"]
    print("\n".join(table(days)))
    print()
    print("\n".join(by_site(days, "shields", lambda site: site["kits"])))
    for part, name in PARTS:
        print()
        print("\n".join(by_site(days, name, lambda site, part=part: site["good"].get(part, 0),
                                lambda site, part=part: site["scrap"].get(part, 0))))
    print()
    print("\n".join(effectiveness(record["models"])))
    print()
    print("\n".join(foresight(record["forecasts"], record["done"])))
    write_csv(os.path.join(options.out, "days.csv"), days)
    with open(os.path.join(options.out, "operation.svg"), "w", encoding="utf-8") as file:
        file.write(chart.days(days, options.shields))
    print()
    for check in record["checks"]:
        print(f"{'kept  ' if check['kept'] else 'BROKEN'} {check['what']}: {check['text']}")
    print(f"operation: {record['moves']} loads by van, {record['received']} elastics received, {record['discarded']} headbands found bad at "
          f"assembly, {record['lost']} visors lost and missed by {record['stocktakes']} stocktakes")
    print(f"operation: {len(days)} days in {took:.0f} s ({record['forecast_s']:.0f} s of them for {len(record['forecasts'])} forecasts), seed {record['seed']}: {record['verdicts']} counts ({record['corrected']} put right "
          f"afterwards), {record['failed']} prints failed, {record['broken']} machines broke, {record['runouts']} spools ran out")
    print(f"operation: written to {options.out}: record.json, days.csv, operation.svg, office.log")
    broken = [check for check in record["checks"] if not check["kept"]]
    print("operation: FAILED" if broken else "operation: passed")
    return 1 if broken else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except factory.Failed as fault:
        print(f"operation: {fault}\noperation: FAILED", file=sys.stderr)
        sys.exit(1)
