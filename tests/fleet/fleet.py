# SPDX-License-Identifier: Apache-2.0
"""What the fleet tests share: a small factory of a few of Normandy's machines, and the tags they print."""
import os
import tempfile
import unittest

import factory

SPEED = 200


def town(machines=None):
    """Normandy, or only these machines of it; open round the clock, the same filament and nozzle everywhere."""
    config = factory.always_open(factory.read_config())
    for machine in config["machines"]:
        if "material" in machine:
            machine["material"] = "PETG"
        machine.get("profile", {}).pop("nozzle_mm", None)
    for site in config["sites"]:
        site.pop("max_heating", None)
    if machines is not None:
        config["machines"] = [machine for machine in config["machines"] if machine["id"] in machines]
        assert len(config["machines"]) == len(machines), machines
    return config


def of_model(config, model):
    return [machine["id"] for machine in config["machines"] if machine["model"] == model]


PRINTERS = of_model(town(), "prusa-mk3")


class FleetTest(unittest.TestCase):
    """Starts a factory per test, and ends it; a test that fails shows the daemon's last words."""

    def open(self, config, speed=SPEED, faults=None, operators=False, scrap=0):
        options = ["--operators=5"] if operators else []
        if scrap:
            options += ["--scrap", str(scrap)]
        if faults:
            script = tempfile.NamedTemporaryFile("w", suffix=".faults", delete=False)
            script.write("\n".join(faults) + "\n")
            script.close()
            self.addCleanup(os.unlink, script.name)
            options += ["--faults", script.name]
        shop = factory.Factory(config, speed, options)
        self.addCleanup(shop.__exit__, None, None, None)
        try:
            shop.__enter__()
            shop.settled()
        except factory.Failed as fault:
            self.fail(f"{fault}\n{shop.log_tail()}")
        return shop

    def wait(self, shop, what, check, seconds=60):
        try:
            return factory.wait_for(what, seconds, check)
        except factory.Failed as fault:
            states = {name: (machine["state"], machine["bed"], machine["waiting_for"], machine["run"], machine["last_run"])
                      for name, machine in shop.machines().items() if machine["state"] != "idle" or machine["run"]}
            self.fail(f"{fault}\n{states}\n{shop.log_tail()}")

    def ended(self, shop, name, outcome, seconds=60):
        """Waits until the machine's run has ended, which must be with this outcome."""
        def over():
            machine = shop.machine(name)
            return machine["last_run"] if machine["run"] is None and machine["last_run"] else None

        last = self.wait(shop, f"{name}: its run ends", over, seconds)
        self.assertEqual(last["outcome"], outcome, f"{name}: {last}\n{shop.log_tail()}")

    def running(self, shop, names, line=1, seconds=60):
        """Waits until each of the machines has passed this line of its run."""
        def under_way():
            machines = shop.machines()
            return all(machines[name]["run"] and machines[name]["run"]["line"] >= line for name in names)

        self.wait(shop, f"{' '.join(names[:5])} past line {line}", under_way, seconds)

    def clear(self, shop, names):
        for name in names:
            shop.usine("machine", name, "clear")

    def tags(self, shop, models=("prusa-mk3",), quantity=1):
        """The short program, and a job for so many."""
        for file, made_for, pieces in factory.TAGS:
            fitting = [model for model in made_for if model in models]
            if fitting:
                shop.add_program(file, fitting, pieces)
        return shop.add_job("repere-lot", quantity)

    def check(self, shop, but=()):
        """Ends everything, and compares what the machines executed with the programs."""
        self.assertEqual(shop.stop(), 0, shop.log_tail())
        report = shop.stop_machines()
        self.assertIsNotNone(report, "usine-sim left no report")
        try:
            return report, shop.check(report, but)
        except factory.Failed as fault:
            self.fail(str(fault))
