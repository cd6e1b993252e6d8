-- SPDX-License-Identifier: MIT
-- The due list is one range of the table for each desk. :process, :school and :role cost something
-- only when they are given: for a person's few rows a look-up each, for everybody's a set of cases.

-- name: due_of_person
SELECT c.id, c.school, p.desk, k.person, c.ref, c.process, c.state, p.name, k.role,
       ifnull(s.name, ''), p.do_by, p.due_on
  FROM (SELECT d.desk, d.do_by, d.case_id, d.name, d.due_on FROM due AS d
         WHERE d.desk IN (SELECT desk FROM sits WHERE person = :person
                          UNION SELECT id FROM desk WHERE person = :person AND person <> 0)
           AND d.do_by <= :until AND (:desk = 0 OR d.desk = :desk)
           AND (:school = 0
                OR (SELECT f.school FROM casefile AS f WHERE f.id = d.case_id) = :school)
           AND (:process IS NULL
                OR (SELECT f.process FROM casefile AS f WHERE f.id = d.case_id) = :process)
           AND (:role IS NULL OR (SELECT w.role FROM desk AS w WHERE w.id = d.desk) = :role)
         ORDER BY d.do_by, d.case_id, d.name LIMIT :limit) AS p
  CROSS JOIN casefile AS c ON c.id = p.case_id
  CROSS JOIN desk AS k ON k.id = p.desk
  LEFT JOIN school AS s ON s.urn = c.school
 ORDER BY p.do_by, p.case_id, p.name;

-- name: due_of_all
-- scan: allowed (desks, which are few; for a process, the smallest index of cases)
SELECT c.id, c.school, p.desk, k.person, c.ref, c.process, c.state, p.name, k.role,
       ifnull(s.name, ''), p.do_by, p.due_on
  FROM (SELECT d.desk, d.do_by, d.case_id, d.name, d.due_on FROM due AS d
         WHERE d.desk IN (SELECT id FROM desk
                           WHERE (:role IS NULL OR role = :role) AND (:desk = 0 OR id = :desk))
           AND d.do_by <= :until
           AND (:school = 0 OR d.case_id IN (SELECT id FROM casefile WHERE school = :school))
           AND (:process IS NULL OR d.case_id IN (SELECT id FROM casefile WHERE process = :process))
         ORDER BY d.do_by, d.case_id, d.name LIMIT :limit) AS p
  CROSS JOIN casefile AS c ON c.id = p.case_id
  CROSS JOIN desk AS k ON k.id = p.desk
  LEFT JOIN school AS s ON s.urn = c.school
 ORDER BY p.do_by, p.case_id, p.name;

-- name: due_days
-- scan: allowed (the next date of each case of a page; the table holds little else)
SELECT case_id, do_by FROM due;

-- name: due_of_cases
-- scan: allowed (for verify, which goes through all)
SELECT case_id, desk, do_by, name, due_on FROM due WHERE case_id >= :from AND case_id <= :last
 ORDER BY case_id, name, desk, do_by;

-- name: cases_by_id
SELECT c.id, c.ref, c.process, c.state, c.school, c.open, ifnull(s.name, ''), NULL
  FROM casefile AS c LEFT JOIN school AS s ON s.urn = c.school
 WHERE c.id > :after AND c.open >= :open
   AND (:process IS NULL OR c.process = :process) AND (:state IS NULL OR c.state = :state)
 ORDER BY c.id LIMIT :limit;

-- name: cases_of_school
SELECT c.id, c.ref, c.process, c.state, c.school, c.open, ifnull(s.name, ''), NULL
  FROM casefile AS c LEFT JOIN school AS s ON s.urn = c.school
 WHERE c.school = :school AND c.id > :after AND c.open >= :open
   AND (:process IS NULL OR c.process = :process) AND (:state IS NULL OR c.state = :state)
 ORDER BY c.id LIMIT :limit;

-- name: cases_overdue
SELECT c.id, c.ref, c.process, c.state, c.school, c.open, ifnull(s.name, ''), late.do_by
  FROM (SELECT d.case_id, min(d.do_by) AS do_by FROM due AS d
         WHERE d.desk IN (SELECT id FROM desk) AND d.do_by < :today AND d.case_id > :after
         GROUP BY d.case_id) AS late
  CROSS JOIN casefile AS c ON c.id = late.case_id
  LEFT JOIN school AS s ON s.urn = c.school
 WHERE c.open >= :open AND (:school = 0 OR c.school = :school)
   AND (:process IS NULL OR c.process = :process) AND (:state IS NULL OR c.state = :state)
 ORDER BY c.id LIMIT :limit;

-- name: case_ids
SELECT id FROM casefile WHERE id > :after ORDER BY id LIMIT :room;

-- name: versions
-- scan: allowed (one row a version, and the smallest index for the count of open cases)
WITH held(pack, cases) AS MATERIALIZED (
  SELECT r.pack, count(*) FROM casefile AS c JOIN ruleset AS r ON r.id = c.ruleset
   WHERE c.open = 1 GROUP BY r.pack)
SELECT p.id, p.name, p.by, p.hash, p.made_ms, ifnull(held.cases, 0),
       (SELECT max(u.from_on) FROM in_use AS u
         WHERE u.kind = 'pack' AND u.name = p.name AND u.version = p.id)
  FROM pack AS p LEFT JOIN held ON held.pack = p.id
 WHERE :name IS NULL OR p.name = :name
 ORDER BY p.name, p.id DESC;

-- name: notices_of_case
WITH RECURSIVE history(id, prev) AS (
  SELECT e.id, e.prev FROM casefile AS c JOIN event AS e ON e.id = c.head WHERE c.id = :id
  UNION ALL
  SELECT e.id, e.prev FROM history JOIN event AS e ON e.id = history.prev)
SELECT ifnull(n.message, 0), ifnull(m.key, ''),
       CASE WHEN n.message = 0 THEN 'dropped' ELSE ifnull(m.state, '') END, ifnull(m.reply, ''),
       n.kind, n.about, ifnull(p.email, ''), ifnull(m.tries, 0), ifnull(m.next_try, 0),
       ifnull(d.role, '')
  FROM history
  CROSS JOIN notice AS n ON n.id >= history.id * 4096 AND n.id < history.id * 4096 + 4096
  LEFT JOIN message AS m ON m.id = n.message
  LEFT JOIN person AS p ON p.id = n.person
  LEFT JOIN desk AS d ON d.id = n.desk
 ORDER BY n.id;

-- Cases and events are never deleted, so the last number is the count.
-- name: counts
-- scan: allowed (the smallest index of each)
SELECT (SELECT ifnull(max(id), 0) FROM casefile),
       (SELECT count(*) FROM casefile WHERE open = 1),
       (SELECT ifnull(max(id), 0) FROM event),
       (SELECT count(*) FROM due),
       (SELECT count(*) FROM notice WHERE message IS NULL AND person IS NOT NULL),
       (SELECT count(*) FROM message WHERE state = 'waiting'),
       (SELECT count(*) FROM message WHERE state = 'refused');
