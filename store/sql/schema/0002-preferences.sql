-- SPDX-License-Identifier: MIT
-- When people want to hear of things. Weekdays are bits: Monday 1, Tuesday 2, ... Sunday 64.

-- The weekdays of their digest, and those they work.
ALTER TABLE person ADD COLUMN
  told_on  INTEGER NOT NULL DEFAULT 127 CHECK(told_on BETWEEN 1 AND 127);
ALTER TABLE person ADD COLUMN
  works_on INTEGER NOT NULL DEFAULT 127 CHECK(works_on BETWEEN 1 AND 127);
CREATE INDEX person_particular ON person(id) WHERE told_on <> 127 OR works_on <> 127;
