# SPDX-License-Identifier: Apache-2.0
"""Long campaigns on an emulated fleet, too long for scripts/test: see scripts/campaign --help."""
import argparse
import sys

import factory
from eighty import eighty
from noise import noise

ABOUT = """\
Long campaigns on an emulated fleet, too long for scripts/test. Each prints its progress, a table, and as its last
line `campaign: passed: …` or `campaign: FAILED` (exit status 1; the promises broken stand above it)."""
NOISE = """\
Printers whose links garble one byte in 1/RATE both ways. Below 5e-4 every run must finish with its stream identical to the program. From
there on every link must be quarantined; no stream may have a gap or a repeat, also when a person lets a held run go
on; no quarantined machine begins again; all heaters are off at the end. Lines whose damage the checksum did not show are listed."""
EIGHTY = """\
All 80 machines of Normandy at once, each with one long real program. Every executed stream must be identical to its
program's, nothing may overflow, no beam may be on while a machine stands still: at any speed. --search doubles the
speed until lines come no faster. LINES/S and the processor share (of one core) are taken while all 80 work."""


def parser():
    top = argparse.ArgumentParser(prog="scripts/campaign", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = top.add_subparsers(dest="campaign", required=True, metavar="CAMPAIGN")
    one = kinds.add_parser("noise", help="links that garble bytes", description=NOISE,
                           formatter_class=argparse.RawDescriptionHelpFormatter)
    one.add_argument("--rate", type=float, default=1e-5, help="share of bytes spoiled, each way (1e-5)")
    one.add_argument("--machines", type=int, default=70, help="how many printers (70)")
    one.add_argument("--lines", type=int, default=50000, help="lines of the program (50000)")
    one.add_argument("--speed", type=float, default=200, help="how much faster than life (200)")
    one.add_argument("--seed", type=int, default=1, help="seed of the noise (1)")
    one.add_argument("--minutes", type=float, default=6, help="how long the runs may take (6)")
    one.set_defaults(function=noise)
    one = kinds.add_parser("eighty", help="all machines, as fast as can be", description=EIGHTY,
                           formatter_class=argparse.RawDescriptionHelpFormatter)
    one.add_argument("--speed", type=float, default=300, help="how much faster than life (300), or where --search begins")
    one.add_argument("--search", action="store_true", help="double the speed until it goes no faster")
    one.set_defaults(function=eighty)
    return top


def main():
    options = parser().parse_args()
    try:
        return options.function(options)
    except factory.Failed as fault:
        print(f"campaign: {fault}", file=sys.stderr)
        print("campaign: FAILED")
        return 1


if __name__ == "__main__":
    sys.exit(main())
