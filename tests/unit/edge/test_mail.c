/* SPDX-License-Identifier: MIT */
/* Mail handed to a server that answers by a table, and to a folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "engine/edge/folder.h"
#include "engine/edge/mail.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- a server that says what it is told to --------------------------------------------------- */

struct server {
    int listener, port;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t ended;
    int calls;                 /* Under way, each in a thread of its own. */
    /* Answers; NULL: the usual one; "": hangs up instead. */
    const char *greeting, *mail, *rcpt, *data, *kept;
    char got[4096];            /* What came as the message. */
    bool stopping;
};

static bool say(int fd, const char *line, const char *usual)
{
    char text[200];
    if (line && !*line)
        return false;
    int len = snprintf(text, sizeof text, "%s\r\n", line ? line : usual);
    return write(fd, text, (size_t)len) == len;
}

static bool hear(FILE *in, char *line, int room)
{
    return fgets(line, room, in) != NULL;
}

static void take_message(struct server *server, FILE *in)
{
    char line[1200], got[sizeof server->got] = "";
    while (hear(in, line, sizeof line) && strcmp(line, ".\r\n") != 0)
        if (strlen(got) + strlen(line) < sizeof got)
            strcat(got, line[0] == '.' ? line + 1 : line);
    pthread_mutex_lock(&server->mutex);
    strcpy(server->got, got);
    pthread_mutex_unlock(&server->mutex);
}

static void converse(struct server *server, int fd)
{
    char line[1200];
    FILE *in = fdopen(fd, "r");
    bool going = say(fd, server->greeting, "220 ready");
    while (going && hear(in, line, sizeof line)) {
        if (strncmp(line, "EHLO", 4) == 0)
            going = say(fd, NULL, "250 at your service");
        else if (strncmp(line, "MAIL", 4) == 0)
            going = say(fd, server->mail, "250 sender noted");
        else if (strncmp(line, "RCPT", 4) == 0)
            going = say(fd, server->rcpt, "250 recipient noted");
        else if (strncmp(line, "DATA", 4) == 0) {
            going = say(fd, server->data, "354 go on");
            if (!going || (server->data && server->data[0] != '3'))
                continue;
            take_message(server, in);
            going = say(fd, server->kept, "250 kept");
        } else {
            say(fd, NULL, "221 bye");
            going = false;
        }
    }
    fclose(in);
}

struct call {
    struct server *server;
    int fd;
};

static void *take_call(void *self)
{
    struct call *call = self;
    struct server *server = call->server;
    converse(server, call->fd);
    free(call);
    pthread_mutex_lock(&server->mutex);
    server->calls--;
    pthread_cond_broadcast(&server->ended);
    pthread_mutex_unlock(&server->mutex);
    return NULL;
}

static void *serve(void *self)
{
    struct server *server = self;
    for (;;) {
        int fd = accept(server->listener, NULL, NULL);
        if (fd < 0 || server->stopping) {
            if (fd >= 0)
                close(fd);
            return NULL;
        }
        pthread_t thread;
        struct call *call = malloc(sizeof *call);
        *call = (struct call){ server, fd };
        pthread_mutex_lock(&server->mutex);
        server->calls++;
        pthread_mutex_unlock(&server->mutex);
        assert_int_equal(pthread_create(&thread, NULL, take_call, call), 0);
        pthread_detach(thread);
    }
}

static void server_start(struct server *server)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t len = sizeof at;
    pthread_mutex_init(&server->mutex, NULL);
    pthread_cond_init(&server->ended, NULL);
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(server->listener, (struct sockaddr *)&at, len), 0);
    assert_int_equal(listen(server->listener, 8), 0);
    assert_int_equal(getsockname(server->listener, (struct sockaddr *)&at, &len), 0);
    server->port = ntohs(at.sin_port);
    assert_int_equal(pthread_create(&server->thread, NULL, serve, server), 0);
}

static void server_stop(struct server *server)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                              .sin_port = htons((uint16_t)server->port) };
    server->stopping = true;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
    pthread_join(server->thread, NULL);
    pthread_mutex_lock(&server->mutex);
    while (server->calls)
        pthread_cond_wait(&server->ended, &server->mutex);
    pthread_mutex_unlock(&server->mutex);
    close(fd);
    close(server->listener);
}

