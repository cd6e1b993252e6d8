-- SPDX-License-Identifier: MIT
-- Letters as they were written. Their words are personal: erasing a case takes them away.

CREATE TABLE letter(  -- frozen when it is made; its dates are the case's own, projected
  case_id INTEGER NOT NULL,  -- casefile.id
  name    TEXT NOT NULL,     -- "decision-maintain", "decision-maintain-2": the case's name for it
  event   INTEGER NOT NULL,  -- the event that made it
  role    TEXT NOT NULL,     -- whom it is to: "family"
  addressee TEXT,            -- the name of whoever held the role then; NULL: nobody
  by      TEXT NOT NULL CHECK(by IN ('post', 'email')),  -- how it goes
  made_on INTEGER NOT NULL,  -- the day of that event
  sent_on INTEGER,           -- the day it was sent; NULL: not yet
  subject TEXT NOT NULL,     -- its first line
  text    TEXT NOT NULL,     -- the words
  html    TEXT NOT NULL,     -- the same for the printer, whole
  PRIMARY KEY(case_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_unsent ON letter(made_on, case_id, name) WHERE sent_on IS NULL;
