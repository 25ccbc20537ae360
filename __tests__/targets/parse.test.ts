import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { targetsSchemaText } from '../../scripts/schema.ts';
import { pathText } from '../../src/service/schema/check.ts';
import { parseTargets } from '../../src/targets/parse.ts';
import { matching, wavesOf } from '../../src/targets/waves.ts';

const file = resolve(import.meta.dirname, '../../src/targets/targets.schema.json');
const validate = new Ajv({ strict: false, allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')));

it('the published schema is what the validator says', () => {
  expect(readFileSync(file, 'utf8')).toBe(targetsSchemaText());
});

it.each<[string, boolean, unknown]>([
  ['a list', true, [{ name: 'dev', stage: 'dev' }]],
  ['a matrix', true, { matrix: { stage: ['dev', 'prod'] } }],
  ['a $schema', true, { $schema: 'x', targets: [{ name: 'dev' }] }],
  ['an unknown field', false, [{ name: 'dev', regoin: 'eu-central-1' }]],
  ['no name', false, [{ stage: 'dev' }]],
  ['an account that is a number', false, [{ name: 'dev', account: 111111111111 }]],
  ['no list of stages', false, { matrix: { stage: 'dev' } }],
  ['parameters in files and maps', true, [{ name: 'dev', parameters: ['a.json', { A: 1 }] }]],
])('schema and validator agree on %s', (_, good, value) => {
  expect(validate(value)).toBe(good);
  expect('drafts' in parseTargets(value)).toBe(good);
});

const drafts = (value: unknown) => {
  const parsed = parseTargets(value);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  return parsed.drafts;
};
const faults = (value: unknown): string[] => {
  const parsed = parseTargets(value);
  return 'faults' in parsed
    ? parsed.faults.map(({ path, message, next }) => `${pathText(path)}: ${message}. ${next ?? ''}`.trim())
    : [];
};

describe('a matrix', () => {
  const found = drafts({
    defaults: { tags: { team: 'orders' }, stackName: 'orders-{stage}', parameters: ['shared.json'] },
    matrix: {
      stage: ['dev', 'prod'],
      region: ['eu-central-1', 'us-east-1'],
      exclude: [{ stage: 'dev', region: 'us-east-1' }],
      include: [
        { stage: 'prod', account: '222222222222', tags: { on: 'call' }, parameters: { Size: 3 } },
        { stage: 'prod', region: 'us-east-1', needs: '{stage}-eu-*', approve: '{stage}' },
      ],
    },
  });

  it('has all combinations but those that are excluded', () => {
    expect(found.map(({ name }) => name)).toEqual([
      'dev-eu-central-1',
      'prod-eu-central-1',
      'prod-us-east-1',
    ]);
  });

  it('adds what is included where it is about them', () => {
    expect(found.at(-1)).toMatchObject({
      stage: 'prod',
      account: '222222222222',
      stackName: 'orders-prod',
      tags: { team: 'orders', on: 'call' },
      parameters: ['shared.json', { Size: '3' }],
      needs: ['prod-eu-central-1'],
      approve: 'prod',
    });
    expect(found[0]).toMatchObject({ tags: { team: 'orders' }, parameters: ['shared.json'], needs: [] });
  });

  it('takes the last part of the path of a service for its name', () => {
    const names = drafts({ matrix: { service: ['services/orders', 'services/users'], stage: ['dev'] } });
    expect(names.map(({ name, service }) => [name, service])).toEqual([
      ['orders', 'services/orders'],
      ['users', 'services/users'],
    ]);
  });
});

describe('everything that is wrong is told at once', () => {
  it('names that are used twice, needs of nobody, texts that say nothing', () => {
    expect(
      faults([
        { name: 'a', needs: ['prod'], stackName: 'x-{stage}', region: 'eu-central-1' },
        { name: 'a', approve: 'a:b', roleToAssume: 'deploy' },
        { name: 'prd', externalId: 'acme' },
      ]),
    ).toEqual([
      'targets[0].stackName: says {stage}, and it has no stage. Give its stage.',
      'targets[0].stackName: "x-{stage}" is not a letter, then up to 127 letters, digits and hyphens.',
      'targets[1].roleToAssume: "deploy" is not the ARN of an IAM role, such as arn:aws:iam::123456789012:role/deploy.',
      'targets[1].approve: "a:b" is not the name of an environment of the repository, without colons.',
      'targets[2].externalId: prd has an externalId and no roleToAssume that could ask for it. Give it a roleToAssume, or leave externalId out.',
      'targets[1]: there are 2 targets called a. Give each its own name.',
      'targets[0].needs: a needs prod, and there is no such target. Write prd if that is meant.',
    ]);
  });

  it('also beside what is of the wrong shape', () => {
    expect(
      faults({
        targets: [
          { name: 'one', account: 12, needs: ['two'] },
          { name: 'two', needs: 'one', stage: 'b' },
          { name: 'three', needs: 'four', stackName: '{stage}' },
          { name: 'ONE', regoin: 'eu-central-1' },
          { name: 'five', needs: 'ONE' },
        ],
      }),
    ).toEqual([
      'targets[0].account: has to be an account of 12 digits, in quotes, but is 12.',
      expect.stringMatching(
        /^targets\[3\]\.regoin: there is no such field\. Write region if that is meant\.$/,
      ),
      'targets[2].stackName: says {stage}, and it has no stage. Give its stage.',
      expect.stringMatching(/^targets\[2\]\.stackName: "\{stage\}" is not a letter/),
      expect.stringMatching(/^targets\[3\]: the names one and ONE differ in nothing but case/),
      expect.stringMatching(/^targets\[2\]\.needs: three needs four, and there is no such target\./),
      'targets[1]: targets need one another in a circle: two -> one -> two. Remove one of these needs.',
    ]);
  });

  it('but for what nobody can tell without it', () => {
    const stages = { matrix: { stage: 'dev' }, targets: [{ name: 'one', needs: 'dev' }] };
    expect(faults(stages)).toEqual([expect.stringMatching(/^matrix\.stage: has to be a list/)]);
    const defaults = { defaults: { stge: 'dev' }, targets: [{ name: 'one', stackName: 'a-{stage}' }] };
    expect(faults(defaults)).toEqual([expect.stringMatching(/^defaults\.stge: there is no such field/)]);
    expect(faults([{ name: 'one', account: 1 }])).toHaveLength(1);
    expect(faults('nothing')).toHaveLength(1);
  });

  it('where it is written', () => {
    expect(
      faults({
        defaults: { needs: 'nobody' },
        matrix: { stage: ['dev', 'prod'], include: [{ stage: 'prod', stackName: '1' }] },
      }),
    ).toEqual([
      expect.stringMatching(/^matrix\.include\[0\]\.stackName: stackName "1" is not/),
      expect.stringMatching(/^defaults\.needs: dev needs nobody/),
      expect.stringMatching(/^defaults\.needs: prod needs nobody/),
    ]);
  });

  it('names that are one folder where case does not matter', () => {
    expect(
      faults([
        { name: 'Dev', stage: 'dev' },
        { name: 'dev', stage: 'prod' },
      ]),
    ).toEqual([
      'targets[1]: the names Dev and dev differ in nothing but case, and are one folder on many disks. Give each its own name.',
    ]);
  });

  it('two targets that are one stack', () => {
    expect(
      faults([
        { name: 'a', stage: 'dev' },
        { name: 'b', stage: 'dev' },
      ]),
    ).toEqual([
      'targets[1]: a and b are the same stack. Give them different stages, regions, accounts or stack names.',
    ]);
  });

  it('circles', () => {
    const [first] = faults([
      { name: 'a', stage: 'a', needs: 'b' },
      { name: 'b', stage: 'b', needs: ['c'] },
      { name: 'c', stage: 'c', needs: 'a' },
    ]);
    expect(first).toMatch(/targets need one another in a circle: a -> b -> c -> a/);
  });

  it('entries of a matrix that are about nothing', () => {
    expect(
      faults({
        matrix: { stage: ['dev'], exclude: [{ stage: 'prod' }], include: [{ stage: 'test', approve: 'x' }] },
      }),
    ).toEqual([
      'matrix.exclude[0]: there is no such combination. Correct its values, or remove it.',
      'matrix.include[0]: no combination has these values. Correct its values, or remove it.',
    ]);
  });

  it('no targets at all', () => {
    expect(faults({})).toEqual([': there are no targets. Give targets, or matrix.']);
    expect(faults({ matrix: {} })[0]).toMatch(/^matrix: it has no values/);
  });
});

it.each([
  ['prod', ['prod']],
  ['prod*', ['prod', 'prod-eu', 'prod-us']],
  ['*-eu', ['prod-eu', 'dev-eu']],
  ['*o*-*u*', ['prod-eu', 'prod-us']],
  ['prod*prod', []],
  ['*', ['prod', 'prod-eu', 'prod-us', 'dev-eu', 'd.v']],
  ['d.v', ['d.v']],
  ['d**v', ['d.v']],
  [`${'*d'.repeat(40)}*x`, []],
])('%s means these targets', (pattern, names) => {
  const all = ['prod', 'prod-eu', 'prod-us', 'dev-eu', 'd.v', 'd'.repeat(100)].map((name) => ({ name }));
  const shown = pattern === '*' ? all.slice(0, -1) : all;
  expect(matching(pattern, shown).map(({ name }) => name)).toEqual(names);
});

it('waves are as early as they can be', () => {
  const all = drafts([
    { name: 'canary', stage: 'canary' },
    { name: 'one', stage: '1', needs: 'canary' },
    { name: 'two', stage: '2', needs: ['canary'] },
    { name: 'last', stage: 'last', needs: ['*'] },
    { name: 'beside', stage: 'beside' },
  ]);
  expect(wavesOf(all).map((wave) => wave.map(({ name }) => name))).toEqual([
    ['canary', 'beside'],
    ['one', 'two'],
    ['last'],
  ]);
});
