# SPDX-License-Identifier: Apache-2.0
"""The Normandy factory on one computer: see scripts/demo."""
import argparse
import signal
import sys
import time

import factory

PARTS = ["serre-tete", "ecran"]
PATIENCE_S = 600  # without a new piece


def arguments():
    parser = argparse.ArgumentParser(prog="scripts/demo")
    parser.add_argument("--shields", type=int, metavar="N")
    parser.add_argument("--speed", type=float, metavar="X")
    parser.add_argument("--port", type=int, metavar="P")
    options = parser.parse_args()
    if options.shields is not None and options.shields < 1:
        parser.error("--shields wants a number from 1")
    if options.speed is None:
        options.speed = 200 if options.shields else 100
    return options


def load_work(shop, options):
    """Programs and jobs. A few shields want the short plates only: nobody starts a stack of four for one headband."""
    programs = list(factory.LASERS)
    programs += factory.PRINTS[:3] if options.shields else factory.PRINTS
    for row in programs:
        shop.add_program(*row)
    target = options.shields or 5000
    for part in PARTS if options.shields else [*PARTS, "renfort-bas"]:
        shop.add_job(part, target)
    return len(programs)


def live_line(status, started):
    states = {}
    for machine in status["machines"]:
        states[machine["state"]] = states.get(machine["state"], 0) + 1
    good = status["today"]["good"]
    machines = ", ".join(f"{count} {state}" for state, count in sorted(states.items(), key=lambda x: -x[1]))
    pieces = ", ".join(f"{good.get(part, 0)} {part}" for part in PARTS)
    return f"{time.monotonic() - started:5.0f} s  {machines}; good: {pieces}"


def show(line):
    if sys.stdout.isatty():
        print(f"\r\x1b[K{line[:150]}", end="", flush=True)
    else:
        print(line, flush=True)


def watch(shop, shields):
    """Until enough is counted (for ever when shields is None)."""
    started = progress_at = time.monotonic()
    before = None
    shown = ""
    while True:
        status = shop.status()
        good = [status["today"]["good"].get(part, 0) for part in PARTS]
        line = live_line(status, started)
        if sys.stdout.isatty() or line[8:] != shown[8:]:
            show(line)
            shown = line
        if shields and min(good) >= shields:
            print()
            return
        if good != before:
            before, progress_at = good, time.monotonic()
        if time.monotonic() - progress_at > PATIENCE_S:
            raise factory.Failed(f"no new piece for {PATIENCE_S} s; usined says:\n{shop.log_tail()}")
        time.sleep(1)


def headless(shop, options):
    watch(shop, options.shields)
    print(shop.usine("throughput"))
    shop.wait_idle()
    shop.stop()
    report = shop.stop_machines()
    if report is None:
        raise factory.Failed("usine-sim left no report")
    streams = shop.check(report)
    lines = report["total"]["lines"]
    print(f"demo: {options.shields} shields counted; {streams} runs, {lines} lines executed: "
          "every stream is its program's, no buffer overflowed, no beam stood still")


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    port = options.port or factory.free_port()
    try:
        town = factory.always_open(factory.read_config())
        with factory.Factory(town, options.speed, ["--operators"], f"127.0.0.1:{port}") as shop:
            shop.settled()
            count = load_work(shop, options)
            print(f"demo: {len(shop.machines())} machines at {options.speed:g} times real speed, {count} programs")
            if options.shields:
                headless(shop, options)
            else:
                login, password, _ = shop.admin()
                print(f"demo: http://127.0.0.1:{port}/  (Ctrl-C ends it)")
                print(f"demo: log in as {login} with the password {password}")
                print(f"demo: in another terminal:  export USINE_SOCKET={shop.socket}", flush=True)
                watch(shop, None)
    except KeyboardInterrupt:
        print()
    except factory.Failed as fault:
        print(f"demo: {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
