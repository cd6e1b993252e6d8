/* SPDX-License-Identifier: MIT */
/* vfs - a disk that fails when it is told to: a shim over SQLite's own VFS.
 *
 * Once installed it is the default, so the store opens its files through it
 * without knowing. Operations are counted over all files; the n-th one fails.
 * For tests of one thread.
 */
#ifndef TESTS_FAULTS_VFS_H
#define TESTS_FAULTS_VFS_H

#include <stdbool.h>

enum fault_op {
    FAULT_READ = 1,
    FAULT_WRITE = 2,
    FAULT_SYNC = 4,
    FAULT_OPEN = 8,
    FAULT_TRUNCATE = 16,
    FAULT_CHANGES = FAULT_WRITE | FAULT_SYNC | FAULT_OPEN | FAULT_TRUNCATE,
};

enum fault_kind {
    FAULT_IO,      /* SQLITE_IOERR, whichever the operation has. */
    FAULT_NO_ROOM, /* SQLITE_FULL for writes, the I/O error for the rest. */
    FAULT_HALF,    /* As FAULT_IO, but a write has put down its first half. */
    FAULT_KILL,    /* The process ends at once, before the operation. */
    FAULT_POWER,   /* The power goes: of what was not synced nothing is left, and all fails then. */
    FAULT_TORN,    /* The same, but of what was not synced every second write is there. */
};

struct fault_plan {
    unsigned ops;
    enum fault_kind kind;
    int nth;      /* From 1. */
    bool forever; /* All operations after it fail too; else only this one. */
};

void faults_install(void);
void faults_arm(const struct fault_plan *plan);
/* Stops failing; how many operations failed since faults_arm(). */
int faults_disarm(void);
/* Operations of the plan's kinds seen since faults_arm(). */
int faults_seen(void);

#endif
