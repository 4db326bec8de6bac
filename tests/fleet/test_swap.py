# SPDX-License-Identifier: Apache-2.0
"""A technician swaps a machine while the others print."""
import json
import os
import re
import signal
import subprocess
import unittest

from fleet import PRINTERS, FleetTest, town


class Swap(FleetTest):
    def edit(self, shop, change):
        with open(shop.config, encoding="utf-8") as file:
            config = json.load(file)
        change(config)
        with open(shop.config + ".new", "w", encoding="utf-8") as file:
            json.dump(config, file, indent=1)
        return config

    def check_config(self, shop, path):
        return subprocess.run([os.path.join(shop.build, "usined"), "--check", path], capture_output=True, text=True)

    def test_only_the_machine_that_changed_is_touched(self):
        machines = PRINTERS[:12]
        swapped, printing = machines[-1], machines[:-1]
        shop = self.open(town(machines))
        self.tags(shop, quantity=len(printing))
        self.clear(shop, printing)
        self.running(shop, printing, 200)
        runs = {name: shop.machine(name)["run"]["id"] for name in printing}
        lines_before = len(shop.log_tail(100000).splitlines())

        def new_machine(config):
            entry = next(machine for machine in config["machines"] if machine["id"] == swapped)
            entry["id"] = "caen-p99"
            entry["model"] = "ender-3"

        self.edit(shop, new_machine)
        checked = self.check_config(shop, shop.config + ".new")
        self.assertEqual(checked.returncode, 0, checked.stderr + checked.stdout)
        os.rename(shop.config + ".new", shop.config)
        shop.process.send_signal(signal.SIGHUP)
        self.wait(shop, "the new machine has greeted", lambda: shop.machines().get("caen-p99", {}).get("state") == "idle")
        self.assertNotIn(swapped, shop.machines())
        for name in printing:
            self.ended(shop, name, "finished", 200)
            self.assertEqual(shop.machine(name)["last_run"]["id"], runs[name])
        since = shop.log_tail(100000).splitlines()[lines_before:]
        touched = [line for line in since if "-> offline" in line or "-> greeting" in line]
        self.assertFalse([line for line in touched if not re.search(f"{swapped}|caen-p99", line)])
        _, streams = self.check(shop)
        self.assertEqual(streams, len(printing))

    def test_a_config_with_a_fault_changes_nothing(self):
        machines = PRINTERS[:2]
        shop = self.open(town(machines))

        def broken(config):
            config["machines"][0]["prot"] = config["machines"][0].pop("port")

        self.edit(shop, broken)
        checked = self.check_config(shop, shop.config + ".new")
        self.assertEqual(checked.returncode, 1)
        self.assertRegex(checked.stdout + checked.stderr, r'config\.json\.new:\d+:\d+: .*"prot".*"port"')
        os.rename(shop.config + ".new", shop.config)
        shop.process.send_signal(signal.SIGHUP)
        self.wait(shop, "the log says why", lambda: "prot" in shop.log_tail())
        self.assertEqual(set(shop.machines()), set(machines))
        self.assertTrue(all(machine["state"] == "idle" for machine in shop.machines().values()))


if __name__ == "__main__":
    unittest.main()
