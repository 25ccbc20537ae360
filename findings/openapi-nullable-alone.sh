#!/usr/bin/env bash
# @octokit/openapi 23.0.2: null in GitHub's own examples does not fit GitHub's own schemas
#
# OpenAPI 3.0.3, which this description names, gives `nullable` a meaning only beside a `type` in the very same schema. Where a
# schema says `nullable: true` beside `allOf`, `oneOf` or nothing else, null stays refused.
#
# Expected: each example of a reply fits the schema of that reply; a private_fork of null is allowed, or not in an example.
# Seen:     the security advisory in the example has `private_fork: null`, its schema is `nullable` beside `allOf` of an
#           object. The converter to JSON Schema (5.1.0) that follows the rule refuses the example, ajv (8.20.0) refuses to
#           compile such a schema at all, and a commit whose author has no account (`author: null`) is no commit. 128 of
#           the 3,865 nullable schemas are of this kind.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > package.json <<'JSON'
{
  "name": "show", "private": true, "type": "module",
  "dependencies": {
    "@octokit/openapi": "23.0.2", "@openapi-contrib/openapi-schema-to-json-schema": "5.1.0", "ajv": "8.20.0", "ajv-formats": "3.0.1"
  }
}
JSON
npm install --silent --no-fund --no-audit
cat > show.js <<'JS'
import { readFileSync } from 'node:fs';
import { openapiSchemaToJsonSchema } from '@openapi-contrib/openapi-schema-to-json-schema';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

const read = (name) => JSON.parse(readFileSync(`node_modules/@octokit/openapi/generated/${name}.json`, 'utf8'));
const whole = read('api.github.com.deref');
const reply = (path) => whole.paths[path].get.responses['200'].content['application/json'];

function problems(schema, value) {
  const { $schema: _, ...converted } = openapiSchemaToJsonSchema(schema);
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const check = ajv.compile(converted);
  check(value);
  return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ') || 'fits';
}

let nullable = 0;
let alone = 0;
(function count(node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.nullable === true) {
    nullable += 1;
    if (node.type === undefined) alone += 1;
  }
  for (const child of Object.values(node)) count(child);
})(read('api.github.com').components.schemas);

const advisories = reply('/repos/{owner}/{repo}/security-advisories');
const [example] = advisories.examples.default.value;
const { author } = reply('/repos/{owner}/{repo}/commits/{ref}').schema.properties;
console.log(`version: ${whole.openapi}, nullable: ${nullable}, without a type: ${alone}`);
console.log(`example: private_fork is ${example.private_fork}`);
console.log(`advisory: ${problems(advisories.schema.items, example)}`);
console.log(`author: ${problems(author, null)}`);
try {
  new Ajv({ strict: false }).compile(author);
  console.log('ajv: compiles');
} catch (error) {
  console.log(`ajv: ${error.message}`);
}
JS
seen=$(node show.js)
printf '%s\n' "$seen"
for line in 'version: 3.0.3, nullable: 3865, without a type: 128' 'example: private_fork is null' \
  'advisory: .*/private_fork must be object.*' 'author: .*must be object.*' 'ajv: "nullable" cannot be used without "type"'; do
  grep -qx "$line" <<<"$seen" || { echo "changed: no longer \"$line\"" >&2; exit 1; }
done
echo 'as described: the description refuses its own example'
