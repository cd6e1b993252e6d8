-- SPDX-License-Identifier: MIT
-- A notice's number holds its event's: event * 4096 and up. So a case's notices are found along its
-- history, without an index that each new one would scatter.

-- name: notice_last
SELECT max(id) FROM notice WHERE id >= :from AND id <= :last;

-- name: notice_add
INSERT INTO notice(id, case_id, desk, person, kind, about, leave)
VALUES (:id, :case_id, :desk, :person, :kind, :about, :leave);

-- With :ahead also those who are not told daily: they may have to hear today of what comes.
-- name: notices_people
SELECT person FROM notice
 WHERE message IS NULL AND person IS NOT NULL AND leave <= :until AND person > :after
 UNION
SELECT id FROM person
 WHERE (told_on <> 127 OR works_on <> 127) AND :ahead AND id > :after
 ORDER BY 1 LIMIT :room;

-- Minutes of leaving are few (the pack's hour of some days), so each is looked into for the person.
-- name: notices_of
WITH RECURSIVE minute(leave) AS (
  SELECT min(leave) FROM notice WHERE message IS NULL AND person IS NOT NULL
  UNION ALL
  SELECT (SELECT min(n.leave) FROM notice AS n
           WHERE n.message IS NULL AND n.person IS NOT NULL AND n.leave > minute.leave)
    FROM minute WHERE minute.leave < :until)
SELECT n.id, n.case_id, n.desk, n.person, n.leave, n.kind, n.about
  FROM minute CROSS JOIN notice AS n
    ON n.leave = minute.leave AND n.person = :person AND n.message IS NULL AND n.person IS NOT NULL
 WHERE minute.leave <= :until
 ORDER BY n.id;

-- name: notices_with
SELECT id, case_id, desk, person, leave, kind, about FROM notice
 WHERE message = :message AND message > 0 ORDER BY id;

-- name: notices_next
SELECT min(leave) FROM notice WHERE message IS NULL AND person IS NOT NULL;

-- name: notice_settle
UPDATE notice SET message = :message WHERE id = :id;

-- name: notices_release
UPDATE notice SET message = NULL WHERE message = :message AND message > 0;

-- name: message_add
INSERT INTO message(key, person, state, next_try) VALUES (:key, :person, 'waiting', :next_try)
    ON CONFLICT(key) DO NOTHING RETURNING id;

-- name: message_get
SELECT id, key, person, content, state, next_try, tries, reply FROM message WHERE id = :id;

-- name: message_by_key
SELECT id, key, person, content, state, next_try, tries, reply FROM message WHERE key = :key;

-- name: message_freeze
UPDATE message SET content = :content WHERE id = :id;

-- name: message_done
UPDATE message SET state = :state, next_try = :next_try, reply = ifnull(:reply, reply),
                   tries = tries + (:state <> 'replaced')
 WHERE id = :id;

-- name: messages_ready
SELECT id FROM message WHERE state = 'waiting' AND next_try <= :now ORDER BY next_try, id
 LIMIT :room;

-- name: messages_next
SELECT min(next_try) FROM message WHERE state = 'waiting';

-- Digests of days gone by that never went.
-- name: messages_stale
-- scan: allowed (what waits is little)
SELECT id FROM message
 WHERE state = 'waiting' AND +key GLOB 'digest:*' AND substr(key, -10) < :day
 ORDER BY id LIMIT :room;

-- name: messages_waiting_of
-- The plus keeps it off the index of all keys there ever were.
-- scan: allowed (what waits is little)
SELECT id FROM message
 WHERE state = 'waiting' AND person = :person AND +key GLOB 'digest:*'
 ORDER BY id LIMIT :room;
