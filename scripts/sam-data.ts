/**
 * Makes src/sam/data/managed-policies.ts: the ARNs of AWS's managed policies, as SAM's transform knows them by name.
 *
 * The source is the pinned aws-sam-translator (Apache-2.0) of scripts/python/sam-cli.txt; make the data anew with
 *
 *     node scripts/sam-data.ts
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pythonTools } from './venv.ts';

const tools = await pythonTools('sam-cli');
if ('missing' in tools) throw new Error(tools.missing);
const [file] = globSync(
  join(tools.bin, '../lib/python*/site-packages/samtranslator/internal/data/aws_managed_policies.json'),
);
if (file === undefined) throw new Error('aws-sam-translator has no list of managed policies any more');
const byPartition = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>;

/** For each name and path: the partitions that have it. */
const found = new Map<string, string[]>();
for (const [partition, policies] of Object.entries(byPartition)) {
  for (const [name, arn] of Object.entries(policies)) {
    const path = arn.slice(`arn:${partition}:iam::aws:policy/`.length, -name.length);
    const key = `${path}${name}`;
    found.set(key, [...(found.get(key) ?? []), partition]);
  }
}
const groups = Map.groupBy(found.keys(), (key) => {
  const path = key.includes('/') ? key.slice(0, key.lastIndexOf('/') + 1) : '/';
  return `${(found.get(key) ?? []).sort().join(',')} ${path}`;
});
const lines = [...groups]
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(
    ([group, keys]) =>
      `${group} ${keys
        .map((key) => key.slice(key.lastIndexOf('/') + 1))
        .sort()
        .join(' ')}`,
  );
writeFileSync(
  resolve(import.meta.dirname, '../src/sam/data/managed-policies.ts'),
  `/**
 * Managed policies of AWS: partitions, path (\`/\`: none), and names. Made by scripts/sam-data.ts; do not edit.
 * Source: aws-sam-translator (Apache-2.0).
 */
export const MANAGED_POLICIES = \`
${lines.join('\n')}
\`;
`,
);
