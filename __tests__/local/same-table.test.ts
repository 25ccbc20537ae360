/** The table of docs/local.md says of each case what its test says. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { SERVICE_CASES } from '../support/service-cases.ts';

it('has each case, and says where the emulator does otherwise, and why', () => {
  const docs = readFileSync(resolve(import.meta.dirname, '../../docs/local.md'), 'utf8');
  const section = docs.slice(docs.indexOf('### The same here and deployed'));
  const rows = [...section.matchAll(/^\| (.+?) \| yes \| (yes|no.*?)(?:, .*)? \|$/gm)].map(
    ([, name, deployed]) => ({
      name,
      deployed,
    }),
  );
  expect(rows.slice(0, SERVICE_CASES.length)).toEqual(
    SERVICE_CASES.map(({ name, emulator }) => ({
      name,
      deployed: emulator === undefined ? 'yes' : `no: ${emulator}`,
    })),
  );
});
