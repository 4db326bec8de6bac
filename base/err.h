/* SPDX-License-Identifier: Apache-2.0 */
/* Every way a call can fail: code, HTTP status, words, and whose fault it is. */
#ifndef USINE_BASE_ERR_H
#define USINE_BASE_ERR_H

/* clang-format off */
#define ERR_TABLE(X)                                                                   \
    X(OK,          200, "ok",           "done")                                        \
    /* the asker's fault */                                                            \
    X(BAD_REQUEST, 400, "bad_request",  "the request cannot be understood")            \
    X(UNAUTHORIZED,401, "unauthorized", "log in first")                                \
    X(NO_ADMIN,    401, "no_admin",     "nobody has an account yet: open the link that usined printed") \
    X(FORBIDDEN,   403, "forbidden",    "your role does not allow this")               \
    X(CSRF,        403, "csrf",         "the page is out of date: load it again")          \
    X(REAUTHENTICATE, 403, "reauthenticate", "give your password again for this")          \
    X(PIN,         403, "pin",          "say who you are: your name and your PIN")         \
    X(NOT_FOUND,   404, "not_found",    "there is no such thing")                      \
    X(METHOD,      405, "method",       "this address does not take that method")      \
    X(REFUSED,     409, "refused",      "not possible in this state")                  \
    X(STALE,       412, "stale",        "it has changed since you looked")             \
    X(TOO_LARGE,   413, "too_large",    "too large")                                   \
    X(INVALID,     422, "invalid",      "a value is not acceptable")                   \
    X(TOO_MANY,    429, "too_many",     "too many tries: wait a little")                   \
    /* the world's fault: machine, link, disk */                                       \
    X(LINK,        502, "link",         "the machine cannot be reached")               \
    X(BUSY,        503, "busy",         "busy, try again")                             \
    X(TIMEOUT,     504, "timeout",      "no answer in time")                           \
    X(DISK,        507, "disk",         "the disk refused")                            \
    /* ours */                                                                         \
    X(NO_MEMORY,   503, "no_memory",    "out of memory")                               \
    X(INTERNAL,    500, "internal",     "an error of ours")
/* clang-format on */

enum err {
#define X(code, http, key, words) ERR_##code,
    ERR_TABLE(X)
#undef X
};

/* The HTTP status for an error; 200 for ERR_OK. */
int err_http(enum err err);

/* The stable machine-readable key, as in {"error": {"code": key}}. */
const char *err_key(enum err err);

/* A sentence for people. */
const char *err_words(enum err err);

#endif
