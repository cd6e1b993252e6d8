-- SPDX-License-Identifier: MIT
-- The first schema. Measured: cost follows the pages an event dirties, so a case is one row, events
-- only ever append, and a list is one index range (docs/decisions/schema.md).
--
-- SQLite rewrites every index whose column an UPDATE sets, even to the same value: hence the split
-- statements in store/sql/cases.sql.
--
-- Units: *_on are civil days since 1970-01-01 and minutes are local minutes since then (no time
-- zone in the database); *_ms are UTC milliseconds.

CREATE TABLE pack(
  id      INTEGER PRIMARY KEY,  -- counts up as versions are published
  name    TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 100),  -- "torbay"
  hash    BLOB NOT NULL UNIQUE CHECK(length(hash) = 32),  -- BLAKE2b of files
  files   TEXT NOT NULL,     -- every file but calendars, canonical JSON
  made_ms INTEGER NOT NULL,  -- when it was published
  by      TEXT NOT NULL      -- by whom, as shown
) STRICT;

CREATE TABLE calendar(
  id      INTEGER PRIMARY KEY,  -- counts up as versions are published
  name    TEXT NOT NULL,  -- the pack it came with
  hash    BLOB NOT NULL UNIQUE CHECK(length(hash) = 32),  -- BLAKE2b of files
  files   TEXT NOT NULL,  -- its calendar files, canonical JSON
  made_ms INTEGER NOT NULL  -- when it was published
) STRICT;

CREATE TABLE ruleset(  -- what one event was decided under
  id       INTEGER PRIMARY KEY,  -- what a case and an event point at
  pack     INTEGER NOT NULL REFERENCES pack,  -- the rules
  calendar INTEGER NOT NULL REFERENCES calendar,  -- the calendars in use then
  edition  INTEGER NOT NULL CHECK(edition >= 1),  -- of the core: raised when it decides differently
  UNIQUE(pack, calendar, edition)
) STRICT;

CREATE TABLE in_use(         -- which version new cases get, from which day
  -- which of the two tables version points into
  kind    TEXT NOT NULL CHECK(kind IN ('pack', 'calendar')),
  name    TEXT NOT NULL,     -- the pack's name
  from_on INTEGER NOT NULL,  -- from this day, until the next row
  version INTEGER NOT NULL,  -- pack.id or calendar.id
  PRIMARY KEY(kind, name, from_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE school(
  urn   INTEGER PRIMARY KEY CHECK(urn BETWEEN 100000 AND 999999),  -- the unique reference number
  name  TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 200),  -- as people know it
  phase TEXT NOT NULL  -- "primary", as given
) STRICT;

CREATE TABLE person(
  id      INTEGER PRIMARY KEY,  -- what cases, desks and messages point at
  -- where mail goes; who somebody is
  email   TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK(length(email) BETWEEN 3 AND 254),
  name    TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 200),  -- as written in a message
  refused TEXT  -- the server's words, if mail to it is refused for good
) STRICT;

CREATE TABLE desk(                    -- who acts: a role at a school, or a case's own officer
  id     INTEGER PRIMARY KEY,  -- what due dates and notices point at
  role   TEXT NOT NULL,  -- a role of the packs: "senco"
  school INTEGER NOT NULL DEFAULT 0,  -- URN; 0: the authority's
  person INTEGER NOT NULL DEFAULT 0,  -- named on a case; 0: a role's desk
  UNIQUE(role, school, person)
) STRICT;
CREATE INDEX desk_person ON desk(person) WHERE person <> 0;

CREATE TABLE sits(  -- a new SENCO is one row here, no case touched
  person INTEGER NOT NULL REFERENCES person,  -- who
  desk   INTEGER NOT NULL REFERENCES desk,  -- where
  PRIMARY KEY(person, desk)
) STRICT, WITHOUT ROWID;
CREATE INDEX sits_desk ON sits(desk);

CREATE TABLE casefile(
  id        INTEGER PRIMARY KEY,  -- inside the house; ref is for people
  -- "AR-26-0412": leaves the house
  ref       TEXT NOT NULL UNIQUE CHECK(length(ref) BETWEEN 1 AND 40),
  ruleset   INTEGER NOT NULL REFERENCES ruleset,  -- pinned at opening
  process   TEXT NOT NULL,  -- "annual-review"
  state     TEXT NOT NULL,  -- a state of the process
  open      INTEGER NOT NULL CHECK(open IN (0, 1)),  -- 0: a final state was entered
  school    INTEGER NOT NULL,  -- URN; 0: the authority's
  head      INTEGER NOT NULL,  -- last event: the version, where the history starts
  -- its hash, so that the next needs no look-up
  head_hash BLOB NOT NULL CHECK(length(head_hash) = 32),
  wake      INTEGER,           -- local minute at which the clock owes it something
  subject   TEXT,              -- what `one_per` compares (a reference, never a name)
  -- callers' keys, newest last: hash of key, hash of content, event id, 8 bytes each
  keys      BLOB,
  body      TEXT NOT NULL      -- the whole case, canonical JSON
) STRICT;
CREATE INDEX casefile_wake ON casefile(wake) WHERE wake IS NOT NULL;
CREATE INDEX casefile_list ON casefile(school, process, open, ruleset);  -- changes hardly ever
CREATE INDEX casefile_subject ON casefile(subject, process) WHERE subject IS NOT NULL AND open = 1;

