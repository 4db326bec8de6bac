/* SPDX-License-Identifier: Apache-2.0 */
#include "client.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REPLY_MAX = 256 * 1024 * 1024, CONNECT_S = 5, BAR = 40 };

struct transfer {
    struct client *client;
    const struct client_call *call;
    struct client_reply *reply;
    FILE *in;  /* upload */
    FILE *out; /* save */
    bool failed;
};

enum exit_code client_open(struct client *client)
{
    client->curl = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK ? curl_easy_init() : NULL;
    if (client->curl != NULL)
        return EXIT_DONE;
    fputs("usine: libcurl cannot be started\n", stderr);
    return EXIT_UNREACHABLE;
}

void client_close(struct client *client)
{
    curl_easy_cleanup(client->curl);
    curl_global_cleanup();
}

static bool good_status(const struct transfer *transfer)
{
    long status = 0;

    curl_easy_getinfo(transfer->client->curl, CURLINFO_RESPONSE_CODE, &status);
    return status >= 200 && status < 300;
}

static size_t keep(struct transfer *transfer, const char *bytes, size_t n)
{
    struct client_reply *reply = transfer->reply;
    char *text;

    if (reply->size + n > REPLY_MAX)
        return 0;
    text = realloc(reply->text, reply->size + n + 1);
    if (text == NULL)
        return 0;
    memcpy(text + reply->size, bytes, n);
    reply->text = text;
    reply->size += n;
    text[reply->size] = '\0';
    return n;
}

static size_t on_bytes(char *bytes, size_t one, size_t n, void *context)
{
    struct transfer *transfer = context;
    const struct client_call *call = transfer->call;

    (void)one;
    if (!good_status(transfer) || (call->on_bytes == NULL && call->save == NULL))
        return keep(transfer, bytes, n);
    if (call->on_bytes != NULL)
        return call->on_bytes(call->context, bytes, n) ? n : 0;
    if (transfer->out == NULL)
        transfer->out = fopen(call->save, "wxe");
    if (transfer->out == NULL || fwrite(bytes, 1, n, transfer->out) != n) {
        fprintf(stderr, "usine: %s: %s\n", call->save, strerror(errno));
        transfer->failed = true;
        return 0;
    }
    return n;
}

static int on_progress(void *context, curl_off_t down_total, curl_off_t down, curl_off_t up_total,
                       curl_off_t up)
{
    int done = up_total > 0 ? (int)(up * BAR / up_total) : 0;

    (void)context;
    (void)down_total;
    (void)down;
    if (up_total > 0)
        fprintf(stderr, "\r[%.*s%*s] %3d%%%s", done, "########################################",
                BAR - done, "", (int)(up * 100 / up_total),
                up == up_total ? " checking " : "          ");
    return 0;
}

static bool set_upload(struct transfer *transfer)
{
    CURL *curl = transfer->client->curl;
    struct stat st;

    transfer->in = fopen(transfer->call->upload, "re");
    if (transfer->in == NULL || fstat(fileno(transfer->in), &st) != 0 || !S_ISREG(st.st_mode)) {
        fprintf(stderr, "usine: %s: %s\n", transfer->call->upload,
                transfer->in == NULL ? strerror(errno) : "not a file");
        return false;
    }
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READDATA, transfer->in);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)st.st_size);
    if (transfer->call->progress && isatty(STDERR_FILENO)) {
        curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    }
    return true;
}

static struct curl_slist *add_header(struct curl_slist *headers, const char *name,
                                     const char *value)
{
    char line[512];
    struct curl_slist *longer;

    snprintf(line, sizeof line, "%s: %s", name, value);
    for (char *c = line; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20)
            *c = ' ';
    longer = curl_slist_append(headers, line);
    return longer != NULL ? longer : headers;
}

static struct curl_slist *make_headers(const struct client *client, const struct client_call *call)
{
    struct curl_slist *headers = NULL;
    unsigned char random[16];
    char text[400];

    headers = add_header(headers, "Usine-By", client->by);
    if (call->body != NULL)
        headers = add_header(headers, "Content-Type", "application/json");
    if (client->token != NULL) {
        snprintf(text, sizeof text, "Bearer %s", client->token);
        headers = add_header(headers, "Authorization", text);
    }
    if (call->idempotent_key && getrandom(random, sizeof random, 0) == (ssize_t)sizeof random) {
        for (size_t i = 0; i < sizeof random; i++)
            snprintf(text + 2 * i, 3, "%02x", random[i]);
        headers = add_header(headers, "Idempotency-Key", text);
    }
    return headers;
}

