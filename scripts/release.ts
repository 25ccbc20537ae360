/**
 * What `.github/workflows/release.yml` does beside building:
 * `node scripts/release.ts check TAG` says what is wrong with a release of the tag;
 * `node scripts/release.ts publish TAG COMMIT FILE...` makes the release and moves the tag of its major version.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { notesOf, releaseProblems, versionOf } from './release/notes.ts';
import { publishRelease } from './release/publish.ts';

const root = resolve(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(join(root, name), 'utf8');
const [command, tag = '', commit = '', ...files] = process.argv.slice(2);

try {
  if (command === 'check') check();
  else if (command === 'publish') await publish();
  else throw new Error('usage: node scripts/release.ts check TAG | publish TAG COMMIT FILE...');
} catch (error) {
  console.error(`::error::${(error as Error).message}`);
  process.exitCode = 1;
}

function check(): void {
  const problems = releaseProblems(tag, {
    packageJson: read('package.json'),
    lock: read('package-lock.json'),
    changelog: read('CHANGELOG.md'),
  });
  for (const problem of problems) console.error(`::error::${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${tag} can be released`);
}

async function publish(): Promise<void> {
  const env = (name: string): string => {
    const value = process.env[name];
    if (!value) throw new Error(`${name} is not set: this runs in a workflow`);
    return value;
  };
  await publishRelease(
    {
      api: env('GITHUB_API_URL'),
      repository: env('GITHUB_REPOSITORY'),
      token: env('GITHUB_TOKEN'),
      tag,
      commit,
      notes: notesOf(read('CHANGELOG.md'), versionOf(tag) ?? ''),
      files,
    },
    (line) => console.log(line),
  );
}
