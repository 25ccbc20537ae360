import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { missingSdk } from '../../src/local/missing-sdk.ts';
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
])('of %s: %s', (runtime, errorMessage, name) => {
  const said = missingSdk(localFunction({ runtime }), { errorType: 'Error', errorMessage });
  if (name === undefined) expect(said).toBeUndefined();
  else
    expect(said).toMatch(new RegExp(`^Hello: ${name} comes with ${runtime} in Lambda, .*install ${name}\\b`));
});
