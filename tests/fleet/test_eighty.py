# SPDX-License-Identifier: Apache-2.0
"""The whole of Normandy at once, at high speed, with people who clear the beds."""
import unittest

import factory
from fleet import FleetTest, town


class Eighty(FleetTest):
    def test_seventy_printers_and_ten_lasers_execute_exactly_their_programs(self):
        shop = self.open(town(), speed=300, operators=True, scrap=0.05)
        self.assertEqual(len(shop.machines()), 80)
        ultimaker, mk3, ender = factory.TAGS
        shop.add_program(*mk3)
        shop.add_program(*ultimaker)
        shop.add_program(ender[0], ["ender-3", "cr-10", "ramps"], ender[2])
        for row in factory.LASERS:
            shop.add_program(*row)
        shop.add_job("repere-lot", 120)
        shop.add_job("ecran", 60)
        self.wait(shop, "120 tags and 60 visors", lambda: shop.good("repere-lot") >= 120 and shop.good("ecran") >= 60, 250)
        shop.wait_idle()
        done = sum(row["good"] for row in shop.ask("throughput")["items"] if row["part"] == "repere-lot")
        self.assertEqual(done, shop.good("repere-lot"), "a figure shown twice is the same figure")
        report, streams = self.check(shop)
        self.assertGreaterEqual(streams, 120)
        busy = [machine["id"] for machine in report["machines"] if machine["runs"]]
        self.assertGreaterEqual(len(busy), 76)


if __name__ == "__main__":
    unittest.main()
