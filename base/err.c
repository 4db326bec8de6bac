/* SPDX-License-Identifier: Apache-2.0 */
#include "err.h"

static const struct {
    int http;
    const char *key;
    const char *words;
} rows[] = {
#define X(code, http, key, words) [ERR_##code] = {http, key, words},
    ERR_TABLE(X)
#undef X
};

int err_http(enum err err)
{
    return rows[err].http;
}

const char *err_key(enum err err)
{
    return rows[err].key;
}

const char *err_words(enum err err)
{
    return rows[err].words;
}
