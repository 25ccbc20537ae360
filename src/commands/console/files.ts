import { mkdir, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { EventFile, TestToSave } from '../../console/types.ts';
import { letters } from '../../local/functions/function.ts';
import { isSmokeTest, parseSmokeTest } from '../../local/smoke.ts';
import { namedFiles } from '../../packaging/workspace/named-files.ts';
import { isInside } from '../../packaging/workspace/workspace.ts';
import { ProblemError } from '../../problem.ts';
import type { Run } from '../../stages/run.ts';

const FOLDER = 'events';
const PATTERN = `${FOLDER}/**/*.json`;
/** Bytes of a file that a page can be used to edit. */
const LARGEST = 1024 * 1024;
const MOST_FILES = 500;

/** The events and smoke tests of a repository, where smoke tests are by custom. Files that are no JSON are left out. */
export async function eventFiles({ source }: Run): Promise<readonly EventFile[]> {
  const naming = { input: 'events', example: PATTERN };
  const { files } = await namedFiles(source.space, source.workingDirectory, [PATTERN], naming);
  const read = files.slice(0, MOST_FILES).map(async ({ path, shown }): Promise<EventFile[]> => {
    const text = await readFile(path, 'utf8');
    if (text.length > LARGEST || !isJson(text)) return [];
    if (!isSmokeTest(JSON.parse(text))) return [{ file: shown, event: text }];
    try {
      const test = parseSmokeTest(shown, text);
      return [{ file: shown, function: test.function, event: JSON.stringify(test.payload, undefined, 2) }];
    } catch (error) {
      if (error instanceof ProblemError) return [];
      throw error;
    }
  });
  return (await Promise.all(read)).flat();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes a smoke test: `events/<function>/<name>.json`, in the folder that the function's other tests are in.
 *
 * @returns the file's name in the workspace
 * @throws ProblemError when there is such a file, the name is none, or something is expected that tests do not know
 */
export async function saveTest(test: TestToSave, { source, host }: Run): Promise<string> {
  const { name, function: target, payload, expect, tenant } = test;
  if (!/^[\w-][\w.-]{0,79}$/.test(name))
    throw new ProblemError({
      subject: 'the name of the test',
      message: `${JSON.stringify(name)} cannot be the name of a file`,
      next: 'Give letters, digits and - _ . only, such as takes-an-order.',
    });
  const folderOfAll = join(source.workingDirectory, FOLDER);
  const last = target.split('/').at(-1) ?? target;
  if (!/^\w[\w.-]*$/.test(last))
    throw new ProblemError({ message: `there is no function ${JSON.stringify(target)}` });
  const folders = await readdir(folderOfAll).catch(() => []);
  const short = folders.find((folder) => letters(folder) === letters(last)) ?? last;
  const content = {
    ...(letters(short) !== letters(target) && { function: target }),
    ...(tenant !== undefined && { tenant }),
    payload,
    expect,
  };
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  parseSmokeTest(`${FOLDER}/${short}/${name}.json`, text);
  const folder = join(folderOfAll, short);
  // Nothing is made behind a link either.
  const there = await realpath(folder).catch(() =>
    realpath(folderOfAll).catch(() => source.workingDirectory),
  );
  if (!isInside(source.space, there))
    throw new ProblemError({
      message: `${FOLDER}/${short} is a link out of the workspace`,
      next: 'Make it a folder.',
    });
  await mkdir(folder, { recursive: true });
  const path = join(await realpath(folder), `${name}.json`);
  const shown = relative(host.workspace, path);
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new ProblemError({ message: `there is a file ${shown} already`, next: 'Give another name.' });
  }
  return shown;
}
