/* SPDX-License-Identifier: MIT */
/*   alarm ----> pump job --(writer thread)--> done --uv_async--> on_jobs
 *     ^                                                            |
 *     '---- next look <-- messages to mail <-----------------------'
 *                              |
 *                        mail answers --> answer job --(writer)--> on_jobs
 *
 * One pump job is under way at most. Everything here runs on the loop but
 * job_done(), which runs on the writer's thread and only hands over.
 */
#include "engine/edge/service.h"

#include "engine/base/arena.h"
#include "engine/edge/log.h"
#include "engine/edge/mail.h"
#include "engine/run/pump.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <uv.h>

enum {
    SLEEP_MAX_MS = 30 * 1000,
    DRAIN_MS = 10 * 1000,
    RETRY_MS = 1000,              /* After a fault of the store. */
    JUMP_MS = 36 * 3600 * 1000,   /* Wall time ahead of boot time: hold the clock. */
};

struct task {
    struct job job;
    struct service *service;
    struct task *next;
    enum err_code code;
    struct err err;
    int64_t message, now_ms;      /* An answer of the mail server. */
    int reply;
    char *text;
};

struct service {
    const struct service_settings *settings;
    struct service_figures figures;
    uv_loop_t loop;
    uv_timer_t alarm, drain;
    uv_async_t async;
    uv_signal_t sigterm, sigint, sighup;
    struct mail *mail;
    struct writer *writer;
    uv_mutex_t mutex;
    struct task *finished;        /* Under the mutex. */
    size_t tasks;                 /* Under way: pump and answers. */
    struct task pump_task;
    struct pump pump;
    bool pumping, pump_again, stopping, closing;
    bool hold_clock;              /* Wall time jumped; the pump is told when it begins a slice. */
    int64_t sending[PUMP_SEND_MAX];
    size_t sending_count;
    int64_t stuck;                /* Events that could not be decided, as last logged. */
    int64_t wall_ms, boot_ms;     /* When the clocks were last seen to agree. */
    char *folder, *domain;
    enum err_code code;
    struct err err;
};

static void pump_start(struct service *service);
static void stop_when_idle(struct service *service);

static int64_t boot_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_BOOTTIME, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The writer's thread: hand over and wake the loop. */
static void job_done(struct job *job, enum err_code code, const struct err *err)
{
    struct task *task = job->self;
    struct service *service = task->service;
    task->code = code;
    task->err = *err;
    uv_mutex_lock(&service->mutex);
    task->next = service->finished;
    service->finished = task;
    uv_mutex_unlock(&service->mutex);
    uv_async_send(&service->async);
}

static enum err_code pump_work(struct job *job, struct world *world, struct arena *arena,
                               struct err *err)
{
    struct task *task = job->self;
    return pump_slice(&task->service->pump, world, arena, &job->changes, err);
}

static enum err_code answer_work(struct job *job, struct world *world, struct arena *arena,
                                 struct err *err)
{
    struct task *task = job->self;
    const char *zone = world_zone(world, minute_day(clock_local(task->now_ms, NULL)));
    job->changes = true;
    return message_answered(world, task->message, task->reply, task->text, task->now_ms,
                            clock_local(task->now_ms, zone), arena, err);
}

static void forget_sending(struct service *service, int64_t message)
{
    for (size_t i = 0; i < service->sending_count; i++) {
        if (service->sending[i] != message)
            continue;
        service->sending[i] = service->sending[--service->sending_count];
        return;
    }
}

/* --- the clock ------------------------------------------------------------------------------- */

/* Wall time far ahead of boot time: a clock set wrong would fire a year of reminders. */
static void watch_clock(struct service *service)
{
    int64_t wall = clock_now_ms(), boot = boot_ms();
    int64_t jump = (wall - service->wall_ms) - (boot - service->boot_ms);
    if (jump <= JUMP_MS || service->hold_clock)
        return;
    service->hold_clock = true;
    log_line("error", "the clock jumped %lld hours ahead while running: clock events are held "
                      "until someone confirms with SIGHUP", (long long)(jump / 3600000));
}

static void confirm_clock(struct service *service)
{
    service->wall_ms = clock_now_ms();
    service->boot_ms = boot_ms();
    if (service->hold_clock)
        log_line("warn", "the clock is confirmed: clock events go on");
    service->hold_clock = false;
}

static void on_alarm(uv_timer_t *timer)
{
    pump_start(timer->data);
}

static void alarm_at(struct service *service, int64_t when_ms)
{
    int64_t wait = when_ms - clock_now_ms();
    if (wait < 0)
        wait = 0;
    if (wait > SLEEP_MAX_MS || when_ms == INT64_MAX)
        wait = SLEEP_MAX_MS;
    if (!service->closing)
        uv_timer_start(&service->alarm, on_alarm, (uint64_t)wait, 0);
}

/* --- pumping --------------------------------------------------------------------------------- */

