import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { workspace } from '../../../src/packaging/workspace/workspace.ts';
import { readChecks } from '../../../src/stages/deploy/verify/read-checks.ts';
import type { Run } from '../../../src/stages/run.ts';

it('refuses what only an execution on this machine could tell, before anything is deployed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  try {
    mkdirSync(join(folder, 'verify'));
    const file = (name: string, content: object) =>
      writeFileSync(join(folder, 'verify', name), JSON.stringify(content));
    file('fine.json', { function: 'Orders', payload: {}, expect: { status: 200 } });
    file('steps.json', {
      function: 'Orders',
      callbacks: { approval: { result: 'yes' } },
      expect: { status: 'SUCCEEDED', steps: [] },
    });
    const source = { space: workspace(folder, false), workingDirectory: folder };
    await expect(readChecks(['verify/*.json'], { source } as unknown as Run)).rejects.toThrow(
      /^callbacks, expect\.steps, expect\.status: SUCCEEDED: these are for durable functions that run here, and this one is called in AWS \(verify\/steps\.json\)\. Move the file/,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
