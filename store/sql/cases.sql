-- SPDX-License-Identifier: MIT
-- name: case_get
SELECT id, ref, process, state, ruleset, school, head, wake, open, subject, keys, head_hash, body
  FROM casefile WHERE id = :id;

-- name: case_get_ref
SELECT id, ref, process, state, ruleset, school, head, wake, open, subject, keys, head_hash, body
  FROM casefile WHERE ref = :ref;

-- name: case_about
SELECT id FROM casefile WHERE subject = :subject AND process = :process AND open = 1
 ORDER BY id DESC LIMIT 1;

-- name: case_last
SELECT ifnull(max(id), 0) FROM casefile;

-- name: case_insert
INSERT INTO casefile(id, ref, ruleset, process, state, open, school, head, head_hash, wake,
                     subject, keys, body)
VALUES (:id, :ref, :ruleset, :process, :state, :open, :school, :head, :head_hash, :wake,
        :subject, :keys, :body);

-- What an update would change: SQLite rewrites an index whose column is set, even to the same
-- value, and each such page is scattered.
-- name: case_stands
SELECT head, wake IS NOT :wake,
       ruleset <> :ruleset OR open <> :open OR school <> :school OR process <> :process
         OR ref <> :ref OR subject IS NOT :subject
  FROM casefile WHERE id = :id;

-- name: case_update
UPDATE casefile SET state = :state, head = :head, head_hash = :head_hash, keys = :keys, body = :body
 WHERE id = :id;

-- name: case_update_wake
UPDATE casefile SET state = :state, head = :head, head_hash = :head_hash, keys = :keys,
                    body = :body, wake = :wake
 WHERE id = :id;

-- name: case_update_listed
UPDATE casefile SET ruleset = :ruleset, open = :open, school = :school, process = :process,
                    ref = :ref, subject = :subject
 WHERE id = :id;

-- name: cases_owed
SELECT wake, id FROM casefile WHERE wake <= :until AND (wake, id) > (:wake, :id)
 ORDER BY wake, id LIMIT :room;

-- name: cases_next_wake
SELECT min(wake) FROM casefile WHERE wake IS NOT NULL;

-- name: cases_owed_count
SELECT count(*) FROM casefile WHERE wake <= :until;

-- name: opened_get
SELECT case_id FROM opened WHERE key = :key;

-- name: opened_put
INSERT INTO opened(key, case_id) VALUES (:key, :case_id);

-- name: due_put
INSERT INTO due(desk, do_by, case_id, name, due_on) VALUES (:desk, :do_by, :case_id, :name, :due_on)
    ON CONFLICT(desk, do_by, case_id, name) DO UPDATE SET due_on = excluded.due_on;

-- name: due_drop
DELETE FROM due WHERE desk = :desk AND do_by = :do_by AND case_id = :case_id AND name = :name;
