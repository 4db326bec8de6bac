/* SPDX-License-Identifier: Apache-2.0 */
#include "plain_number.h"

#include "decimal.h"

/* clang-format off */
const struct plain_scale plain_scales[2][9] = {
    {{0x1.ad7f29ap-24, 0x1.795e90af0f4cap-53},
     {0x1.0c6f7ap-20, 0x1.6bdb1a6d698fep-49},
     {0x1.4f8b588p-17, 0x1.c6d1e108c3f3ep-46},
     {0x1.a36e2ebp-14, 0x1.c432ca57a786cp-46},
     {0x1.0624dd2p-10, 0x1.e353f7ced9168p-39},
     {0x1.47ae147p-7, 0x1.5c28f5c28f5c3p-36},
     {0x1.9999999p-4, 0x1.3333333333333p-33},
     {0x1p+0, 0x0p+0},
     {0x1p+0, 0x0p+0}},
    {{-0x1.ad7f29ap-24, -0x1.795e90af0f4cap-53},
     {-0x1.0c6f7ap-20, -0x1.6bdb1a6d698fep-49},
     {-0x1.4f8b588p-17, -0x1.c6d1e108c3f3ep-46},
     {-0x1.a36e2ebp-14, -0x1.c432ca57a786cp-46},
     {-0x1.0624dd2p-10, -0x1.e353f7ced9168p-39},
     {-0x1.47ae147p-7, -0x1.5c28f5c28f5c3p-36},
     {-0x1.9999999p-4, -0x1.3333333333333p-33},
     {-0x1p+0, -0x0p+0},
     {-0x1p+0, -0x0p+0}},
};
/* clang-format on */

bool plain_number_slowly(const char *p, const char *end, double *value)
{
    struct decimal d;
    const char *after = decimal_read(p, p, end, &d);

    *value = (double)d.mantissa / decimal_powers[d.decimals & 15];
    if (d.negative)
        *value = -*value;
    return after == end && d.digits > 0 && d.digits <= DECIMAL_DIGITS_MAX;
}
