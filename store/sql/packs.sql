-- SPDX-License-Identifier: MIT
-- name: pack_find
SELECT id FROM pack WHERE hash = :hash;

-- name: pack_add
INSERT INTO pack(name, hash, files, made_ms, by) VALUES (:name, :hash, :files, :made_ms, :by)
RETURNING id;

-- name: pack_files_get
SELECT files FROM pack WHERE id = :id;

-- name: calendar_find
SELECT id FROM calendar WHERE hash = :hash;

-- name: calendar_add
INSERT INTO calendar(name, hash, files, made_ms) VALUES (:name, :hash, :files, :made_ms)
RETURNING id;

-- name: calendar_files_get
SELECT files FROM calendar WHERE id = :id;

-- name: files_all
-- scan: allowed (one row a version, for verify)
SELECT 'pack', id, name, hash, files FROM pack
UNION ALL SELECT 'calendar', id, name, hash, files FROM calendar;

-- What is said to be in use and is not there.
-- name: in_use_lost
-- scan: allowed (a few rows a pack, for verify)
SELECT u.kind, u.version, u.name FROM in_use AS u
 WHERE NOT EXISTS (SELECT 1 FROM pack AS p
                    WHERE u.kind = 'pack' AND p.id = u.version AND p.name = u.name)
   AND NOT EXISTS (SELECT 1 FROM calendar AS c
                    WHERE u.kind = 'calendar' AND c.id = u.version AND c.name = u.name);

-- name: in_use_put
INSERT INTO in_use(kind, name, from_on, version) VALUES (:kind, :name, :from_on, :version)
    ON CONFLICT(kind, name, from_on) DO UPDATE SET version = excluded.version;

-- name: in_use_get
SELECT version FROM in_use WHERE kind = :kind AND name = :name AND from_on <= :on
 ORDER BY from_on DESC LIMIT 1;

-- The newest row of each name with a version of both kinds.
-- name: in_use_all
SELECT p.name, p.version, ifnull((SELECT c.version FROM in_use AS c
                                   WHERE c.kind = 'calendar' AND c.name = p.name
                                     AND c.from_on <= :on
                                   ORDER BY c.from_on DESC LIMIT 1), 0)
  FROM in_use AS p
 WHERE p.kind = 'pack'
   AND p.from_on = (SELECT max(n.from_on) FROM in_use AS n
                     WHERE n.kind = 'pack' AND n.name = p.name AND n.from_on <= :on)
 ORDER BY p.name;

-- How far in time calendars were applied to all open cases.
-- name: calendar_reached
SELECT wake FROM schedule WHERE pack = '' AND name = 'calendar' AND scope = 0;

-- name: calendar_reach
INSERT INTO schedule(pack, name, scope, wake) VALUES ('', 'calendar', 0, :minute)
    ON CONFLICT(pack, name, scope) DO UPDATE SET wake = excluded.wake;

-- name: calendars_between
SELECT count(*) FROM in_use WHERE kind = 'calendar' AND from_on > :after AND from_on <= :until;

-- name: ruleset_find
SELECT id FROM ruleset WHERE pack = :pack AND calendar = :calendar AND edition = :edition;

-- name: ruleset_any
SELECT id FROM ruleset WHERE pack = :pack AND calendar = :calendar ORDER BY edition DESC LIMIT 1;

-- name: ruleset_add
INSERT INTO ruleset(pack, calendar, edition) VALUES (:pack, :calendar, :edition) RETURNING id;

-- name: ruleset_get
SELECT r.id, r.pack, r.calendar, r.edition, p.name
  FROM ruleset AS r JOIN pack AS p ON p.id = r.pack WHERE r.id = :id;
