/** `node scripts/docs.ts`: writes the tables of inputs and outputs into README.md from action.yml. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname, '..');

interface ActionFile {
  readonly inputs: Record<string, { description: string; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
}

const cell = (text: string): string => text.trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');

/** README.md with its tables made anew. */
export function readmeWithTables(readme: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as ActionFile;
  const inputRows = Object.entries(inputs).map(
    ([name, { description, default: text }]) =>
      `| \`${name}\` | ${cell(description)} | ${text ? `\`${text}\`` : ''} |`,
  );
  const outputRows = Object.entries(outputs).map(
    ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
  );
  const between = (text: string, mark: string, table: readonly string[]): string =>
    text.replace(
      new RegExp(`(<!-- ${mark} -->\n)[^]*?(<!-- /${mark} -->)`),
      (_, start: string, end: string) => `${start}\n${table.join('\n')}\n\n${end}`,
    );
  const withInputs = between(readme, 'inputs', [
    '| Input | Meaning | Default |',
    '|---|---|---|',
    ...inputRows,
  ]);
  return between(withInputs, 'outputs', ['| Output | Meaning |', '|---|---|', ...outputRows]);
}

if (process.argv[1] === import.meta.filename) {
  const path = resolve(root, 'README.md');
  writeFileSync(
    path,
    readmeWithTables(readFileSync(path, 'utf8'), readFileSync(resolve(root, 'action.yml'), 'utf8')),
  );
}
