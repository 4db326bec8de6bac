# SPDX-License-Identifier: Apache-2.0
"""One printer and one laser, from the file to the counted piece."""
import unittest

import factory
from fleet import FleetTest, town


class Smoke(FleetTest):
    def test_a_tag_is_printed_and_a_visor_cut_and_both_are_counted(self):
        shop = self.open(town(["caen-p01", "alencon-l01"]), speed=100)
        self.tags(shop)
        shop.add_program(*factory.LASERS[0])
        shop.add_job("ecran", 1)  # one good of a sheet of two: nothing more is owed, so nothing starts again
        self.clear(shop, ["caen-p01", "alencon-l01"])
        self.ended(shop, "caen-p01", "finished", 200)
        self.ended(shop, "alencon-l01", "finished", 200)
        self.assertEqual(shop.good("repere-lot"), 0, "nothing is counted before somebody has looked at it")
        machine = shop.machine("caen-p01")
        self.assertEqual((machine["bed"], machine["waiting_for"]), ("occupied", "clear"))
        self.clear(shop, ["caen-p01"])
        shop.usine("machine", "alencon-l01", "clear", "--scrap", "1", "--reason", "burnt edge")
        self.wait(shop, "both are counted", lambda: shop.good("repere-lot") == 1 and shop.good("ecran") == 1)
        table = shop.ask("throughput")["items"]
        rows = {row["part"]: row for row in table if row["good"]}
        self.assertEqual(rows["repere-lot"]["machine"], "caen-p01")
        self.assertEqual((rows["ecran"]["machine"], rows["ecran"]["scrap"]), ("alencon-l01", 1))
        self.check(shop)


if __name__ == "__main__":
    unittest.main()
