import { expect, it } from '@jest/globals';
import { inputsOfOne } from '../../../src/commands/targets/one-target.ts';
import type { Host } from '../../../src/host.ts';
import { parseInputs } from '../../../src/inputs.ts';
import { loadTargets } from '../../../src/sources/targets.ts';

const [hub, spoke] = ['hub', 'spoke'].map((name) => `arn:aws:iam::123456789012:role/${name}`);
const given = JSON.stringify([
  { name: 'a', stage: 'prod', account: '123456789012', roleToAssume: spoke, externalId: 'acme-17' },
]);

it('gives commands about one stack the role of the target, which that of the input assumes', async () => {
  const [target] = await loadTargets({ root: '/', allowOutside: false }, '/', given);
  const texts: Record<string, string> = { command: 'invoke', 'role-to-assume': hub ?? '' };
  const context = { readText: async () => undefined };
  const inputs = await parseInputs((name) => texts[name], context);
  // Here nobody asks AWS, so that no credentials are looked at.
  expect(await inputsOfOne(target, inputs, {} as Host)).toMatchObject({
    stage: 'prod',
    targets: undefined,
    roleToAssume: [hub, spoke],
    externalId: 'acme-17',
  });
});
