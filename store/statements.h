/* SPDX-License-Identifier: MIT */
/* statements - every statement of store/sql/, by the name over it.
 *
 * The one list: STORE's enum, the prepared statements of a connection and the
 * unit test that prepares each and looks at its query plan come from it.
 */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#define STATEMENT_TABLE(X)                                                                        \
    X(tx_begin) X(tx_commit) X(tx_rollback) X(tx_snapshot) X(tx_look)                             \
    X(case_get) X(case_get_ref) X(case_about) X(case_last) X(case_insert) X(case_stands)          \
    X(case_update) X(case_update_wake) X(case_update_listed)                                      \
    X(cases_owed) X(cases_next_wake) X(cases_owed_count)                                          \
    X(event_get) X(event_last) X(event_add) X(event_hashes)                                       \
    X(opened_get) X(opened_put) X(due_put) X(due_drop) X(notice_last) X(notice_add)               \
    X(seal_last) X(seal_add) X(seal_all)                                                          \
    X(school_get) X(school_add) X(school_change)                                                  \
    X(person_get) X(person_by_email) X(person_add) X(person_change) X(person_prefer)              \
    X(person_refused) X(letter_put) X(letter_sent) X(letter_get) X(letters_unsent) X(letters_all)  \
    X(desk_find) X(desk_add) X(desk_get) X(desk_people) X(person_desks) X(desks_empty)            \
    X(sits_put) X(sits_clear)                                                                     \
    X(pack_find) X(pack_add) X(pack_files_get) X(calendar_find) X(calendar_add)                   \
    X(calendar_files_get) X(files_all) X(in_use_lost) X(in_use_put) X(in_use_get)                 \
    X(in_use_all) X(calendar_reached) X(calendar_reach) X(calendars_between)                      \
    X(ruleset_find) X(ruleset_any) X(ruleset_add) X(ruleset_get)                                  \
    X(notices_people) X(notices_of) X(notices_with) X(notices_next) X(notice_settle)              \
    X(notices_release)                                                                            \
    X(message_add) X(message_get) X(message_by_key) X(message_freeze) X(message_done)             \
    X(messages_ready) X(messages_next) X(messages_waiting_of) X(messages_stale)                   \
    X(due_of_person) X(due_of_all) X(due_days) X(due_of_cases) X(desk_size)                       \
    X(cases_by_id) X(cases_of_school) X(cases_overdue) X(case_ids)                                \
    X(versions) X(notices_of_case) X(counts)                                                      \
    X(file_find) X(file_add) X(file_get) X(file_each)                                             \
    X(schedules_all) X(schedule_begin) X(schedule_set) X(in_use_next)            \
    X(schools_after) X(cases_of_process) X(cases_at_school)

enum statement {
#define X(name) SQL_##name,
    STATEMENT_TABLE(X)
#undef X
    SQL_COUNT
};

struct statement_text {
    const char *name;
    const char *text;
    int len;
};

/* The statement's text. MUST() be there: the unit test looks at each. */
const struct statement_text *statement_text(enum statement which);

/* The schema's files, numbered from 1 without gaps. */
int schema_newest(void);
const char *schema_text(int number);

#endif
