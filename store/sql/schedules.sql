-- SPDX-License-Identifier: MIT
-- What opens cases by itself. Rows of the pack '' are other marks of the clock (packs.sql).

-- name: schedules_all
-- scan: allowed (one row a schedule)
SELECT pack, name, scope, wake FROM schedule WHERE pack <> '' ORDER BY pack, name;

-- name: schedule_begin
INSERT INTO schedule(pack, name, scope, wake)
SELECT :pack, :name, 0, :wake
 WHERE NOT EXISTS (SELECT 1 FROM schedule WHERE pack = :pack AND name = :name);

-- name: schedule_set
UPDATE schedule SET scope = :scope, wake = :wake WHERE pack = :pack AND name = :name;

-- The next day on which another version of a pack or its calendar comes into use.
-- name: in_use_next
SELECT min(day) FROM (
  SELECT min(from_on) AS day FROM in_use WHERE kind = 'pack' AND name = :name AND from_on > :after
  UNION ALL
  SELECT min(from_on) FROM in_use WHERE kind = 'calendar' AND name = :name AND from_on > :after);

-- name: schools_after
SELECT urn FROM school WHERE urn > :after ORDER BY urn LIMIT :room;

-- Cases of a process of a pack: at one school, or about one subject at whichever.
-- name: cases_of_process
-- scan: allowed (schools, so that their cases are found by the index)
SELECT c.id FROM casefile AS c
  CROSS JOIN ruleset AS r ON r.id = c.ruleset
  CROSS JOIN pack AS p ON p.id = r.pack
 WHERE c.school IN (SELECT urn FROM school UNION ALL SELECT 0)
   AND c.process = :process AND c.open >= :open AND c.id > :after AND p.name = :pack
   AND (:subject IS NULL OR c.subject = :subject)
 ORDER BY c.id LIMIT :room;

-- name: cases_at_school
SELECT c.id FROM casefile AS c
  CROSS JOIN ruleset AS r ON r.id = c.ruleset
  CROSS JOIN pack AS p ON p.id = r.pack
 WHERE c.school = :school
   AND c.process = :process AND c.open >= :open AND c.id > :after AND p.name = :pack
   AND (:subject IS NULL OR c.subject = :subject)
 ORDER BY c.id LIMIT :room;
