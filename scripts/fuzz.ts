/** `npm run test:fuzz [cases]`: every property test with 10,000 cases; `npm test` runs a few hundred. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const { status } = spawnSync(
  join(root, 'node_modules', '.bin', 'jest'),
  ['__tests__/fuzz', '__tests__/local/runtime/clients', '--maxWorkers', '2', '--testTimeout', '3600000'],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      FUZZ_RUNS: process.argv[2] ?? '10000',
      NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
    },
  },
);
process.exitCode = status ?? 1;
