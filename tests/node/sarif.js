// SPDX-License-Identifier: MIT
// Checks SARIF logs against the standard's own JSON Schema, which a package of Microsoft's brings
// together with a validator that reads draft 04.
//
//   node sarif.js FILE...    one line a file: "ok FILE", or "no FILE: where: what"
"use strict";
const fs = require("fs");
const path = require("path");

const home = path.dirname(require.resolve("@microsoft/jest-sarif/package.json"));
const Ajv = require(require.resolve("ajv", { paths: [home] }));
const draft = require(require.resolve("ajv/lib/refs/json-schema-draft-04.json", { paths: [home] }));
const schema = JSON.parse(
  fs.readFileSync(path.join(home, "lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));

const ajv = new Ajv({ schemaId: "id", meta: false, allErrors: true });
ajv.addMetaSchema(draft);
const validate = ajv.compile(schema);

for (const file of process.argv.slice(2)) {
  if (validate(JSON.parse(fs.readFileSync(file, "utf8")))) {
    console.log(`ok ${file}`);
  } else {
    const [first] = validate.errors;
    console.log(`no ${file}: ${first.dataPath || "/"}: ${first.message}`);
  }
}
