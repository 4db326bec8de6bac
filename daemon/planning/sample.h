/* SPDX-License-Identifier: Apache-2.0 */
/* Many values as three sums. Pure. */
#ifndef USINE_PLANNING_SAMPLE_H
#define USINE_PLANNING_SAMPLE_H

/* Values, summed up. */
struct sample {
    double n, sum, squares;
};

double sample_mean(const struct sample *sample);
double sample_scatter(const struct sample *sample); /* sum of squared distances from the mean */
void sample_add(struct sample *sample, double value);

#endif
