-- SPDX-License-Identifier: MIT
-- Files handed in as proof. An event names one by its digest, so that the chain covers what it
-- held; the same file handed in twice, or in two cases, is one row.

CREATE TABLE file(
  id      INTEGER PRIMARY KEY,  -- counts up
  digest  BLOB NOT NULL UNIQUE CHECK(length(digest) = 32),  -- SHA-256 of content
  -- what it is, by its first bytes; the program's own list may grow
  type    TEXT NOT NULL CHECK(length(type) BETWEEN 1 AND 10),
  made_ms INTEGER NOT NULL,  -- when it was first handed in
  content BLOB NOT NULL  -- all of it, as it was handed in
) STRICT;
