-- SPDX-License-Identifier: MIT
-- name: letter_put
INSERT INTO letter(case_id, name, event, role, addressee, by, made_on, subject, text, html)
VALUES (:case_id, :name, :event, :role, :addressee, :by, :made_on, :subject, :text, :html);

-- name: letter_sent
UPDATE letter SET sent_on = :sent_on WHERE case_id = :case_id AND name = :name;

-- name: letter_get
SELECT l.case_id, l.name, l.event, c.ref, l.role, l.addressee, l.by, l.made_on, l.sent_on,
       l.subject, l.text, l.html, 0
  FROM letter AS l JOIN casefile AS c ON c.id = l.case_id
 WHERE l.case_id = :case_id AND l.name = :name;

-- The last column: an e-mail that is on its way.
-- name: letters_unsent
-- scan: allowed (what waits is little)
SELECT l.case_id, l.name, l.event, c.ref, l.role, l.addressee, l.by, l.made_on, l.sent_on,
       l.subject, l.text, l.html,
       l.by = 'email' AND EXISTS (SELECT 1 FROM message AS m WHERE m.state = 'waiting'
                                  AND +m.key GLOB 'letter:' || l.case_id || ':' || l.name || ':*')
  FROM letter AS l JOIN casefile AS c ON c.id = l.case_id
 WHERE l.sent_on IS NULL
 ORDER BY l.made_on, l.case_id, l.name;

-- name: letters_all
-- scan: allowed (all of them, in order)
SELECT l.case_id, l.name, l.event, c.ref, l.role, l.addressee, l.by, l.made_on, l.sent_on,
       l.subject, l.text, l.html, 0
  FROM letter AS l JOIN casefile AS c ON c.id = l.case_id
 ORDER BY l.case_id, l.name;
