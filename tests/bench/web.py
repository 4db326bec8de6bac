# SPDX-License-Identifier: Apache-2.0
"""The office under a crowd: open pages, calls, slow and stalled clients, a large upload, while 80 boards print."""
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time

import bench  # this is also what started us: functions and constants only
import factory

BOARDS = 80
ROUNDS = 5  # of the first two rows, in turn: a computer that others use, too, is never as quiet twice

# name: what the crowd is (tests/bench/crowd.c)
CROWDS = {
    "nobody": [],
    "200 pages, 500 calls/s": ["--pages", "200", "--rate", "500"],
    "1000 pages": ["--pages", "1000"],
    "1000 slow loris, 200 stalled uploads, 100 calls/s": ["--loris", "1000", "--stalled", "200", "--rate", "100"],
}


def listen(daemon):
    """HOST:PORT where it listens, and a token for the crowd."""
    with open(os.path.join(daemon.folder, "state", "listening"), encoding="ascii") as file:
        address = next(line for line in file.read().split() if line.startswith("http://"))
    status, body = daemon.request("POST", "/api/v1/tokens", {"kind": "api", "name": "crowd", "role": "coordinator"})
    if status != 201:
        raise factory.Failed(f"no token: {status} {body.decode(errors='replace')}")
    return address.removeprefix("http://"), json.loads(body)["secret"]


def stolen():
    """Seconds that the host of this virtual computer has kept its processors for others."""
    with open("/proc/stat", encoding="ascii") as file:
        return int(file.readline().split()[8]) / os.sysconf("SC_CLK_TCK")


def middle(results):
    """The median of each number of several measurements."""
    result = {key: statistics.median(one[key] for one in results)
              for key in results[0] if isinstance(results[0][key], (int, float))}
    if "crowd" in results[0]:
        result["crowd"] = middle([one["crowd"] for one in results])
    return result


def under(crowd, fleet, daemon, seconds):
    """What the machines and the crowd see."""
    people = None
    if crowd:
        to, token = daemon.door
        people = subprocess.Popen([os.path.join(bench.TOOLS, "bench_crowd"), "--to", to, "--token", token,
                                   "--seconds", str(seconds + 4), *crowd], stdout=subprocess.PIPE, text=True)
        if people.stdout.readline() != "ready\n":
            raise factory.Failed("bench_crowd did not start")
    time.sleep(2)
    before = stolen()
    result = fleet.measure(daemon.process.pid, seconds)
    result["stolen"] = 100 * (stolen() - before) / seconds / os.cpu_count()
    if people:
        result["crowd"] = json.loads(people.stdout.readline())
        people.wait()
    return result


def row(name, result, idle):
    crowd = result.get("crowd", {})
    calls = (f"{crowd['calls']:.0f} | {crowd['failed']:.0f} | {crowd['p50_us'] / 1000:.1f} | {crowd['p99_us'] / 1000:.1f}"
             if crowd.get("calls") else "- | - | - | -")
    print(f"| {name} | {result['cpu']:.1f} | {result['rss']:.1f} | {result['p99_us']:.0f} | {result['p99_us'] / idle['p99_us']:.2f} | "
          f"{result['stalls']:.0f} | {calls} | {crowd.get('knocked_again', 0):.0f} | {result['stolen']:.0f} |", flush=True)


def upload(daemon, big):
    """A file of 100 MB by HTTP, while memory is watched."""
    over = threading.Event()
    most = bench.memory_mb(daemon.process.pid)
    answers = []

    def send():
        answers.append(daemon.run("program", "add", big, "--model", "ender-3", "--yield", "piece=1"))
        over.set()

    before = most
    sender = threading.Thread(target=send)
    sender.start()
    while not over.wait(0.02):
        most = max(most, bench.memory_mb(daemon.process.pid))
    sender.join()
    if answers[0][0] != 0:
        raise factory.Failed(f"upload: {answers[0][2]}")
    print(f"\nupload of {os.path.getsize(big) / 1e6:.0f} MB: memory {before:.1f} MB before, {most:.1f} MB at most")


def measure(seconds, files):
    folder = tempfile.mkdtemp(prefix="bench-web-")
    fleet = bench.Fleet(folder, BOARDS, [])
    path = bench.write_config(folder, BOARDS)
    with open(path, encoding="ascii") as file:
        config = json.load(file)
    config["listen"] = ["127.0.0.1:0"]
    with open(path, "w", encoding="ascii") as file:
        json.dump(config, file)
    daemon = factory.Daemon(bench.BUILD, folder, path)
    try:
        bench.start_all(daemon, BOARDS, files["program"])
        daemon.door = listen(daemon)
        print("\n| crowd | CPU % of a core | RSS MB | machines' turnaround p99 us | x idle office | stood still | calls | failed | p50 ms | p99 ms | knocked again | stolen % |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        names = list(CROWDS)
        pairs = [[under(CROWDS[name], fleet, daemon, seconds / ROUNDS) for name in names[:2]] for _ in range(ROUNDS)]
        idle = middle([pair[0] for pair in pairs])
        for i, name in enumerate(names):
            row(name, middle([pair[i] for pair in pairs]) if i < 2 else under(CROWDS[name], fleet, daemon, seconds), idle)
        upload(daemon, files["big"])
        print("targets: turnaround p99 <= 1.5 x idle office, none standing still; 1000 pages < 64 MB; calls beside bad clients p99 < 200 ms")
    finally:
        daemon.kill()
        fleet.end()
        shutil.rmtree(folder, ignore_errors=True)
