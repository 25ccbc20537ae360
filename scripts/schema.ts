/**
 * Makes src/service/service.schema.json and src/targets/targets.schema.json, for editors, and the tables of docs/service.md:
 * `node scripts/schema.ts`. Their rules are those of the validator, their descriptions the doc comments of the types. A test
 * keeps all up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Descriptions, jsonSchema } from '../src/service/schema/json-schema.ts';
import { serviceSchema } from '../src/service/schema/service.ts';
import { targetsSchema } from '../src/targets/schema.ts';
import type { JsonObject } from '../src/template/types.ts';
import { REFERENCE, SCHEMA, serviceReference, TARGETS_SCHEMA } from './service-reference.ts';

const src = resolve(import.meta.dirname, '../src');
const TYPES = [
  'service/types.ts',
  'service/build-types.ts',
  'service/api-types.ts',
  'service/site-types.ts',
  'service/event-types.ts',
  'service/workflow-types.ts',
  'service/function-types.ts',
  'service/compute-types.ts',
  'service/web-types.ts',
  'service/hook-types.ts',
  'service/role-types.ts',
];

const TARGETS_TYPES = ['targets/definition.ts'];
const TITLE = 'Service definition of sparta-action';

/** The text of the schema of service definitions. */
export const schemaText = (): string =>
  written(jsonSchema(serviceSchema, TITLE, { descriptions: descriptions(TYPES) }));

/** The same with what only TypeScript and JavaScript can say, for the reference. */
export const referenceSchema = (): string =>
  JSON.stringify(
    jsonSchema(serviceSchema, TITLE, { descriptions: descriptions(TYPES), code: { type: 'function' } }),
  );

/** The text of the schema of targets: a file, or only its list. */
export function targetsSchemaText(): string {
  const { $schema, title, definitions, ...file } = jsonSchema(targetsSchema, 'Targets of sparta-action', {
    descriptions: descriptions(TARGETS_TYPES),
  });
  const list = { type: 'array', minItems: 1, items: { $ref: '#/definitions/TargetDefinition' } };
  return written({
    $schema: $schema ?? '',
    title: title ?? '',
    anyOf: [file, list],
    definitions: definitions ?? {},
  });
}

const written = (schema: JsonObject): string => `${JSON.stringify(schema, undefined, 2)}\n`;

/** The doc comment in front of each property of each interface, as one line. */
function descriptions(files: readonly string[]): Descriptions {
  const found: Record<string, Record<string, string>> = {};
  for (const file of files) {
    const text = readFileSync(resolve(src, file), 'utf8');
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
  writeFileSync(TARGETS_SCHEMA, targetsSchemaText());
  writeFileSync(REFERENCE, serviceReference(readFileSync(REFERENCE, 'utf8'), referenceSchema()));
}
