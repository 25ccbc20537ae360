import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { pythonTools } from '../scripts/venv.ts';

const folder = join(import.meta.dirname, 'golden');

it('golden templates are what cfn-lint takes', async () => {
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(`cfn-lint is missing: ${tools.missing}`);
  const templates = readdirSync(folder).map((name) => join(folder, name));
  const { status, stdout } = spawnSync(
    join(tools.bin, 'python'),
    [join(tools.bin, 'cfn-lint'), '--non-zero-exit-code', 'error', '--', ...templates],
    { encoding: 'utf8' },
  );
  expect(stdout).toBe('');
  expect(status).toBe(0);
}, 60_000);
