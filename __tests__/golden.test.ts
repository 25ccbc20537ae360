import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pythonTools } from '../scripts/venv.ts';

const folder = join(import.meta.dirname, 'golden');

it('golden templates are what cfn-lint takes', async () => {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(`cfn-lint is missing: ${tools.missing}`);
  const copies = mkdtempSync(join(tmpdir(), 'golden-'));
  const templates = readdirSync(folder).map((name) => {
    const copy = join(copies, name);
    // What is left out of the golden ones is part of names, too.
    writeFileSync(copy, readFileSync(join(folder, name), 'utf8').replaceAll('<hash>', 'abcdef0123'));
    return copy;
  });
  const { status, stdout } = spawnSync(
    join(tools.bin, 'python'),
    [join(tools.bin, 'cfn-lint'), '--non-zero-exit-code', 'error', '--', ...templates],
    { encoding: 'utf8' },
  );
  rmSync(copies, { recursive: true });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