/* --- the sending side ------------------------------------------------------------------------ */

struct sender {
    uv_loop_t loop;
    struct mail *mail;
    int answers, reply, wanted;
    int64_t message;
    char text[600];
    bool closed;
};

static void on_closed(void *owner)
{
    ((struct sender *)owner)->closed = true;
}

static void on_answer(void *owner, int64_t message, int reply, const char *text)
{
    struct sender *sender = owner;
    sender->answers++;
    sender->reply = reply;
    sender->message = message;
    snprintf(sender->text, sizeof sender->text, "%s", text);
    if (sender->answers == sender->wanted)
        uv_stop(&sender->loop);
}

static void sender_begin(struct sender *sender, const char *url, const char *folder,
                         const char *user)
{
    const struct mail_server server = { url, user, user ? "secret" : NULL, folder };
    struct err err;
    *sender = (struct sender){ .wanted = 1 };
    uv_loop_init(&sender->loop);
    assert_int_equal(mail_open(&sender->loop, &server, on_answer, sender, &sender->mail, &err), 0);
}

static void sender_end(struct sender *sender)
{
    mail_close(sender->mail, on_closed);
    uv_run(&sender->loop, UV_RUN_DEFAULT);
    assert_true(sender->closed);
    assert_int_equal(uv_loop_close(&sender->loop), 0);
}

static const char content[] = "Subject: one\r\n\r\nHello\r\n.dot\r\nend\r\n";

static void send_one(struct sender *sender)
{
    mail_send(sender->mail, 7, "digest:7:2026-11-05", "from@town.example.org",
              "to@home.example.org", content);
    uv_run(&sender->loop, UV_RUN_DEFAULT);
}

static void answers_by_table(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct server server;
        int reply;
        const char *text;
    } table[] = {
        { "accepted", { 0 }, 250, "250 kept" },
        { "busy at the door", { .greeting = "421 too busy" }, 421, "421 too busy" },
        { "not for us at the door", { .greeting = "554 no service" }, 0, "" },
        { "hangs up at the door", { .greeting = "" }, 0, "" },
        { "the sender later", { .mail = "451 later" }, 451, "451 later" },
        { "the sender never", { .mail = "550 who are you" }, 0, "550 who are you" },
        { "the recipient later", { .rcpt = "450 greylisted" }, 450, "450 greylisted" },
        { "the recipient never", { .rcpt = "550 no such mailbox" }, 550, "550 no such mailbox" },
        { "a full mailbox", { .rcpt = "552 mailbox full" }, 552, "552 mailbox full" },
        { "no data", { .data = "451 not now" }, 451, "451 not now" },
        { "refused once read", { .kept = "554 looks like spam" }, 554, "554 looks like spam" },
        { "put off once read", { .kept = "452 no room" }, 452, "452 no room" },
        { "hangs up once read", { .kept = "" }, 0, "" },
        { "hangs up before", { .rcpt = "" }, 0, "" },
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct server server = table[i].server;
        struct sender sender;
        char url[60];
        server_start(&server);
        snprintf(url, sizeof url, "smtp://127.0.0.1:%d", server.port);
        sender_begin(&sender, url, NULL, NULL);
        send_one(&sender);
        size_t len = strlen(table[i].text);
        if (sender.reply != table[i].reply || strncmp(sender.text, table[i].text, len) != 0)
            fail_msg("%s: %d '%s'", table[i].name, sender.reply, sender.text);
        assert_int_equal(sender.answers, 1);
        assert_int_equal(sender.message, 7);
        assert_true(sender.text[0]);
        assert_int_equal(mail_under_way(sender.mail), 0);
        if (sender.reply == 250)
            assert_string_equal(server.got, content);
        sender_end(&sender);
        server_stop(&server);
    }
}