CREATE TABLE event(              -- append only; history by prev, no index
  id          INTEGER PRIMARY KEY,  -- counts up over all cases: the order of everything
  case_id     INTEGER NOT NULL,  -- casefile.id
  prev        INTEGER NOT NULL,  -- the case's event before; 0: none
  cause       INTEGER,           -- the event of another case that led to it
  ruleset     INTEGER NOT NULL,  -- what it was decided under
  recorded_ms INTEGER NOT NULL,  -- when it was typed in; never below the case's last
  said        TEXT NOT NULL,     -- what came in, canonical JSON
  did         TEXT NOT NULL,     -- the outcome, canonical JSON
  personal    TEXT,              -- personal values of both; NULL: none, or erased
  -- keeps the digest from being guessed; gone when erased
  salt        BLOB CHECK(salt IS NULL OR length(salt) = 16),
  -- digest of salt and personal, filled when erased
  sealed      BLOB CHECK(sealed IS NULL OR length(sealed) = 32),
  -- over the case's hash before, the header, said, did and the digest
  hash        BLOB NOT NULL CHECK(length(hash) = 32),
  CHECK((personal IS NULL) = (salt IS NULL))
) STRICT;

CREATE TABLE opened(  -- keys of callers who opened a case
  key     BLOB PRIMARY KEY CHECK(length(key) = 32),  -- BLAKE2b of the caller's key
  case_id INTEGER NOT NULL  -- the case it opened
) STRICT, WITHOUT ROWID;

CREATE TABLE due(            -- open deadlines, projected from the cases
  desk    INTEGER NOT NULL,  -- whose list it stands in
  do_by   INTEGER NOT NULL,  -- the owner's last day
  case_id INTEGER NOT NULL,  -- casefile.id
  name    TEXT NOT NULL,     -- the deadline's
  due_on  INTEGER NOT NULL,  -- the date that binds
  PRIMARY KEY(desk, do_by, case_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice(            -- one row a person to be told
  id      INTEGER PRIMARY KEY,  -- its event * 4096 and up: found along the history, appended
  case_id INTEGER NOT NULL,  -- casefile.id
  desk    INTEGER NOT NULL,  -- to whom it was said
  person  INTEGER,              -- NULL: nobody sits there, shown to the administrator
  -- why it is told
  kind    TEXT NOT NULL CHECK(kind IN ('remind', 'escalate', 'notify', 'correct', 'failed')),
  about   TEXT NOT NULL,        -- a deadline, or a message's name
  leave   INTEGER NOT NULL,     -- local minute before which it stays
  message INTEGER               -- the message it left with; 0: dropped, nothing left to say
) STRICT;
CREATE INDEX notice_waiting ON notice(leave, person) WHERE message IS NULL AND person IS NOT NULL;
CREATE INDEX notice_message ON notice(message) WHERE message > 0;  -- both only ever appended to

CREATE TABLE message(
  id       INTEGER PRIMARY KEY,  -- counts up
  key      TEXT NOT NULL UNIQUE,  -- "digest:PERSON:DATE": never twice
  person   INTEGER NOT NULL,  -- to whom
  content  TEXT,                  -- frozen at the first attempt; NULL before
  -- waiting until the server has answered for good
  state    TEXT NOT NULL CHECK(state IN ('waiting', 'sent', 'refused', 'replaced')),
  next_try INTEGER,               -- UTC ms
  tries    INTEGER NOT NULL DEFAULT 0 CHECK(tries >= 0),  -- how often it was handed over
  reply    TEXT                   -- the server's last words
) STRICT;
CREATE INDEX message_waiting ON message(next_try, person, key) WHERE state = 'waiting';
CREATE INDEX message_refused ON message(id) WHERE state = 'refused';

CREATE TABLE schedule(  -- what opens cases by itself: how far it has come
  pack  TEXT NOT NULL,  -- whose schedule
  name  TEXT NOT NULL,  -- the process it opens
  scope INTEGER NOT NULL,  -- of an occasion under way: the last URN or case seen to; 0: none is
  wake  INTEGER NOT NULL,  -- local minute: every occasion before it has been seen to
  PRIMARY KEY(pack, name, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE seal(           -- all new event hashes, hashed in order, once a day
  id      INTEGER PRIMARY KEY,  -- counts up
  upto    INTEGER NOT NULL,  -- the last event in it
  made_ms INTEGER NOT NULL,  -- when
  -- over the seal before and every event hash since, in order
  hash    BLOB NOT NULL CHECK(length(hash) = 32)
) STRICT;
