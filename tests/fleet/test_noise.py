# SPDX-License-Identifier: Apache-2.0
"""Bytes that arrive wrong, both ways. The long campaign is scripts/campaign noise."""
import unittest

from fleet import PRINTERS, FleetTest, town


class Noise(FleetTest):
    def test_one_byte_in_a_hundred_thousand_changes_nothing(self):
        machines = PRINTERS[:20]
        shop = self.open(town(machines), speed=400, faults=["all: noise both 1e-5"])
        self.tags(shop, quantity=len(machines))
        self.clear(shop, machines)
        for name in machines:
            self.ended(shop, name, "finished", 200)
        report, streams = self.check(shop)
        self.assertEqual(streams, len(machines))
        self.assertGreater(report["total"]["resends"], 0, "there was no noise to speak of")

    def test_one_byte_in_a_thousand_is_no_gap_no_repeat_and_quarantine(self):
        machines = PRINTERS[:4]
        shop = self.open(town(machines), speed=400, faults=[f"{machines[0]}: noise both 1e-3"])
        self.tags(shop, quantity=len(machines))
        self.clear(shop, machines)
        self.wait(shop, "the noisy link is quarantined", lambda: "quarantined" in shop.machine(machines[0])["flags"], 200)
        for name in machines[1:]:
            self.ended(shop, name, "finished", 200)
        self.check(shop, but=(machines[0],))


if __name__ == "__main__":
    unittest.main()
