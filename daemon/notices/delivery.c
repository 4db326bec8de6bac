/* SPDX-License-Identifier: Apache-2.0 */
#include "delivery.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "address.h"
#include "header.h"

enum { CONNECT_TIMEOUT_S = 10, WORD_TIMEOUT_S = 10, ANSWER_MAX = 65536 };

/* ---- what libcurl asks ---- */

/* Where a name really leads is known only here: whoever owns it may change it at any time. */
static curl_socket_t on_open(void *owner, curlsocktype purpose, struct curl_sockaddr *address)
{
    struct delivery *delivery = owner;

    (void)purpose;
    if (delivery->letter->channel != CHANNEL_MAIL && !delivery->letter->private_allowed &&
        address_private(&address->addr)) {
        delivery->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t on_answer(char *bytes, size_t one, size_t n, void *owner)
{
    struct delivery *delivery = owner;

    (void)bytes;
    delivery->answered += one * n;
    return delivery->answered <= ANSWER_MAX ? one * n : 0;
}

/* Of a mail server's words those that say no. */
static size_t on_word(char *bytes, size_t one, size_t n, void *owner)
{
    struct delivery *delivery = owner;

    if (n > 3 && (bytes[0] == '4' || bytes[0] == '5'))
        snprintf(delivery->refusal, sizeof delivery->refusal, "%.*s", (int)n, bytes);
    return one * n;
}

static size_t on_nothing(char *bytes, size_t one, size_t n, void *owner)
{
    (void)bytes;
    (void)owner;
    return one * n;
}

/* ---- headers ---- */

static bool add_line(struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl_slist_append(*list, line);

    if (longer == NULL)
        return false;
    *list = longer;
    return true;
}

static bool add_header(struct delivery *delivery, const char *name, const char *text)
{
    char header[HEADER_SIZE];

    header_write(header, name, text);
    return add_line(&delivery->headers, header);
}

/* ---- mail ---- */

static bool add_mail_headers(struct delivery *delivery)
{
    const struct letter *letter = delivery->letter;
    const char *from = letter->smtp.from;
    char header[HEADER_SIZE], address[160], id[220];
    bool ok;

    header_address(address, sizeof address, from);
    snprintf(id, sizeof id, "<%s%s>", letter->key,
             strrchr(address, '@') != NULL ? strrchr(address, '@') : "@usine");
    header_write_mailbox(header, "From", from);
    ok = add_line(&delivery->headers, header);
    header_write_mailbox(header, "To", letter->address);
    ok = ok && add_line(&delivery->headers, header);
    header_write_date(header, letter->at_ms);
    ok = ok && add_line(&delivery->headers, header);
    ok = ok && add_header(delivery, "Subject", letter->title);
    ok = ok && add_header(delivery, "Message-ID", id);
    return ok && add_header(delivery, "Auto-Submitted", "auto-generated");
}

static bool add_mail_body(struct delivery *delivery)
{
    curl_mimepart *part;

    delivery->mime = curl_mime_init(delivery->easy);
    part = delivery->mime != NULL ? curl_mime_addpart(delivery->mime) : NULL;
    return part != NULL &&
           curl_mime_data(part, delivery->letter->body, CURL_ZERO_TERMINATED) == CURLE_OK &&
           curl_mime_type(part, "text/plain; charset=UTF-8") == CURLE_OK &&
           curl_mime_encoder(part, "quoted-printable") == CURLE_OK;
}

/* A relay on this very computer needs no TLS and seldom has a certificate for it. Where a password
 * goes, or the owner says so, no TLS means no mail. */
static long tls_level(const struct config_smtp *smtp)
{
    const char *at = strrchr(smtp->url, '@');
    const char *host = at != NULL ? at + 1 : strstr(smtp->url, "://") + 3;
    bool here = strncmp(host, "127.", 4) == 0 || strncmp(host, "[::1]", 5) == 0 ||
                strncmp(host, "localhost", 9) == 0;

    if (smtp->tls == SMTP_TLS_NEVER || (smtp->tls == SMTP_TLS_AUTO && here))
        return CURLUSESSL_NONE;
    return smtp->tls == SMTP_TLS_ALWAYS || at != NULL ? CURLUSESSL_ALL : CURLUSESSL_TRY;
}

static bool set_mail(struct delivery *delivery)
{
    const struct letter *letter = delivery->letter;
    CURL *easy = delivery->easy;
    char from[160];

    header_address(from, sizeof from, letter->smtp.from);
    if (!add_line(&delivery->receivers, letter->address) || !add_mail_headers(delivery) ||
        !add_mail_body(delivery))
        return false;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, delivery->receivers);
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, delivery->mime);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, tls_level(&letter->smtp));
    if (letter->smtp.ca[0] != '\0')
        curl_easy_setopt(easy, CURLOPT_CAINFO, letter->smtp.ca);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_word);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, delivery);
    return curl_easy_setopt(easy, CURLOPT_URL, letter->smtp.url) == CURLE_OK;
}

