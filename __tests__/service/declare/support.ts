import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pythonTools } from '../../../scripts/venv.ts';
import { declarationFindings, marshal } from '../../../src/service/marshal/index.ts';
import { pathText } from '../../../src/service/schema/check.ts';
import type { Service } from '../../../src/service/types.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';

/** The template of a service, with an address for code that has none yet. */
export function templateOf(service: Service): Template {
  const template = marshal(service, { codeHashes: new Map(), roleArns: new Map() });
  return JSON.parse(
    JSON.stringify(template, (key, value) =>
      value === '' && /^(S3|Source)?(Bucket|Key)$/.test(key) ? 'artifacts' : value,
    ),
  );
}

/** Faults as lines. */
export const faultsOf = (service: Service): string[] =>
  declarationFindings(service).faults.map(
    ({ path, message, next }) => `${pathText(path)}: ${message}. ${next}`,
  );

/** Logical IDs with their types. */
export const typesOf = (service: Service): Record<string, string> =>
  Object.fromEntries(
    Object.entries(templateOf(service).Resources).map(([id, resource]) => [
      id,
      (resource as JsonObject).Type as string,
    ]),
  );

export const propertiesOf = (service: Service, id: string): JsonObject =>
  ((templateOf(service).Resources[id] as JsonObject | undefined)?.Properties ?? {}) as JsonObject;

/** What cfn-lint says about templates, all in one process; nothing is what it should say. */
export async function lint(templates: Readonly<Record<string, object>>): Promise<string[]> {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(`cfn-lint is missing: ${tools.missing}`);
  const folder = await mkdtemp(join(tmpdir(), 'lint-'));
  try {
    const files = Object.keys(templates).map((name) => join(folder, `${name}.json`));
    const texts = Object.values(templates).map((template) => JSON.stringify(template, undefined, 1));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')));
    const args = [
      join(tools.bin, 'cfn-lint'),
      '--format',
      'parseable',
      '--regions',
      'us-east-1',
      '--',
      ...files,
    ];
    const output = await new Promise<string>((resolve, reject) =>
      execFile(join(tools.bin, 'python'), args, { timeout: 240_000 }, (error, stdout) => {
        // Findings end it with a number that says how grave they are; a failure without findings is one.
        if (error && stdout === '') reject(error);
        else resolve(stdout);
      }),
    );
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(`${folder}/`, ''));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
