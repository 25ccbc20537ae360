/**
 * Makes src/policies/data/: what CloudFormation calls for each type of resource, and on which ARNs that can be allowed.
 *
 * The sources are the handlers' permissions in CloudFormation's resource schemas, and the resources of each action in the
 * policy generator of AWS, both as the cfn-lint that scripts/python/lint.txt pins ships them. Make the data anew with
 *
 *     node scripts/handler-data.ts
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { pythonTools } from './venv.ts';

const run = promisify(execFile);

interface Schema {
  readonly handlers?: Readonly<Record<string, { readonly permissions?: readonly string[] }>>;
}
interface Service {
  readonly Actions?: Readonly<Record<string, { readonly Resources?: readonly string[] }>>;
  readonly Resources?: Readonly<Record<string, { readonly ARNFormats?: readonly string[] }>>;
}

const tools = await pythonTools('lint');
if ('missing' in tools) throw new Error(tools.missing);
const { stdout } = await run(join(tools.bin, 'python'), ['-c', 'import cfnlint; print(cfnlint.__path__[0])']);
const data = join(stdout.trim(), 'data');
const read = <T>(...path: readonly string[]): T => JSON.parse(readFileSync(join(data, ...path), 'utf8')) as T;

/** The handlers by their first letters. */
const HANDLERS = ['create', 'read', 'update', 'delete', 'list'];
/** Some schemas name what is no action: `s3:REST.PUT.OBJECT`, or an action of no service. */
const ACTION = /^[a-z0-9-]+:[A-Za-z0-9]+\*?$/;

const lines: string[] = [];
/** By lower case: schemas write some actions in two ways, and IAM takes them as the same. */
const spelling = new Map<string, string>();
for (const [type, file] of typesOf()) {
  const { handlers = {} } = read<Schema>('schemas', 'resources', `${file}.json`);
  const letters = new Map<string, string>();
  for (const handler of HANDLERS) {
    for (const written of handlers[handler]?.permissions ?? []) {
      const action = written.trim();
      if (!ACTION.test(action)) continue;
      const key = action.toLowerCase();
      const known = spelling.get(key);
      // The spelling of AWS's reference begins with a capital letter.
      if (known === undefined || (/:[a-z]/.test(known) && /:[A-Z]/.test(action))) spelling.set(key, action);
      const before = letters.get(key) ?? '';
      if (!before.includes(handler.charAt(0))) letters.set(key, before + handler.charAt(0));
    }
  }
  if (letters.size > 0) lines.push(lineOf(type, letters));
}
const respelt = lines.map((line) =>
  line.replaceAll(/([a-z0-9-]+):(\S+)/g, (whole, service: string, actions: string) => {
    if (/^AWS|::/.test(whole)) return whole;
    const all = actions.split(',').map((each) => {
      const [action = '', handlers = ''] = each.split('/');
      return `${spelling.get(`${service}:${action}`)?.slice(service.length + 1) ?? action}/${handlers}`;
    });
    return `${service}:${all.join(',')}`;
  }),
);

/** `AWS::SQS::Queue sqs:createqueue/c,getqueueattributes/crud` */
function lineOf(type: string, letters: ReadonlyMap<string, string>): string {
  const byService = Map.groupBy([...letters.keys()].sort(), (key) => key.split(':')[0] ?? '');
  const parts = [...byService].map(([service, keys]) => {
    const actions = keys.map((key) => `${key.slice(service.length + 1)}/${letters.get(key)}`);
    return `${service}:${actions.join(',')}`;
  });
  return [type, ...parts].join(' ');
}

/** Regions differ little; the oldest one has the most. */
function typesOf(): readonly (readonly [type: string, file: string])[] {
  const names = readdirSync(join(data, 'schemas', 'providers')).filter((name) =>
    /^[a-z-]+\d\.json$/.test(name),
  );
  const found = new Map<string, string>();
  for (const name of ['us-east-1.json', ...names.sort()])
    for (const [type, file] of Object.entries(read<Record<string, string>>('schemas', 'providers', name)))
      if (!found.has(type)) found.set(type, file);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What this action itself calls has resources, too. */
const OWN = [
  ...['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'iam:PassRole', 'sts:AssumeRole', 'ssm:GetParameter'],
  ...['lambda:InvokeFunction', 'sns:Publish'],
];

const services = read<Record<string, Service>>('AdditionalSpecs', 'Policies.json');
const arns: string[] = [];
const used = [...new Set([...spelling.values(), ...OWN])].sort();
for (const [service, actions] of Map.groupBy(used, (action) => action.split(':')[0] ?? '')) {
  const { Actions = {}, Resources = {} } = services[service] ?? {};
  const sets = Map.groupBy(actions, (action) => {
    const name = action.slice(service.length + 1);
    const kinds = Actions[name.toLowerCase()]?.Resources ?? [];
    const formats = kinds.flatMap((kind) => Resources[kind.toLowerCase()]?.ARNFormats ?? []);
    return [...new Set(formats.map(prefixOf))].sort().join(' ');
  });
  for (const [prefixes, all] of sets)
    if (prefixes !== '')
      arns.push(`${service} ${all.map((each) => each.slice(service.length + 1)).join(',')} ${prefixes}`);
}

/** `arn:${Partition}:sqs:${Region}:${Account}:.*` is `sqs:R:A:*`. */
function prefixOf(format: string): string {
  return format
    .replace(/^arn:(\$\{Partition\}|aws|\.\*):/, '')
    .replace('${Region}', 'R')
    .replace('${Account}', 'A')
    .replaceAll(/\.\*|\$\{\w+\}/g, '*')
    .replaceAll(/\s/g, '');
}

const write = (name: string, text: string): void =>
  writeFileSync(resolve(import.meta.dirname, '../src/policies/data', name), text);

write(
  'handler-data.ts',
  `// Made by scripts/handler-data.ts from CloudFormation's resource schemas. Do not edit.
// One line a resource type, then its actions by service, each with the handlers that call it (create, read, update,
// delete, list).
export const HANDLER_DATA = \`
${respelt.join('\n')}
\`;
`,
);
write(
  'arn-data.ts',
  `// Made by scripts/handler-data.ts from AWS's policy generator. Do not edit.
// A service, actions of it, and the ARNs that these can be narrowed to, without \\\`arn:<partition>:\\\`; R is the region, A
// the account. What is missing takes \`*\` only.
export const ARN_DATA = \`
${arns.sort().join('\n')}
\`;
`.replaceAll('\\`', '`'),
);
console.log(`${respelt.length} types, ${used.length} actions, ${arns.length} sets of ARNs`);