static void pump_start(struct service *service)
{
    if (service->pumping || service->stopping) {
        service->pump_again = !service->stopping;
        return;
    }
    watch_clock(service);
    size_t room = PUMP_SEND_MAX - service->sending_count;
    service->pump.now_ms = clock_now_ms();
    service->pump.hold_clock = service->hold_clock;
    service->pump.send_room = room;
    memcpy(service->pump.sending, service->sending, sizeof service->sending);
    service->pump.sending_count = service->sending_count;
    service->pump_task.service = service;
    service->pump_task.job = (struct job){ .work = pump_work, .done = job_done,
                                           .self = &service->pump_task, .bulk = true };
    service->pumping = writer_put(service->writer, &service->pump_task.job);
    service->tasks += service->pumping;
    if (!service->pumping)
        alarm_at(service, clock_now_ms() + RETRY_MS);
}

static void send_out(struct service *service)
{
    struct pump *pump = &service->pump;
    for (size_t i = 0; i < pump->out_count; i++) {
        struct outbound *out = &pump->out[i];
        if (!service->stopping) {
            service->sending[service->sending_count++] = out->id;
            mail_send(service->mail, out->id, out->key, out->from, out->to, out->content);
        }
    }
    pump_drop(pump);
}

static void pump_finished(struct service *service, struct task *task)
{
    struct pump *pump = &service->pump;
    service->pumping = false;
    if (task->code) {
        pump_drop(pump);
        log_line("error", "the clock could not be served: %s", task->err.text);
        if (service->settings->once) {
            service->code = task->code;
            service->err = task->err;
            service->stopping = true;
        }
        alarm_at(service, clock_now_ms() + RETRY_MS);
        return;
    }
    pump_kept(pump);
    service->figures.events += pump->swept.events;
    service->figures.refused += pump->swept.refused;
    service->figures.messages_made += (int64_t)pump->made;
    if (pump->swept.refused && pump->swept.refused != service->stuck)
        log_line("error", "%lld events of the clock could not be decided; see reeve verify",
                 (long long)pump->swept.refused);
    service->stuck = pump->swept.refused;
    if (*pump->unknown)
        log_line("warn", "%s opens nothing more: its calendar ends; see reeve schedules",
                 pump->unknown);
    if (pump->swept.unopened)
        log_line("warn", "%lld not opened by a schedule, the first %s",
                 (long long)pump->swept.unopened, pump->swept.why);
    if (pump->sealed)
        log_line("info", "seal of all events to %lld: %s", (long long)pump->seal_upto,
                 pump->seal_hex);
    if (service->settings->progress && pump->swept.events)
        service->settings->progress(service->settings->self, service->figures.events,
                                    pump->swept.left);
    bool sent = pump->out_count > 0;
    send_out(service);
    if (pump->more || service->pump_again || sent) {
        service->pump_again = false;
        pump_start(service);
        return;
    }
    alarm_at(service, pump->next_ms);
    if (service->settings->once && !service->sending_count)
        service->stopping = true;
}

static void answer_finished(struct service *service, struct task *task)
{
    if (task->code) /* Not on record: it is sent again, under the same Message-ID. */
        log_line("error", "a mail answer could not be recorded: %s", task->err.text);
    forget_sending(service, task->message);
    free(task->text);
    free(task);
    pump_start(service);
}

static void on_jobs(uv_async_t *async)
{
    struct service *service = async->data;
    uv_mutex_lock(&service->mutex);
    struct task *tasks = service->finished;
    service->finished = NULL;
    uv_mutex_unlock(&service->mutex);
    while (tasks) {
        struct task *task = tasks;
        tasks = task->next;
        service->tasks--;
        if (task == &service->pump_task)
            pump_finished(service, task);
        else
            answer_finished(service, task);
    }
    stop_when_idle(service);
}

static void on_mail_answer(void *owner, int64_t message, int reply, const char *text)
{
    struct service *service = owner;
    struct task *task = calloc(1, sizeof *task);
    MUST(task);
    task->service = service;
    task->message = message;
    task->reply = reply;
    task->now_ms = clock_now_ms();
    task->text = strdup(text);
    task->job = (struct job){ .work = answer_work, .done = job_done, .self = task };
    service->figures.sent += reply >= 200 && reply < 300;
    service->figures.mail_refused += reply >= 500;
    service->figures.mail_waiting += reply < 200 || (reply >= 300 && reply < 500);
    if (reply < 200 || reply >= 300)
        log_line("warn", "message %lld: %d %s", (long long)message, reply, text);
    service->tasks++;
    if (writer_put(service->writer, &task->job))
        return;
    service->tasks--;
    forget_sending(service, message);
    free(task->text);
    free(task);
}

/* --- beginning and ending -------------------------------------------------------------------- */

static void on_closed(uv_handle_t *handle)
{
    (void)handle;
}

