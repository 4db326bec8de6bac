/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

double sample_mean(const struct sample *sample)
{
    return sample->n > 0 ? sample->sum / sample->n : 0;
}

double sample_scatter(const struct sample *sample)
{
    double scatter = sample->n > 0 ? sample->squares - sample->sum * sample->sum / sample->n : 0;

    return scatter > 0 ? scatter : 0;
}

void sample_add(struct sample *sample, double value)
{
    sample->n++;
    sample->sum += value;
    sample->squares += value * value;
}
