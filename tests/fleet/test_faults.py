# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on a shop floor happens to one machine of five; the others must never notice."""
import unittest

from fleet import PRINTERS, FleetTest, town

VICTIM, OTHERS = PRINTERS[0], PRINTERS[1:3]


class Faults(FleetTest):
    def factory_with(self, *faults):
        shop = self.open(town(PRINTERS[:3]), faults=list(faults))
        self.tags(shop, quantity=3)
        self.clear(shop, PRINTERS[:3])
        return shop

    def others_finish(self, shop):
        for name in OTHERS:
            self.ended(shop, name, "finished")
        report, streams = self.check(shop, but=(VICTIM,))
        self.assertEqual(streams, len(OTHERS))
        return {machine["id"]: machine for machine in report["machines"]}[VICTIM]

    def test_a_cable_pulled_for_a_while_costs_nothing(self):
        shop = self.factory_with(f"at line 1500 of {VICTIM}: unplug for 3 s")
        self.ended(shop, VICTIM, "finished")
        for name in OTHERS:
            self.ended(shop, name, "finished")
        report, streams = self.check(shop)
        self.assertEqual(streams, 3)

    def test_a_board_that_resets_ends_its_run_and_nothing_is_counted(self):
        shop = self.factory_with(f"at line 1500 of {VICTIM}: reset")
        self.ended(shop, VICTIM, "failed")
        machine = shop.machine(VICTIM)
        self.assertEqual(machine["bed"], "uncertain")
        self.assertEqual(shop.good("repere-lot"), 0)
        victim = self.others_finish(shop)
        self.assertLess(victim["runs"][0]["lines"], 2000)
        self.assertEqual(victim["heaters"]["nozzle_target_c"], 0)

    def test_a_heater_that_runs_away_locks_the_machine_until_a_person_unlocks_it(self):
        shop = self.factory_with(f"at line 1500 of {VICTIM}: runaway")
        self.ended(shop, VICTIM, "failed")
        self.wait(shop, "it is locked", lambda: shop.machine(VICTIM)["state"] == "locked")
        self.assertEqual(shop.machine(VICTIM)["waiting_for"], "unlock")
        status, _, error = shop.run("machine", VICTIM, "clear")
        self.wait(shop, "the others are done", lambda: all(
            shop.machine(name)["last_run"] for name in OTHERS))
        self.assertEqual(shop.machine(VICTIM)["state"], "locked", "a locked machine starts nothing, cleared or not")
        self.assertIsNone(shop.machine(VICTIM)["run"])
        self.others_finish(shop)

    def test_a_kill_button_locks_the_machine(self):
        shop = self.factory_with(f"at line 1500 of {VICTIM}: kill")
        self.ended(shop, VICTIM, "failed")
        self.wait(shop, "it is locked", lambda: shop.machine(VICTIM)["state"] in ("locked", "offline", "greeting"))
        self.others_finish(shop)

    def test_a_person_cancels_pauses_and_stops(self):
        shop = self.factory_with()
        self.running(shop, PRINTERS[:3], 500)
        shop.usine("machine", OTHERS[0], "pause")
        self.wait(shop, "it is held", lambda: shop.machine(OTHERS[0])["state"] == "held")
        shop.usine("machine", VICTIM, "cancel")
        self.ended(shop, VICTIM, "cancelled")
        shop.usine("machine", OTHERS[0], "resume")
        shop.usine("estop")
        self.wait(shop, "all are locked", lambda: all(
            machine["state"] in ("locked", "offline") for machine in shop.machines().values()))
        self.assertEqual(shop.stop(), 0)


if __name__ == "__main__":
    unittest.main()
