# SPDX-License-Identifier: Apache-2.0
"""The daemon is killed in the middle of everything, and takes its machines up again."""
import unittest

import factory
from fleet import PRINTERS, FleetTest, town


class Adopt(FleetTest):
    def test_printers_go_on_where_they_were_and_lasers_end(self):
        printers = PRINTERS[:6]
        laser = "alencon-l01"
        shop = self.open(town([*printers, laser]), speed=60)
        self.tags(shop, quantity=len(printers))
        self.clear(shop, printers)
        self.running(shop, printers, 1000)
        shop.add_program(*factory.LASERS[0])
        shop.add_job("ecran", 2)
        self.clear(shop, [laser])
        self.running(shop, [laser], 5)
        shop.kill()
        shop.start()
        shop.settled()
        self.ended(shop, laser, "failed")
        for name in printers:
            self.ended(shop, name, "finished", 200)
        self.clear(shop, printers)
        self.wait(shop, "each is counted once", lambda: shop.good("repere-lot") == len(printers))
        self.assertEqual(shop.good("ecran"), 0)
        _, streams = self.check(shop, but=(laser,))
        self.assertEqual(streams, len(printers))


if __name__ == "__main__":
    unittest.main()
