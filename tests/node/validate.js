// SPDX-License-Identifier: MIT
// Checks YAML files against a JSON Schema, with other hands' code for both.
//
//   node validate.js SCHEMA FILE...    one line a file: "ok FILE", or "no FILE: where: what"
"use strict";
const fs = require("fs");
const Ajv = require("ajv");
const yaml = require("yaml");

const [schemaPath, ...files] = process.argv.slice(2);
const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
for (const word of ["markdownDescription"]) ajv.addKeyword(word);
const schema = JSON.parse(fs.readFileSync(schemaPath, "utf8"));
if (!ajv.validateSchema(schema)) throw new Error(ajv.errorsText(ajv.errors));
const validate = ajv.compile(schema);

for (const file of files) {
  const doc = yaml.parseDocument(fs.readFileSync(file, "utf8"), { version: "1.2", merge: false });
  if (doc.errors.length) {
    console.log(`no ${file}: ${doc.errors[0].message.split("\n")[0]}`);
  } else if (validate(doc.toJS())) {
    console.log(`ok ${file}`);
  } else {
    const deep = (e) => e.instancePath.length;
    const worst = validate.errors.sort((a, b) => deep(b) - deep(a))[0];
    const more = worst.params.additionalProperty ? ` '${worst.params.additionalProperty}'` : "";
    console.log(`no ${file}: ${worst.instancePath || "/"}: ${worst.message}${more}`);
  }
}