/* ---- webhooks ---- */

static bool add_web_headers(struct delivery *delivery)
{
    const struct letter *letter = delivery->letter;
    bool ntfy = letter->channel == CHANNEL_NTFY;
    char bearer[NOTICE_TOKEN_SIZE + 24];
    bool ok = add_line(&delivery->headers, ntfy ? "Content-Type: text/plain; charset=UTF-8"
                                                : "Content-Type: application/json") &&
              add_line(&delivery->headers, "Expect:") &&
              add_header(delivery, "Idempotency-Key", letter->key);

    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s", letter->token);
    header_clean(bearer);
    if (letter->token[0] != '\0')
        ok = ok && add_line(&delivery->headers, bearer);
    if (ntfy)
        ok = ok && add_header(delivery, "Title", letter->title);
    if (ntfy && letter->link[0] != '\0')
        ok = ok && add_header(delivery, "Click", letter->link);
    explicit_bzero(bearer, sizeof bearer);
    return ok;
}

static bool set_web(struct delivery *delivery)
{
    const struct letter *letter = delivery->letter;
    CURL *easy = delivery->easy;

    if (!add_web_headers(delivery))
        return false;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(letter->body));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, letter->body);
    curl_easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_nothing);
    return curl_easy_setopt(easy, CURLOPT_URL, letter->address) == CURLE_OK;
}

/* ---- begin and end ---- */

static bool set_all(struct delivery *delivery)
{
    CURL *easy = delivery->easy = curl_easy_init();

    if (easy == NULL)
        return false;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, delivery);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, delivery->words);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, ""); /* nor one from the environment */
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)POST_TIMEOUT_S);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)WORD_TIMEOUT_S);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "usine/" USINE_VERSION);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_answer);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, delivery);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, delivery);
    if (delivery->letter->channel == CHANNEL_MAIL ? !set_mail(delivery) : !set_web(delivery))
        return false;
    return curl_easy_setopt(easy, CURLOPT_HTTPHEADER, delivery->headers) == CURLE_OK;
}

static void free_delivery(struct delivery *delivery)
{
    curl_easy_cleanup(delivery->easy);
    curl_mime_free(delivery->mime);
    curl_slist_free_all(delivery->headers);
    curl_slist_free_all(delivery->receivers);
    free(delivery);
}

struct delivery *delivery_begin(struct letter *letter)
{
    struct delivery *delivery = calloc(1, sizeof *delivery);

    letter->sent = letter->hopeless = false;
    snprintf(letter->error, sizeof letter->error, "out of memory");
    if (delivery == NULL)
        return NULL;
    delivery->letter = letter;
    if (set_all(delivery))
        return delivery;
    free_delivery(delivery);
    return NULL;
}

static void say_why(struct letter *letter, const struct delivery *delivery, CURLcode code,
                    long status)
{
    const char *words = delivery->words[0] != '\0' ? delivery->words : curl_easy_strerror(code);

    if (delivery->refused)
        snprintf(letter->error, sizeof letter->error,
                 "the address leads into a private network, which the config does not allow");
    else if (code == CURLE_OK)
        snprintf(letter->error, sizeof letter->error, "the receiver answers %ld%s", status,
                 status / 100 == 3 ? ": it has moved; give the address it is at now" : "");
    else if (delivery->refusal[0] != '\0')
        snprintf(letter->error, sizeof letter->error, "the mail server says: %s",
                 delivery->refusal);
    else
        snprintf(letter->error, sizeof letter->error, "%.*s", (int)sizeof letter->error - 1, words);
    header_clean(letter->error);
}

void delivery_end(struct delivery *delivery, CURLcode code)
{
    struct letter *letter = delivery->letter;
    long status = 0;

    curl_easy_getinfo(delivery->easy, CURLINFO_RESPONSE_CODE, &status);
    if (letter->channel != CHANNEL_MAIL && code == CURLE_WRITE_ERROR &&
        delivery->answered > ANSWER_MAX)
        code = CURLE_OK; /* it has answered, and says more than we care to hear */
    letter->sent = code == CURLE_OK && (letter->channel == CHANNEL_MAIL || status / 100 == 2);
    letter->hopeless = delivery->refused;
    if (letter->sent)
        letter->error[0] = '\0';
    else
        say_why(letter, delivery, code, status);
    free_delivery(delivery);
}
