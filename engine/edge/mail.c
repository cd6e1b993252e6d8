/* SPDX-License-Identifier: MIT */
/*  curl says which sockets to watch and when to look again; libuv watches.
 *
 *    curl_multi --on_socket--> struct poll (uv_poll_t)  --ready--> socket_action
 *               --on_timeout-> uv_timer_t               --due----> socket_action
 *
 * A poll handle is never used again after its socket was removed: it is closed
 * and freed in its close callback. A negative poll status is passed on as an
 * error event: happy eyeballs closes sockets first.
 */
#include "engine/edge/mail.h"

#include "engine/edge/folder.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { REPLY_TEXT_MAX = 500 };

struct mail {
    uv_loop_t *loop;
    uv_timer_t timer, folder_timer;
    CURLM *multi;
    char *url, *user, *password, *folder;
    mail_answer_fn *answered;
    void (*closed)(void *owner);
    void *owner;
    struct letter_out *sending;  /* List. */
    size_t under_way, open_handles;
    bool closing;
};

struct poll {
    uv_poll_t handle;
    struct mail *mail;
    curl_socket_t socket;
};

struct letter_out {
    struct mail *mail;
    struct letter_out *next;
    CURL *easy;                  /* NULL: a folder's. */
    struct curl_slist *to;
    int64_t message;
    char *content, *key;
    size_t len, sent;
    bool named;                  /* The server was told whom it is for. */
    char reply[REPLY_TEXT_MAX];
    int code;                    /* Folder: what to answer on the next turn of the loop. */
};

static void letter_free(struct letter_out *letter)
{
    if (letter->easy)
        curl_easy_cleanup(letter->easy);
    curl_slist_free_all(letter->to);
    free(letter->content);
    free(letter->key);
    free(letter);
}

static void unlink_letter(struct letter_out *letter)
{
    struct letter_out **at = &letter->mail->sending;
    while (*at != letter)
        at = &(*at)->next;
    *at = letter->next;
    letter->mail->under_way--;
}

/* A refused greeting, log-in or sender is a 5xx too, but says nothing about the recipient. */
static int reply_of(CURLcode code, const struct letter_out *letter)
{
    long reply = 0;
    if (code == CURLE_OK)
        return 250;
    curl_easy_getinfo(letter->easy, CURLINFO_RESPONSE_CODE, &reply);
    bool answered = code != CURLE_LOGIN_DENIED && reply >= 400 && reply <= 599;
    return !answered || (reply >= 500 && !letter->named) ? 0 : (int)reply;
}

static void finish(struct letter_out *letter, CURLcode code)
{
    struct mail *mail = letter->mail;
    int reply = reply_of(code, letter);
    if (!letter->reply[0] || (code != CURLE_OK && letter->reply[0] < '4'))
        snprintf(letter->reply, sizeof letter->reply, "%.*s", REPLY_TEXT_MAX - 1,
                 code == CURLE_OK ? "accepted" : curl_easy_strerror(code));
    curl_multi_remove_handle(mail->multi, letter->easy);
    unlink_letter(letter);
    mail->answered(mail->owner, letter->message, reply, letter->reply);
    letter_free(letter);
}

static void take_finished(struct mail *mail)
{
    int left;
    for (CURLMsg *msg; (msg = curl_multi_info_read(mail->multi, &left));) {
        struct letter_out *letter = NULL;
        if (msg->msg != CURLMSG_DONE)
            continue;
        CURLcode code = msg->data.result;
        curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &letter);
        finish(letter, code);
    }
}

static void on_poll(uv_poll_t *handle, int status, int events)
{
    struct poll *poll = handle->data;
    struct mail *mail = poll->mail;
    int running, flags = 0;
    if (status < 0)
        flags = CURL_CSELECT_ERR;
    if (events & UV_READABLE)
        flags |= CURL_CSELECT_IN;
    if (events & UV_WRITABLE)
        flags |= CURL_CSELECT_OUT;
    curl_multi_socket_action(mail->multi, poll->socket, flags, &running);
    take_finished(mail);
}

