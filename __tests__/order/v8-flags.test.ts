import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';

const FLAGS = pathToFileURL(join(resolve(import.meta.dirname, '../../src/order'), 'v8-flags.ts')).href;

/** What V8 says of a program that calls a function often enough to have it optimized. */
function trace(before: string): { readonly stdout: string; readonly stderr: string } {
  const program = `import { keepYoungSpaceSmall, optimizeLittle } from '${FLAGS}';
    ${before}
    const hot = (count) => { let sum = 0; for (let i = 0; i < count; i++) sum += i % 7; return sum; };
    for (let i = 0; i < 10_000; i++) hot(2_000);`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--trace-opt', '--input-type=module', '-e', program],
    { encoding: 'utf8', env: {} },
  );
  return {
    stdout: stdout
      .split('\n')
      .filter((line) => line.includes('hot'))
      .join('\n'),
    stderr,
  };
}

it('keeps V8 from optimizing what runs for a short time, by flags that it knows', () => {
  expect(trace('').stdout).toMatch(/for optimization to TURBOFAN/);
  const { stdout, stderr } = trace('keepYoungSpaceSmall(); optimizeLittle();');
  expect(stderr).toBe('');
  expect(stdout).not.toContain('TURBOFAN');
  // What is called very often is worth the quick one.
  expect(stdout).toMatch(/for optimization to MAGLEV/);
});
