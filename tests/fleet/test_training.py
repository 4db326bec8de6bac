# SPDX-License-Identifier: Apache-2.0
"""A calendar that goes as fast as the emulated machines: sites open and close by it."""
import unittest

import factory
import fleet

OPEN, CLOSED = "herouville-p01", "caen-p01"  # at six in the morning


class Training(fleet.FleetTest):
    def test_people_come_when_their_site_opens(self):
        config = fleet.town([OPEN, CLOSED])
        for site in config["sites"]:
            site["hours"] = "08:00-20:00" if site["id"] == "caen" else "24/7"
        shop = factory.Factory(config, 1200, ["--operators=60"], training="1200@2020-03-27T05:00:00Z")
        self.addCleanup(shop.__exit__, None, None, None)
        shop.__enter__()
        for file, models, pieces in factory.TAGS:
            shop.add_program(file, models, pieces)
        for site in ("herouville", "caen"):
            shop.add_job("repere-lot", 1, site=site)
        self.wait(shop, "both sites made one", lambda: shop.good("repere-lot") == 2)
        started = {run["machine"]: run["started"] for run in shop.ask("runs")["items"]}
        self.assertGreaterEqual(started[CLOSED], "2020-03-27T07:00:00")  # 8:00 in Paris
        for moment in started.values():
            self.assertTrue(moment.startswith("2020-03-27T"), moment)
        now = shop.status()
        self.assertTrue(now["at"].startswith("2020-03-27T"), now["at"])
        self.assertEqual({site["id"] for site in now["sites"] if site["open"]} >= {"herouville"}, True)


if __name__ == "__main__":
    unittest.main()
