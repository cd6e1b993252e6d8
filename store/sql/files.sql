-- SPDX-License-Identifier: MIT
-- name: file_find
SELECT id FROM file WHERE digest = :digest;

-- name: file_add
INSERT INTO file(digest, type, made_ms, content) VALUES (:digest, :type, :made_ms, :content);

-- name: file_get
SELECT id, digest, type, made_ms, content FROM file WHERE digest = :digest;

-- name: file_each
-- scan: allowed (verify looks at every one)
SELECT id, digest, type, made_ms, content FROM file ORDER BY id;