/* Nobody listens there. */
static void unreachable(void **state)
{
    (void)state;
    struct server server = { 0 };
    struct sender sender;
    char url[60];
    server_start(&server);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%d", server.port);
    server_stop(&server);
    sender_begin(&sender, url, NULL, NULL);
    send_one(&sender);
    assert_int_equal(sender.reply, 0);
    assert_non_null(strstr(sender.text, "connect"));
    sender_end(&sender);
}

/* A password is not said over an open line. */
static void no_password_in_the_open(void **state)
{
    (void)state;
    struct server server = { 0 };
    struct sender sender;
    char url[60];
    server_start(&server);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%d", server.port);
    sender_begin(&sender, url, NULL, "reeve");
    send_one(&sender);
    assert_int_equal(sender.reply, 0);
    assert_string_equal(server.got, "");
    sender_end(&sender);
    server_stop(&server);
}

static void many_at_once(void **state)
{
    (void)state;
    struct server server = { 0 };
    struct sender sender;
    char url[60];
    server_start(&server);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%d", server.port);
    sender_begin(&sender, url, NULL, NULL);
    sender.wanted = 20;
    for (int i = 0; i < 20; i++)
        mail_send(sender.mail, i, "k", "from@town.example.org", "to@home.example.org", content);
    assert_int_equal(mail_under_way(sender.mail), 20);
    uv_run(&sender.loop, UV_RUN_DEFAULT);
    assert_int_equal(sender.answers, 20);
    assert_int_equal(sender.reply, 250);
    sender_end(&sender);
    server_stop(&server);
}

/* Closing ends what is under way without an answer, and leaves nothing behind. */
static void closing_in_the_middle(void **state)
{
    (void)state;
    struct server server = { 0 };
    struct sender sender;
    char url[60];
    server_start(&server);
    snprintf(url, sizeof url, "smtp://127.0.0.1:%d", server.port);
    for (int turns = 0; turns < 12; turns++) {
        sender_begin(&sender, url, NULL, NULL);
        for (int i = 0; i < 3; i++)
            mail_send(sender.mail, i, "k", "from@town.example.org", "to@home.example.org", content);
        for (int i = 0; i < turns; i++)
            uv_run(&sender.loop, UV_RUN_NOWAIT);
        sender_end(&sender);
        assert_true(sender.answers <= 3);
    }
    server_stop(&server);
}

/* --- the folder ------------------------------------------------------------------------------ */

static void to_a_folder(void **state)
{
    (void)state;
    char folder[] = "/tmp/reeve-mail-XXXXXX", path[200], got[200] = "";
    struct sender sender;
    struct stat st;
    assert_non_null(mkdtemp(folder));
    sender_begin(&sender, NULL, folder, NULL);
    send_one(&sender);
    assert_int_equal(sender.reply, 250);
    send_one(&sender); /* Again: replaces itself. */
    assert_int_equal(sender.answers, 2);
    snprintf(path, sizeof path, "%s/digest.7.2026-11-05.eml", folder);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t len = fread(got, 1, sizeof got - 1, file);
    fclose(file);
    assert_int_equal(len, strlen(content));
    assert_string_equal(got, content);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 077, 0); /* Nobody else's. */
    sender_end(&sender);

    char command[200];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    /* Gone: no answer, so it is tried again. */
    const struct mail_server gone = { .folder = folder };
    struct err err;
    sender = (struct sender){ .wanted = 1 };
    uv_loop_init(&sender.loop);
    assert_int_equal(mail_open(&sender.loop, &gone, on_answer, &sender, &sender.mail, &err), 0);
    assert_int_equal(rmdir(folder), 0);
    send_one(&sender);
    assert_int_equal(sender.reply, 0);
    sender_end(&sender);
}

static void a_folder_that_cannot_be(void **state)
{
    (void)state;
    struct err err;
    assert_int_equal(folder_make("/no/such/place", &err), ERR_SYSTEM);
    assert_non_null(strstr(err.text, "/no/such/place"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_by_table),
        cmocka_unit_test(unreachable),
        cmocka_unit_test(no_password_in_the_open),
        cmocka_unit_test(many_at_once),
        cmocka_unit_test(closing_in_the_middle),
        cmocka_unit_test(to_a_folder),
        cmocka_unit_test(a_folder_that_cannot_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
