import { resolve } from 'node:path';

interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: object;
  readonly additionalProperties?: Schema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const root = resolve(import.meta.dirname, '..');

/** docs/service.md with its tables made anew. */
export function serviceReference(text: string, schemaText: string): string {
  const schema = JSON.parse(schemaText) as Schema;
  const sections = [
    section('Service', schema),
    ...Object.entries(schema.definitions ?? {}).map(([name, each]) => section(name, each)),
  ];
  return text.replace(/(<!-- fields -->\n).*?(<!-- \/fields -->)/s, (_, start: string, end: string) =>
    [start, ...sections, end].join('\n'),
  );
}

function section(name: string, { properties = {}, required = [] }: Schema): string {
  const rows = Object.entries(properties)
    .filter(([field]) => field !== '$schema')
    .map(([field, each]) => {
      const mark = required.includes(field) ? ' (required)' : '';
      return `| \`${field}\`${mark} | ${cell(typeText(each))} | ${cell(each.description ?? '')} |`;
    });
  return ['', `### ${name}`, '', '| Field | Type | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

function typeText(schema: Schema): string {
  const { allOf, anyOf, oneOf, $ref, items, type, additionalProperties } = schema;
  if ($ref) return link($ref.replace('#/definitions/', ''));
  const alternatives = allOf ?? anyOf ?? oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeText))].join(', or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((each) => `\`${each}\``).join(', ');
  if (schema.patternProperties) return 'intrinsic function';
  if (type === 'array') return `list of ${typeText(items ?? {})}`;
  if (type === 'object')
    return typeof additionalProperties === 'object' ? `map of ${typeText(additionalProperties)}` : 'map';
  if (type === 'integer' || type === 'number') return `number${range(schema)}`;
  return type === 'string' ? 'text' : (type ?? 'any value');
}

const link = (name: string): string => `[${name}](#${name.toLowerCase()})`;

function range({ minimum, maximum }: Schema): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  return minimum === undefined ? '' : ` of at least ${minimum}`;
}

/** Where the reference and the schemas are. */
export const REFERENCE = resolve(root, 'docs/service.md');
export const SCHEMA = resolve(root, 'src/service/service.schema.json');
export const TARGETS_SCHEMA = resolve(root, 'src/targets/targets.schema.json');