static void on_timer(uv_timer_t *timer)
{
    struct mail *mail = timer->data;
    int running;
    curl_multi_socket_action(mail->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    take_finished(mail);
}

static int on_timeout(CURLM *multi, long ms, void *self)
{
    struct mail *mail = self;
    (void)multi;
    if (mail->closing)
        return 0;
    if (ms < 0)
        uv_timer_stop(&mail->timer);
    else /* Zero means the next turn of the loop, not a call from within curl. */
        uv_timer_start(&mail->timer, on_timer, (uint64_t)ms, 0);
    return 0;
}

static void handle_closed(struct mail *mail)
{
    if (--mail->open_handles || !mail->closing)
        return;
    void (*closed)(void *) = mail->closed;
    void *owner = mail->owner;
    free(mail->url);
    free(mail->user);
    free(mail->password);
    free(mail->folder);
    free(mail);
    closed(owner);
}

static void on_poll_closed(uv_handle_t *handle)
{
    struct poll *poll = handle->data;
    struct mail *mail = poll->mail;
    free(poll);
    handle_closed(mail);
}

static void on_timer_closed(uv_handle_t *handle)
{
    handle_closed(handle->data);
}

static struct poll *poll_new(struct mail *mail, curl_socket_t socket)
{
    struct poll *poll = calloc(1, sizeof *poll);
    MUST(poll);
    poll->mail = mail;
    poll->socket = socket;
    if (uv_poll_init_socket(mail->loop, &poll->handle, socket)) {
        free(poll);
        return NULL;
    }
    poll->handle.data = poll;
    mail->open_handles++;
    return poll;
}

static int on_socket(CURL *easy, curl_socket_t socket, int what, void *self, void *known)
{
    struct mail *mail = self;
    struct poll *poll = known;
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        if (poll) {
            uv_poll_stop(&poll->handle);
            uv_close((uv_handle_t *)&poll->handle, on_poll_closed);
            curl_multi_assign(mail->multi, socket, NULL);
        }
        return 0;
    }
    if (!poll) {
        poll = poll_new(mail, socket);
        if (!poll)
            return -1;
        curl_multi_assign(mail->multi, socket, poll);
    }
    int events = (what & CURL_POLL_IN ? UV_READABLE : 0) | (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
    return uv_poll_start(&poll->handle, events, on_poll);
}

static size_t on_read(char *to, size_t size, size_t n, void *self)
{
    struct letter_out *letter = self;
    size_t room = size * n, left = letter->len - letter->sent;
    size_t take = left < room ? left : room;
    memcpy(to, letter->content + letter->sent, take);
    letter->sent += take;
    return take;
}

/* The server's lines; the last one that is an answer (not the greeting after QUIT) is kept. */
static size_t on_reply(char *line, size_t size, size_t n, void *self)
{
    struct letter_out *letter = self;
    size_t len = size * n;
    if (len > 4 && strncmp(line, "221", 3) != 0) {
        size_t keep = len < REPLY_TEXT_MAX ? len : REPLY_TEXT_MAX - 1;
        memcpy(letter->reply, line, keep);
        letter->reply[keep] = 0;
        letter->reply[strcspn(letter->reply, "\r\n")] = 0;
    }
    return len;
}

/* Sees the commands go out: curl does not say which one an answer was to. */
static int on_command(CURL *easy, curl_infotype type, char *data, size_t size, void *self)
{
    struct letter_out *letter = self;
    (void)easy;
    if (type == CURLINFO_HEADER_OUT && size >= 5 && strncasecmp(data, "RCPT ", 5) == 0)
        letter->named = true;
    return 0;
}

static void letter_start(struct mail *mail, struct letter_out *letter, const char *from)
{
    CURL *easy = curl_easy_init();
    MUST(easy);
    letter->easy = easy;
    curl_easy_setopt(easy, CURLOPT_URL, mail->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, letter->to);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(easy, CURLOPT_READDATA, letter);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_reply);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, letter);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)letter->len);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)MAIL_TIMEOUT_S);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)MAIL_CONNECT_S);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, letter);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_command);
    curl_easy_setopt(easy, CURLOPT_DEBUGDATA, letter);
    curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
    if (mail->user) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, mail->user);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, mail->password ? mail->password : "");
        /* A password never goes over an open line. */
        curl_easy_setopt(easy, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
    }
    curl_multi_add_handle(mail->multi, easy);
}