static void on_mail_closed(void *owner)
{
    (void)owner;
}

static void close_all(struct service *service)
{
    if (service->closing)
        return;
    service->closing = true;
    mail_close(service->mail, on_mail_closed);
    uv_close((uv_handle_t *)&service->alarm, on_closed);
    uv_close((uv_handle_t *)&service->drain, on_closed);
    uv_close((uv_handle_t *)&service->async, on_closed);
    uv_close((uv_handle_t *)&service->sigterm, on_closed);
    uv_close((uv_handle_t *)&service->sigint, on_closed);
    uv_close((uv_handle_t *)&service->sighup, on_closed);
}

static void stop_when_idle(struct service *service)
{
    if (service->stopping && !service->tasks && !mail_under_way(service->mail))
        close_all(service);
}

static void on_drain(uv_timer_t *timer)
{
    struct service *service = timer->data;
    if (service->tasks) {
        uv_timer_start(timer, on_drain, 100, 0); /* The writer's jobs always end. */
        return;
    }
    log_line("warn", "%zu messages under way get no more time; they are sent again",
             mail_under_way(service->mail));
    close_all(service);
}

static void on_stop(uv_signal_t *handle, int number)
{
    struct service *service = handle->data;
    if (service->stopping)
        return;
    log_line("info", "signal %d: ending", number);
    service->stopping = true;
    uv_timer_start(&service->drain, on_drain, DRAIN_MS, 0);
    stop_when_idle(service);
}

static void on_hangup(uv_signal_t *handle, int number)
{
    struct service *service = handle->data;
    (void)number;
    confirm_clock(service);
    pump_start(service);
}

static void start_handles(struct service *service)
{
    uv_timer_init(&service->loop, &service->alarm);
    uv_timer_init(&service->loop, &service->drain);
    uv_async_init(&service->loop, &service->async, on_jobs);
    uv_signal_init(&service->loop, &service->sigterm);
    uv_signal_init(&service->loop, &service->sigint);
    uv_signal_init(&service->loop, &service->sighup);
    service->alarm.data = service->drain.data = service->async.data = service;
    service->sigterm.data = service->sigint.data = service->sighup.data = service;
    uv_signal_start(&service->sigterm, on_stop, SIGTERM);
    uv_signal_start(&service->sigint, on_stop, SIGINT);
    uv_signal_start(&service->sighup, on_hangup, SIGHUP);
}

static char *domain_of(const char *from)
{
    const char *at = strrchr(from, '@');
    char *domain = strdup(at ? at + 1 : "localhost");
    MUST(domain);
    domain[strcspn(domain, "> ")] = 0;
    return domain;
}

static enum err_code run_loop(struct service *service, struct err *err)
{
    const struct service_settings *settings = service->settings;
    const struct mail_server server = { settings->mail_server, settings->mail_user,
                                        settings->mail_password, service->folder };
    enum err_code rc =
        mail_open(&service->loop, &server, on_mail_answer, service, &service->mail, err);
    if (rc)
        return rc;
    start_handles(service);
    confirm_clock(service);
    if (!settings->once)
        log_line("info", "serving %s; mail goes to %s", settings->database,
                 settings->mail_server ? settings->mail_server : service->folder);
    pump_start(service);
    uv_run(&service->loop, UV_RUN_DEFAULT);
    *err = service->err;
    return service->code;
}

static enum err_code with_writer(struct service *service, struct err *err)
{
    enum err_code rc = writer_start(service->settings->database, &service->writer, err);
    if (rc)
        return rc;
    uv_loop_init(&service->loop);
    uv_mutex_init(&service->mutex);
    rc = run_loop(service, err);
    writer_stop(service->writer);
    int open = uv_loop_close(&service->loop);
    MUST(open == 0); /* Every handle was closed. */
    uv_mutex_destroy(&service->mutex);
    return rc;
}

enum err_code service_run(const struct service_settings *settings, struct service_figures *out,
                          struct err *err)
{
    const char *from = settings->mail_from ? settings->mail_from : "reeve <reeve@localhost>";
    struct service_lock *lock;
    enum err_code rc = service_lock_take(settings->database, &lock, err);
    if (rc)
        return rc;
    struct service *service = calloc(1, sizeof *service);
    MUST(service);
    service->settings = settings;
    service->domain = domain_of(from);
    size_t room = strlen(settings->database) + sizeof "-mail";
    service->folder = malloc(room);
    MUST(service->folder);
    snprintf(service->folder, room, "%s-mail", settings->database);
    service->pump.head = (struct letterhead){ .from = from, .base_url = settings->base_url,
                                              .domain = service->domain };
    service->pump.place.seal_day = service->pump.place.calendar_day = DAY_NONE;
    rc = with_writer(service, err);
    *out = service->figures;
    free(service->folder);
    free(service->domain);
    free(service);
    service_lock_release(lock);
    return rc;
}
