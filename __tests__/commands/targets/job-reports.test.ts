import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { jobReports } from '../../../src/commands/targets/job-reports.ts';
import type { Host } from '../../../src/host.ts';
import { storeReport } from '../../../src/report/stored.ts';
import { lines } from '../../aws/support.ts';
import { report } from '../../report/sample.ts';

const MB = 1024 * 1024;

it('reads reports up to what a job has memory for, and says which it does not', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'reports-')));
  try {
    for (let index = 0; index < 9; index++) {
      const text = storeReport(report([]), { target: `t${index}`, failed: false });
      await writeFile(join(folder, `${index}.json`), text.padEnd(7.5 * MB));
    }
    const log = lines();
    const found = jobReports(folder, { commit: undefined, runUrl: undefined }, {
      workspace: folder,
      log,
    } as unknown as Host);
    expect(found.map(({ target }) => target)).toEqual(['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7']);
    expect(log.lines).toEqual([
      `warning: 8.json: it is not read: all reports together have more than ${64 * MB} bytes. Collect fewer targets in one job.`,
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