/* Folders answer on the next turn too, so that callers see one order of things. */
static void on_folder_timer(uv_timer_t *timer)
{
    struct mail *mail = timer->data;
    while (mail->sending) {
        struct letter_out *letter = mail->sending;
        unlink_letter(letter);
        mail->answered(mail->owner, letter->message, letter->code, letter->reply);
        letter_free(letter);
    }
}

static void to_folder(struct mail *mail, struct letter_out *letter)
{
    struct err err = { 0 };
    bool written = folder_put(mail->folder, letter->key, letter->content, letter->len, &err) == 0;
    letter->code = written ? 250 : 0;
    snprintf(letter->reply, sizeof letter->reply, "%.*s", REPLY_TEXT_MAX - 1,
             written ? "written to the folder" : err.text);
    uv_timer_start(&mail->folder_timer, on_folder_timer, 0, 0);
}

static char *copy(const char *text)
{
    char *out = text ? strdup(text) : NULL;
    MUST(out || !text);
    return out;
}

void mail_send(struct mail *mail, int64_t message, const char *key, const char *from,
               const char *to, const char *content)
{
    struct letter_out *letter = calloc(1, sizeof *letter);
    MUST(letter && !mail->closing);
    letter->mail = mail;
    letter->message = message;
    letter->key = copy(key);
    letter->content = copy(content);
    letter->len = strlen(content);
    letter->next = mail->sending;
    mail->sending = letter;
    mail->under_way++;
    if (!mail->url) {
        to_folder(mail, letter);
        return;
    }
    letter->to = curl_slist_append(NULL, to);
    MUST(letter->to);
    letter_start(mail, letter, from);
}

size_t mail_under_way(const struct mail *mail)
{
    return mail->under_way;
}

enum err_code mail_open(uv_loop_t *loop, const struct mail_server *server,
                        mail_answer_fn *answered, void *owner, struct mail **out, struct err *err)
{
    if (!server->url) {
        enum err_code rc = folder_make(server->folder, err);
        if (rc)
            return rc;
    }
    if (curl_global_init(CURL_GLOBAL_DEFAULT))
        return err_set(err, ERR_SYSTEM, "cannot start the mail library");
    struct mail *mail = calloc(1, sizeof *mail);
    MUST(mail);
    *mail = (struct mail){ .loop = loop, .url = copy(server->url), .user = copy(server->user),
                           .password = copy(server->password), .folder = copy(server->folder),
                           .answered = answered, .owner = owner };
    mail->multi = curl_multi_init();
    MUST(mail->multi);
    curl_multi_setopt(mail->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(mail->multi, CURLMOPT_SOCKETDATA, mail);
    curl_multi_setopt(mail->multi, CURLMOPT_TIMERFUNCTION, on_timeout);
    curl_multi_setopt(mail->multi, CURLMOPT_TIMERDATA, mail);
    curl_multi_setopt(mail->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)MAIL_AT_ONCE);
    uv_timer_init(loop, &mail->timer);
    uv_timer_init(loop, &mail->folder_timer);
    mail->timer.data = mail->folder_timer.data = mail;
    mail->open_handles = 2;
    *out = mail;
    return ERR_NONE;
}

void mail_close(struct mail *mail, void (*closed)(void *owner))
{
    MUST(!mail->closing);
    mail->closed = closed;
    mail->closing = true;
    while (mail->sending) {
        struct letter_out *letter = mail->sending;
        if (letter->easy)
            curl_multi_remove_handle(mail->multi, letter->easy);
        unlink_letter(letter);
        letter_free(letter);
    }
    curl_multi_cleanup(mail->multi);
    curl_global_cleanup();
    uv_close((uv_handle_t *)&mail->timer, on_timer_closed);
    uv_close((uv_handle_t *)&mail->folder_timer, on_timer_closed);
}
