/* SPDX-License-Identifier: Apache-2.0 */
#include "checksum.h"

#include <string.h>

uint8_t gcode_checksum(const char *text, size_t n)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum = (uint8_t)(sum ^ (uint8_t)text[i]);
    return sum;
}

/* Writes value in decimal; the length is at most 10. */
static size_t put_decimal(char *out, uint32_t value)
{
    char digits[10];
    size_t n = 0;

    do {
        digits[n++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    for (size_t i = 0; i < n; i++)
        out[i] = digits[n - 1 - i];
    return n;
}

size_t gcode_number_line(char *out, size_t size, uint32_t number, const char *text, size_t n)
{
    char head[16] = "N", tail[8] = "*";
    size_t head_len = 1 + put_decimal(head + 1, number), tail_len = 1;
    uint8_t sum;

    head[head_len++] = ' ';
    sum = (uint8_t)(gcode_checksum(head, head_len) ^ gcode_checksum(text, n));
    tail_len += put_decimal(tail + 1, sum);
    tail[tail_len++] = '\n';
    if (n > size || head_len + tail_len > size - n)
        return 0;
    memcpy(out, head, head_len);
    memcpy(out + head_len, text, n);
    memcpy(out + head_len + n, tail, tail_len);
    return head_len + n + tail_len;
}
