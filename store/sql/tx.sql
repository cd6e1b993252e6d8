-- SPDX-License-Identifier: MIT
-- name: tx_begin
BEGIN IMMEDIATE;

-- name: tx_commit
COMMIT;

-- name: tx_rollback
ROLLBACK;

-- name: tx_snapshot
BEGIN DEFERRED;

-- name: tx_look
-- scan: allowed (one row of the schema, to fix a snapshot)
SELECT 1 FROM sqlite_schema LIMIT 1;