static void set_address(const struct client *client, const char *path)
{
    char url[4096];

    if (client->url == NULL)
        curl_easy_setopt(client->curl, CURLOPT_UNIX_SOCKET_PATH, client->socket);
    snprintf(url, sizeof url, "%s%s", client->url != NULL ? client->url : "http://localhost", path);
    curl_easy_setopt(client->curl, CURLOPT_URL, url);
    if (client->ca != NULL)
        curl_easy_setopt(client->curl, CURLOPT_CAINFO, client->ca);
}

static enum exit_code unreachable(const struct client *client, CURLcode code)
{
    if (client->url != NULL)
        fprintf(stderr, "usine: %s cannot be reached: %s\n", client->url, curl_easy_strerror(code));
    else if (access(client->socket, F_OK) != 0)
        fprintf(stderr,
                "usine: no daemon: there is no socket %s\n"
                "Start it (usined --config FILE), or name its socket: --socket PATH or "
                "USINE_SOCKET.\n",
                client->socket);
    else if (access(client->socket, W_OK) != 0)
        fprintf(stderr, "usine: %s: %s\nAsk to be put into the group that owns it.\n",
                client->socket, strerror(errno));
    else
        fprintf(stderr, "usine: the daemon behind %s does not answer: %s\n", client->socket,
                curl_easy_strerror(code));
    return EXIT_UNREACHABLE;
}

static void print_findings(const cJSON *report)
{
    const cJSON *models = cJSON_GetObjectItemCaseSensitive(report, "models");
    const cJSON *model, *finding;

    cJSON_ArrayForEach(model, models)
    {
        cJSON_ArrayForEach(finding, cJSON_GetObjectItemCaseSensitive(model, "findings"))
        {
            const char *kind =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "kind"));
            const char *text =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "text"));
            const char *why =
                cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(finding, "why"));

            if (kind != NULL && text != NULL && why != NULL && strcmp(kind, "refused") == 0)
                fprintf(stderr, "  %s, line %.0f: %s: %s\n", model->string,
                        cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(finding, "line")),
                        text, why);
        }
    }
}

static enum exit_code refused(const struct client_reply *reply)
{
    cJSON *body = cJSON_Parse(reply->text != NULL ? reply->text : "");
    const cJSON *error = cJSON_GetObjectItemCaseSensitive(body, "error");
    const char *message = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(error, "message"));

    if (message != NULL)
        fprintf(stderr, "usine: %s\n", message);
    else
        fprintf(stderr, "usine: refused with HTTP status %ld\n", reply->status);
    print_findings(cJSON_GetObjectItemCaseSensitive(body, "report"));
    cJSON_Delete(body);
    return EXIT_REFUSED;
}

static CURLcode perform(struct transfer *transfer)
{
    const struct client_call *call = transfer->call;
    CURL *curl = transfer->client->curl;
    struct curl_slist *headers = make_headers(transfer->client, call);
    CURLcode code;

    set_address(transfer->client, call->path);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    if (call->body != NULL)
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, call->body);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, call->method);
    code = curl_easy_perform(curl);
    curl_slist_free_all(headers);
    return code;
}

enum exit_code client_do(struct client *client, const struct client_call *call,
                         struct client_reply *reply)
{
    struct transfer transfer = {.client = client, .call = call, .reply = reply};
    CURLcode code;
    bool saved;

    memset(reply, 0, sizeof *reply);
    curl_easy_reset(client->curl);
    if (call->upload != NULL && !set_upload(&transfer)) {
        if (transfer.in != NULL)
            fclose(transfer.in);
        return EXIT_REFUSED;
    }
    code = perform(&transfer);
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &reply->status);
    if (transfer.in != NULL)
        fclose(transfer.in);
    if (call->progress && isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
    saved = transfer.out == NULL || fclose(transfer.out) == 0;
    if (transfer.failed || !saved)
        return EXIT_REFUSED;
    if (reply->status >= 400)
        return refused(reply);
    if (code != CURLE_OK && !(call->on_bytes != NULL && code == CURLE_WRITE_ERROR))
        return unreachable(client, code);
    return EXIT_DONE;
}

char *client_escape(const char *text)
{
    char *curls = curl_easy_escape(NULL, text, (int)strlen(text));
    char *copy = curls != NULL ? strdup(curls) : NULL;

    curl_free(curls);
    return copy;
}
