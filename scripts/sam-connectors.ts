/**
 * Makes src/sam/data/connectors.ts: what a connector between two types of resources may do, and how each type is
 * referred to; and src/sam/data/resolver-code.ts: the code of resolvers whose author gives none.
 *
 * The source is the pinned aws-sam-translator (Apache-2.0) of scripts/python/sam-cli.txt; make the data anew with
 *
 *     node scripts/sam-connectors.ts
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pythonTools } from './venv.ts';

const tools = await pythonTools('sam-cli');
if ('missing' in tools) throw new Error(tools.missing);
const { bin } = tools;

const read = (path: string): string => {
  const [file] = globSync(join(bin, '../lib/python*/site-packages/samtranslator', path));
  if (file === undefined) throw new Error(`aws-sam-translator has no ${path} any more`);
  return readFileSync(file, 'utf8');
};

const { Permissions, CfnResourceProperties } = JSON.parse(read('model/connector_profiles/profiles.json')) as {
  Permissions: Record<string, Record<string, unknown>>;
  CfnResourceProperties: Record<string, unknown>;
};

const json = (value: unknown): string =>
  JSON.stringify(value).replaceAll('\\', '\\\\').replaceAll('${', '\\${');
const pairs = Object.entries(Permissions)
  .flatMap(([source, profiles]) =>
    Object.entries(profiles).map(([destination, profile]) => `${source} ${destination} ${json(profile)}`),
  )
  .sort();
const types = Object.entries(CfnResourceProperties)
  .map(([type, properties]) => `${type} ${json(properties)}`)
  .sort();
writeFileSync(
  resolve(import.meta.dirname, '../src/sam/data/connectors.ts'),
  `// Made by scripts/sam-connectors.ts from aws-sam-translator (Apache-2.0). Do not edit.
/** One line a pair: the types of its source and destination, and what a connector between them makes, as JSON. */
export const PROFILES = \`
${pairs.join('\n')}
\`;

/** One line a type: how its role, ARN, name and so on are referred to, as JSON. */
export const REFERENCES = \`
${types.join('\n')}
\`;
`,
);

const code = /^APPSYNC_PIPELINE_RESOLVER_JS_CODE = """([^"]*)"""/m.exec(
  read('internal/model/appsync.py'),
)?.[1];
if (code === undefined) throw new Error('aws-sam-translator has no code of resolvers any more');
writeFileSync(
  resolve(import.meta.dirname, '../src/sam/data/resolver-code.ts'),
  `// Made by scripts/sam-connectors.ts from aws-sam-translator (Apache-2.0). Do not edit.
/** The code of a resolver that only calls its functions. */
export const RESOLVER_CODE = ${JSON.stringify(code)};
`,
);
