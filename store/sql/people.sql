-- SPDX-License-Identifier: MIT
-- name: school_get
SELECT urn, name, phase FROM school WHERE urn = :urn;

-- name: school_add
INSERT INTO school(urn, name, phase) VALUES (:urn, :name, :phase);

-- name: school_change
UPDATE school SET name = :name, phase = :phase
 WHERE urn = :urn AND (name <> :name OR phase <> :phase);

-- name: person_get
SELECT id, name, email, refused, told_on, works_on FROM person WHERE id = :id;

-- name: person_by_email
SELECT id, name, email, refused, told_on, works_on FROM person WHERE email = :email;

-- name: person_add
INSERT INTO person(email, name) VALUES (:email, :name) RETURNING id;

-- name: person_change
UPDATE person SET name = :name, email = :email
 WHERE id = :id AND (name <> :name OR email <> :email COLLATE BINARY);

-- name: person_prefer
UPDATE person SET told_on = :told_on, works_on = :works_on
 WHERE id = :id AND (told_on <> :told_on OR works_on <> :works_on);

-- name: person_refused
UPDATE person SET refused = :why WHERE id = :id;

-- name: desk_find
SELECT id FROM desk WHERE role = :role AND school = :school AND person = :person;

-- name: desk_add
INSERT INTO desk(role, school, person) VALUES (:role, :school, :person) RETURNING id;

-- name: desk_get
SELECT id, role, school, person FROM desk WHERE id = :id;

-- A desk that is a person's own has that person, whatever the import says.
-- name: desk_people
SELECT person FROM sits WHERE desk = :desk
UNION
SELECT person FROM desk WHERE id = :desk AND person <> 0;

-- name: person_desks
SELECT id, role, school, person FROM desk WHERE id IN (SELECT desk FROM sits WHERE person = :person)
UNION
SELECT id, role, school, person FROM desk WHERE person = :person AND person <> 0
 ORDER BY id;

-- name: desks_empty
SELECT id, role, school, person FROM desk
 WHERE role = :role AND person = 0 AND NOT EXISTS (SELECT 1 FROM sits WHERE sits.desk = desk.id)
 ORDER BY id;

-- name: sits_put
INSERT INTO sits(person, desk) VALUES (:person, :desk) ON CONFLICT DO NOTHING;

-- name: sits_clear
DELETE FROM sits;

-- name: desk_size
SELECT count(*) FROM (SELECT person FROM sits WHERE desk = :desk
                      UNION
                      SELECT person FROM desk WHERE id = :desk AND person <> 0);
