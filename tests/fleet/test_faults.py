# SPDX-License-Identifier: Apache-2.0
"""What goes wrong on a shop floor happens to one machine of five; the others must never notice."""
import re
import unittest

import factory
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


class ManyVanish(FleetTest):
    """A hub or a fuse: all machines of one site are gone at once. Rouen is where it happens, Caen must not notice."""
    STRUCK = [f"rouen-p0{i}" for i in range(1, 8)]
    CALM = ["caen-p01", "caen-p02"]

    def printing(self, *faults, speed, max_heating=None):
        config = town([*self.STRUCK, *self.CALM])
        for site in config["sites"]:
            if max_heating and site["id"] == "rouen":
                site["max_heating"] = max_heating
        shop = self.open(config, speed=speed, faults=list(faults))
        ultimaker, mk3, ender = factory.TAGS
        for program in (ultimaker, mk3, (ender[0], ["ender-3", "cr-10", "ramps"], ender[2])):
            shop.add_program(*program)
        shop.add_job("repere-lot", len(self.STRUCK) + len(self.CALM))
        self.clear(shop, self.STRUCK + self.CALM)
        return shop

    def site(self, shop):
        return next(site for site in shop.status()["sites"] if site["id"] == "rouen")

    def log_texts(self, shop):
        return [(row["machine"], row["text"]) for row in shop.ask("log", "--limit", "1000")["items"]]

    def attached(self, shop, since):
        """(when its greeting began, when it was over) for each struck machine's return, in order of beginning."""
        times = {}
        for line in shop.log_tail(100000).splitlines()[since:]:
            found = re.match(r"\S+T(\d+):(\d+):([\d.]+)Z \w+ (rouen-p\d+): (\w+) -> (\w+)", line)
            if not found:
                continue
            hours, minutes, seconds, name, old, new = found.groups()
            at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
            if new == "greeting":
                times[name] = [at, None]
            elif old == "greeting" and name in times:
                times[name][1] = at
        return sorted(times.values())

    def test_a_hub_that_drops_is_one_incident_and_all_go_on_one_by_one(self):
        shop = self.printing("at 18 s of rouen-*: unplug for 4 s", speed=40)  # they print from about 12 s to 24 s
        self.running(shop, self.STRUCK + self.CALM, 100)
        before = len(shop.log_tail(100000).splitlines())
        self.wait(shop, "the incident is told", lambda: self.site(shop)["vanished"] == len(self.STRUCK))
        for name in self.STRUCK:
            machine = shop.machine(name)
            self.assertEqual(machine["state"], "offline", machine)
            self.assertIsNotNone(machine["run"], "its run waits for the cable")
            self.assertRegex(machine["message"], "vanished together")
        self.wait(shop, "all are back", lambda: self.site(shop)["vanished"] == 0)
        attached = self.attached(shop, before)
        self.assertEqual(len(attached), len(self.STRUCK))
        for (_, over), (begun, _) in zip(attached, attached[1:]):
            self.assertGreaterEqual(begun, over, "two were greeted at once")
        texts = self.log_texts(shop)
        told = [text for machine, text in texts if "vanished together" in text]
        self.assertEqual(sorted(told), ["7 machines of rouen vanished together: look for their USB hub or its supply",
                                        "the 7 machines of rouen that vanished together are back"])
        alone = [row for row in texts if "-> offline" in row[1] and row[0].startswith("rouen")]
        self.assertLess(len(alone), 3, f"the third makes it one incident: {alone}")
        for name in self.STRUCK + self.CALM:
            self.ended(shop, name, "finished", 90)
        _, streams = self.check(shop)
        self.assertEqual(streams, len(self.STRUCK) + len(self.CALM))

    def test_after_a_power_cut_nothing_goes_on_by_itself_and_beds_heat_in_turn(self):
        shop = self.printing("at 12 s of rouen-*: reset", "at 12 s of rouen-*: unplug for 3 s", speed=60, max_heating=3)
        self.running(shop, self.CALM, 100)
        for name in self.STRUCK:
            self.ended(shop, name, "failed")
        self.wait(shop, "all are back", lambda: all(
            shop.machine(name)["state"] == "idle" for name in self.STRUCK) and self.site(shop)["vanished"] == 0)
        for name in self.STRUCK:
            machine = shop.machine(name)
            self.assertEqual((machine["bed"], machine["waiting_for"]), ("uncertain", "clear"), "a person looks first")
        self.clear(shop, self.STRUCK)
        most = 0

        def all_made():
            nonlocal most
            machines = [machine for name, machine in shop.machines().items() if name in self.STRUCK]
            most = max(most, sum(machine["temps"]["bed"] < machine["temps"]["bed_target"] - 5 for machine in machines))
            return all(machine["last_run"]["outcome"] == "finished" for machine in machines)

        self.wait(shop, "all have made it at the second go", all_made, 120)
        self.assertEqual(most, 3, "so many beds heat at once as the site's supply carries")
        for name in self.CALM:
            self.ended(shop, name, "finished")


if __name__ == "__main__":
    unittest.main()
