/* SPDX-License-Identifier: Apache-2.0 */
/* usine-sim: reads its arguments and hands over to the one root struct. */
#include "sim/options.h"
#include "sim/sim.h"

int main(int argc, char **argv)
{
    struct options options;
    int status = options_read(&options, argc, argv);

    return status >= 0 ? status : sim_run(&options);
}
