import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { INPUTS, type InputName, parseInputs } from '../../src/inputs.ts';
import { unzip } from '../../src/packaging/archive/unzip.ts';
import { listArchive } from '../../src/packaging/archive/zip-reader.ts';
import { ProblemError } from '../../src/problem.ts';
import { zipOf } from '../aws/support.ts';
import { hostileText, promptly, RUNS } from './hostile.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Its problems, if it had any; any other error fails the test. */
async function problemsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map(({ message }) => message);
  }
}

const names = Object.keys(INPUTS) as InputName[];

it('any text of an input is taken, or refused in words', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), hostileText, (name, text) =>
      promptly(async () => {
        const context = { readText: async (file: string) => ({ text, file }) };
        const problems = await problemsOf(() =>
          parseInputs((each) => (each === name ? text : undefined), context),
        );
        for (const problem of problems) expect(problem).not.toBe('');
      }),
    ),
    RUNS,
  ));

/** An archive in which bytes were changed, or whose end is missing. */
const brokenArchive = fc
  .tuple(
    hostileText.map((name) => name.slice(0, 60)),
    fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 })), { maxLength: 6 }),
    fc.option(fc.nat({ max: 400 }), { nil: undefined }),
  )
  .map(([name, changes, length]) => {
    const bytes = zipOf(name, 'export const handler = async () => 1;');
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes.subarray(0, length);
  });

it('any archive is listed and unpacked, or refused, and nothing leaves its folder', () =>
  fc.assert(
    fc.asyncProperty(brokenArchive, (bytes) =>
      promptly(async () => {
        const path = join(folder, 'archive.zip');
        const inside = join(folder, 'a/b/c/d/inside');
        await writeFile(path, bytes);
        await problemsOf(() => listArchive(path));
        await problemsOf(() => unzip(path, inside));
        await rm(inside, { recursive: true, force: true });
      }),
    ),
    RUNS,
  ));
