/* SPDX-License-Identifier: Apache-2.0 */
/* HTTP to the daemon, by its Unix socket or its URL. Blocks: a command line does one thing. */
#ifndef USINE_CLI_CLIENT_H
#define USINE_CLI_CLIENT_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

enum exit_code { EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, EXIT_UNREACHABLE };

struct client {
    const char *socket; /* path; used when url is NULL */
    const char *url;    /* "https://usine.example.org"; NULL: the socket */
    const char *token;  /* NULL: none */
    const char *by;     /* who asks */
    const char *ca;     /* PEM file that vouches for the daemon; NULL: the system's */
    void *curl;         /* owned */
};

struct client_call {
    const char *method;  /* "GET" */
    const char *path;    /* with query, escaped */
    const char *body;    /* JSON; NULL: none */
    const char *upload;  /* file to send as the body; NULL: none */
    const char *save;    /* file to write a good answer to; NULL: into text */
    bool idempotent_key; /* send a fresh Idempotency-Key */
    bool progress;       /* draw a bar on standard error */
    /* Live streams: gets the bytes as they come, returns false to end. NULL: none. */
    bool (*on_bytes)(void *context, const char *bytes, size_t n);
    void *context;
};

struct client_reply {
    long status;
    char *text; /* owned, NUL-terminated; NULL: none */
    size_t size;
};

/* EXIT_UNREACHABLE when curl cannot be had. */
enum exit_code client_open(struct client *client);
void client_close(struct client *client);

/* Prints what went wrong on standard error, with what to do next, and returns the exit code. The
 * caller frees reply->text. */
enum exit_code client_do(struct client *client, const struct client_call *call,
                         struct client_reply *reply);

/* text, percent-escaped for a path segment or query value; malloc'ed. */
char *client_escape(const char *text);

#endif
