import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonTools } from '../venv.ts';

const run = promisify(execFile);

/** A part of a JSON schema, as far as paths and values are concerned. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
interface ResourceSchema extends Schema {
  readonly readOnlyProperties?: readonly string[];
}

/** What the schemas say of a property. */
export interface Property {
  readonly types: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  readonly description: string;
}

/** Properties by path, in the form of the tables: `*` for elements of lists, `{}` for entries of maps. */
export type Properties = ReadonlyMap<string, Property>;

/** CloudFormation's resource schemas, of all regions, as cfn-lint ships them, and its version. */
export interface Schemas {
  readonly version: string;
  readonly types: ReadonlyMap<string, Properties>;
}

/** The schemas of the pinned version, which the tests install anyway. */
export async function pinnedSchemas(): Promise<Schemas> {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(tools.missing);
  const { stdout } = await run(join(tools.bin, 'python'), [
    '-c',
    'import cfnlint, importlib.metadata as m; print(cfnlint.__path__[0]); print(m.version("cfn-lint"))',
  ]);
  const [folder = '', version = ''] = stdout.trim().split('\n');
  return { version, types: await read(folder) };
}

/** The schemas of the newest version. The package is unpacked and read; nothing of it is executed. */
export async function newestSchemas(): Promise<Schemas> {
  const folder = await mkdtemp(join(tmpdir(), 'schemas-'));
  try {
    const only = ['--no-deps', '--only-binary', ':all:', '--quiet', '--disable-pip-version-check'];
    await run('python3', ['-m', 'pip', 'download', ...only, '--dest', folder, 'cfn-lint']);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl')) ?? '';
    await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
    return { version: wheel.split('-')[1] ?? '', types: await read(join(folder, 'cfnlint')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function read(folder: string): Promise<ReadonlyMap<string, Properties>> {
  const schemas = join(folder, 'data', 'schemas');
  const providers = join(schemas, 'providers');
  if (!existsSync(providers))
    throw new Error(`cfn-lint has its schemas in another place now: ${providers} is gone`);
  const files = new Map<string, string>();
  for (const name of (await readdir(providers)).filter((each) => each.endsWith('.json')).sort(usFirst)) {
    const types = JSON.parse(await readFile(join(providers, name), 'utf8')) as Record<string, string>;
    for (const [type, file] of Object.entries(types)) if (!files.has(type)) files.set(type, file);
  }
  const found = new Map<string, Properties>();
  for (const [type, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const schema = JSON.parse(
      await readFile(join(schemas, 'resources', `${file}.json`), 'utf8'),
    ) as ResourceSchema;
    found.set(type, propertiesOf(schema));
  }
  return found;
}

/** Regions differ little; the oldest one has the most. */
const usFirst = (a: string, b: string): number =>
  Number(b.startsWith('us-east-1')) - Number(a.startsWith('us-east-1')) || (a < b ? -1 : 1);

/** Definitions that contain themselves go on for ever. */
const DEEPEST = 9;

function propertiesOf(root: ResourceSchema): Properties {
  const readOnly = new Set(
    (root.readOnlyProperties ?? []).map((pointer) =>
      pointer.replace(/^\/properties\//, '').replaceAll(/\/(properties\/)?/g, '.'),
    ),
  );
  const found = new Map<string, { types: Set<string>; values: Set<string>; description: string }>();
  const walk = (given: Schema, path: string, open: readonly string[]): void => {
    if (given.$ref !== undefined && (open.includes(given.$ref) || open.length > DEEPEST)) return;
    const inner = given.$ref === undefined ? open : [...open, given.$ref];
    const schema = resolve(given, root);
    if (readOnly.has(path)) return;
    if (path !== '') note(path, schema);
    for (const each of [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])])
      walk(each, path, inner);
    for (const [name, each] of Object.entries(schema.properties ?? {}))
      walk(each, path === '' ? name : `${path}.${name}`, inner);
    if (schema.items) walk(schema.items, `${path}.*`, inner);
    for (const each of Object.values(schema.patternProperties ?? {})) walk(each, `${path}.{}`, inner);
    if (typeof schema.additionalProperties === 'object')
      walk(schema.additionalProperties, `${path}.{}`, inner);
  };
  const note = (path: string, schema: Schema): void => {
    const property = found.get(path) ?? { types: new Set(), values: new Set(), description: '' };
    const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
    for (const type of [...types, ...(schema.properties ? ['object'] : [])]) property.types.add(type);
    for (const value of schema.enum ?? []) property.values.add(String(value));
    property.description ||= schema.description ?? '';
    found.set(path, property);
  };
  walk(root, '', []);
  return found;
}

function resolve(schema: Schema, root: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const { $ref: _, ...own } = schema;
  const target = schema.$ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/')],
      root,
    );
  return { ...resolve((target ?? {}) as Schema, root), ...own };
}
