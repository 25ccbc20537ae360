/**
 * Makes src/service/service.schema.json, for editors, and the tables of docs/service.md: `node scripts/schema.ts`. Its
 * rules are those of the validator, its descriptions the doc comments of the types. A test keeps both up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Descriptions, jsonSchema } from '../src/service/schema/json-schema.ts';
import { serviceSchema } from '../src/service/schema/service.ts';
import { REFERENCE, SCHEMA, serviceReference } from './service-reference.ts';

const folder = resolve(import.meta.dirname, '../src/service');
const TYPES = [
  'types.ts',
  'build-types.ts',
  'api-types.ts',
  'site-types.ts',
  'event-types.ts',
  'workflow-types.ts',
  'function-types.ts',
  'hook-types.ts',
  'role-types.ts',
];

/** The text of the file. */
export const schemaText = (): string =>
  `${JSON.stringify(jsonSchema(serviceSchema, descriptions()), undefined, 2)}\n`;

/** The same with what only TypeScript and JavaScript can say, for the reference. */
export const referenceSchema = (): string =>
  JSON.stringify(jsonSchema(serviceSchema, descriptions(), { type: 'function' }));

/** The doc comment in front of each property of each interface, as one line. */
function descriptions(): Descriptions {
  const found: Record<string, Record<string, string>> = {};
  for (const file of TYPES) {
    const text = readFileSync(resolve(folder, file), 'utf8');
    for (const [, name = '', parent = '', body = ''] of text.matchAll(
      /^export interface (\w+)(?: extends (\w+))?[^{]*\{\n(.*?)^\}/gms,
    )) {
      const fields = body.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s+readonly (\w+)\??:/gs);
      const described = Array.from(fields, ([, comment = '', field = '']) => [
        field,
        comment
          .replace(/^\s*\*/gm, '')
          .replace(/\s+/g, ' ')
          .trim(),
      ]);
      // What it extends comes before it in its file.
      found[name] = { ...found[parent], ...Object.fromEntries(described) };
    }
  }
  return found;
}

if (import.meta.main) {
  writeFileSync(SCHEMA, schemaText());
  writeFileSync(REFERENCE, serviceReference(readFileSync(REFERENCE, 'utf8'), referenceSchema()));
}
