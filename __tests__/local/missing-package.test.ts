import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { expect, it } from '@jest/globals';
import { ZipArchive } from 'archiver';
import { missingPackage } from '../../src/local/missing-package.ts';
import { localFunction, testHost } from './functions.ts';

const FILES = {
  'asks.mjs': "import '@aws-sdk/client-nothing';\nexport const handler = async () => 1;\n",
  'requires.js': "require('@aws-sdk/client-nothing/dist');\nexports.handler = async () => 1;\n",
  'own.mjs': "import '@acme/client';\nexport const handler = async () => 1;\n",
};

it('says what is missing here alone, and how to get it, once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'missing-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  const functionOf = (logicalId: string, runtime: string) =>
    localFunction({
      logicalId,
      runtime,
      handler: `${logicalId}.handler`,
      code: { kind: 'directory', path: folder },
    });
  const host = testHost([
    functionOf('asks', 'nodejs24.x'),
    functionOf('requires', 'nodejs24.x'),
    functionOf('own', 'nodejs24.x'),
  ]);
  try {
    for (const fn of [...host.functions, ...host.functions])
      expect((await host.invoke(fn, '{}')).kind).toBe('function-error');
    const next = 'bundle it, or run "npm install @aws-sdk/client-nothing" in the folder of the code';
    expect(host.warnings).toEqual([
      `asks: @aws-sdk/client-nothing comes with nodejs24.x in Lambda, and is not here: ${next}`,
      `requires: @aws-sdk/client-nothing comes with nodejs24.x in Lambda, and is not here: ${next}`,
    ]);
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

it.each([
  ['python3.13', "Unable to import module 'app': No module named 'boto3'", 'boto3'],
  ['ruby3.4', 'cannot load such file -- aws-sdk-s3', 'aws-sdk-s3'],
  ['nodejs16.x', "Error: Cannot find module 'aws-sdk'\nRequire stack:", 'aws-sdk'],
  // Lambda has no version 2 there either.
  ['nodejs22.x', "Error: Cannot find module 'aws-sdk'\nRequire stack:", undefined],
  ['provided.al2023', "No module named 'boto3'", undefined],
  ['python3.13', "No module named 'boto3000'", undefined],
])('of %s: %s', async (runtime, errorMessage, name) => {
  const said = await missingPackage(localFunction({ runtime }), { errorType: 'Error', errorMessage });
  if (name === undefined) expect(said).toBeUndefined();
  else
    expect(said).toMatch(new RegExp(`^Hello: ${name} comes with ${runtime} in Lambda, .*install ${name}\\b`));
});

const NODE = "import 'left-pad';\nexport const handler = async () => 1;\n";
const PYTHON = 'import left_pad\n\n\ndef handler(event, context):\n    return 1\n';

/** What is warned of a function with these files as its archive. */
async function warnedOf(
  runtime: string,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'missing-'));
  const path = join(folder, 'code.zip');
  const archive = new ZipArchive();
  for (const [name, text] of Object.entries(files)) archive.append(text, { name });
  await Promise.all([pipeline(archive, createWriteStream(path)), archive.finalize()]);
  const code = { kind: 'zip', path, hash: `${runtime}-${Object.keys(files).length}` } as const;
  const host = testHost([localFunction({ runtime, handler: 'index.handler', code })]);
  try {
    for (const fn of host.functions) expect((await host.invoke(fn, '{}')).kind).toBe('function-error');
    return host.warnings.filter((warning) => !warning.includes('but it runs here on'));
  } finally {
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

it.each([
  ['nodejs24.x', 'left-pad', 'package.json', { 'index.mjs': NODE, 'package.json': '{}' }],
  ['python3.13', 'left_pad', 'requirements.txt', { 'index.py': PYTHON, 'requirements.txt': 'left_pad\n' }],
])('says of %s that nothing installed what its code lists', async (runtime, name, list, files) => {
  expect(await warnedOf(runtime, files)).toEqual([
    `Hello: ${name} is not in its code, which has a ${list} and nothing installed of it: in a template, let Metadata.BuildMethod build it (docs/sam.md), or install it in the folder of the code`,
  ]);
});

it.each([
  ['nodejs24.x', { 'index.mjs': NODE }],
  ['nodejs24.x', { 'index.mjs': NODE, 'package.json': '{}', 'node_modules/other/index.js': '' }],
  ['nodejs24.x', { 'index.mjs': "import './gone.mjs';\n", 'package.json': '{}' }],
  ['python3.13', { 'index.py': PYTHON }],
  ['python3.13', { 'index.py': PYTHON, 'requirements.txt': '', 'other-1.0.dist-info/METADATA': '' }],
])('says nothing of %s where a package is missing for another reason: %j', async (runtime, files) => {
  expect(await warnedOf(runtime, files)).toEqual([]);
});
