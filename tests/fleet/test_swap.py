# SPDX-License-Identifier: Apache-2.0
"""A technician swaps a machine while the others print."""
import json
import os
import re
import shutil
import signal
import subprocess
import unittest

import factory
from fleet import PRINTERS, FleetTest, town

OLD = "coutances-p03"  # its bed does not heat, so it cannot make the tags the others make
SWAP_SPEED = 40
SHEETS = [7, 16, 4, 7]  # of each laser sample one behind the other: as long as a tag takes, heating included


class Swap(FleetTest):
    def edit(self, shop, change, path=None):
        with open(path or shop.config, encoding="utf-8") as file:
            config = json.load(file)
        change(config)
        with open(shop.config + ".new", "w", encoding="utf-8") as file:
            json.dump(config, file, indent=1)

    def entry(self, config, name):
        return next(machine for machine in config["machines"] if machine["id"] == name)

    def check_config(self, shop, path):
        return subprocess.run([os.path.join(shop.build, "usined"), "--check", path], capture_output=True, text=True)

    def reload(self, shop):
        os.rename(shop.config + ".new", shop.config)
        shop.process.send_signal(signal.SIGHUP)

    def sheets(self, shop, file, times):
        """A laser's program that cuts the sample so many times."""
        with open(os.path.join(factory.SAMPLES, file), encoding="ascii") as sample:
            once = [line for line in sample if line.strip() not in ("M30", "M84")]
        path = os.path.join(shop.folder, os.path.basename(file))
        with open(path, "w", encoding="ascii") as program:
            program.writelines(once * times)
        return path

    def work_for_all(self, shop, printers, lasers):
        """One run of about eight minutes for each machine; returns when each is on its way."""
        ultimaker, mk3, ender = factory.TAGS
        for file, models, pieces in (mk3, ultimaker, (ender[0], ["ender-3", "cr-10", "ramps"], ender[2])):
            shop.add_program(file, models, pieces)
        for (file, models, pieces), times in zip(factory.LASERS, SHEETS, strict=True):
            shop.add_program(self.sheets(shop, file, times), models, pieces)
        shop.add_job("repere-lot", len(printers))
        shop.add_job("ecran", 100)  # more than their one sheet each: nobody clears a bed, so each cuts one
        self.clear(shop, printers + lasers)
        self.running(shop, printers + lasers, 20)

    def still_printing(self, shop, runs):
        """How many are in the middle of the run they had; none has ended otherwise than well."""
        machines = shop.machines()
        for name, run in runs.items():
            machine = machines[name]
            now = machine["run"] or machine["last_run"]
            self.assertEqual(now["id"], run, f"{name} has another run: {machine}")
            self.assertFalse(machine["flags"], name)
        return sum(1 for name in runs if machines[name]["run"])

    def test_one_of_eighty_is_replaced_and_the_other_79_do_not_notice(self):
        config = town()
        lasers = [machine["id"] for machine in config["machines"] if "laser" in machine["model"] or "grbl" in machine["model"]]
        swapped = OLD
        printers = [machine["id"] for machine in config["machines"] if machine["id"] not in (*lasers, swapped)]
        self.assertEqual((len(lasers), len(printers)), (10, 69))
        shop = self.open(config, speed=SWAP_SPEED)
        self.work_for_all(shop, printers, lasers)
        runs = {name: shop.machine(name)["run"]["id"] for name in printers + lasers}
        self.assertEqual(len(set(runs.values())), 79)
        lines_before = len(shop.log_tail(1000000).splitlines())

        def broken(config):
            self.entry(config, swapped)["model"] = "ender-33"

        shutil.copy(shop.config, shop.config + ".good")
        self.edit(shop, broken)
        checked = self.check_config(shop, shop.config + ".new")
        self.assertEqual(checked.returncode, 1)
        self.assertRegex(checked.stdout + checked.stderr, r'config\.json\.new:\d+:\d+: .*"ender-33"')
        self.reload(shop)
        self.wait(shop, "the log says why the reload is refused", lambda: "ender-33" in shop.log_tail(1000))
        self.assertIn(swapped, shop.machines())
        self.assertEqual(self.still_printing(shop, runs), 79, "all 79 print on while a config is refused")

        def replaced(config):
            entry = self.entry(config, swapped)
            entry.update(id="new-p99", model="ender-3", material="PETG")
            del entry["profile"]

        self.edit(shop, replaced, shop.config + ".good")
        checked = self.check_config(shop, shop.config + ".new")
        self.assertEqual(checked.returncode, 0, checked.stderr + checked.stdout)
        self.reload(shop)
        self.wait(shop, "the new machine has greeted", lambda: shop.machines().get("new-p99", {}).get("state") == "idle")
        self.assertNotIn(swapped, shop.machines())
        self.assertEqual(self.still_printing(shop, runs), 79, "all 79 print on while one is replaced")

        shop.add_job("repere-lot", 1)
        self.clear(shop, ["new-p99"])
        for name in [*runs, "new-p99"]:
            self.ended(shop, name, "finished", 90)
        self.assertEqual(self.still_printing(shop, runs), 0)
        since = shop.log_tail(1000000).splitlines()[lines_before:]
        touched = [line for line in since if re.search("-> (offline|greeting|held|locked|stopping)", line)]
        self.assertEqual([line for line in touched if not re.search(f" ({swapped}|new-p99):", line)], [])
        self.untouched(shop, runs)

    def untouched(self, shop, runs):
        """What each of the machines executed is its program, once, and nothing had to be said twice."""
        report, streams = self.check(shop)
        self.assertEqual(streams, 80, "79 runs and that of the new machine")
        for machine in report["machines"]:
            if machine["id"] not in runs:
                continue
            whole = [run for run in machine["runs"] if run["sha256"] in shop.hashes]
            self.assertEqual(len(whole), 1, machine["id"])
            self.assertEqual((machine["resends"], machine["resets"], machine["overflows"]), (0, 0, 0), machine["id"])

    def test_a_config_with_a_fault_changes_nothing(self):
        machines = PRINTERS[:2]
        shop = self.open(town(machines))

        def broken(config):
            config["machines"][0]["prot"] = config["machines"][0].pop("port")

        self.edit(shop, broken)
        checked = self.check_config(shop, shop.config + ".new")
        self.assertEqual(checked.returncode, 1)
        self.assertRegex(checked.stdout + checked.stderr, r'config\.json\.new:\d+:\d+: .*"prot".*"port"')
        self.reload(shop)
        self.wait(shop, "the log says why", lambda: "prot" in shop.log_tail())
        self.assertEqual(set(shop.machines()), set(machines))
        self.assertTrue(all(machine["state"] == "idle" for machine in shop.machines().values()))


if __name__ == "__main__":
    unittest.main()
