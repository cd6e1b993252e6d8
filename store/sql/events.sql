-- SPDX-License-Identifier: MIT
-- name: event_get
SELECT id, case_id, prev, ifnull(cause, 0), ruleset, recorded_ms, said, did, personal, salt, sealed,
       hash
  FROM event WHERE id = :id;

-- name: event_last
SELECT ifnull(max(id), 0) FROM event;

-- name: event_add
INSERT INTO event(id, case_id, prev, cause, ruleset, recorded_ms, said, did, personal, salt, hash)
VALUES (:id, :case_id, :prev, :cause, :ruleset, :recorded_ms, :said, :did, :personal, :salt, :hash);

-- name: event_hashes
SELECT id, hash FROM event WHERE id > :after AND id <= :upto ORDER BY id;

-- name: seal_last
SELECT upto, hash FROM seal WHERE id = (SELECT max(id) FROM seal);

-- name: seal_add
INSERT INTO seal(upto, made_ms, hash) VALUES (:upto, :made_ms, :hash);

-- name: seal_all
-- scan: allowed (one row a day)
SELECT id, upto, hash FROM seal ORDER BY id;
