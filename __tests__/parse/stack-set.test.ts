import { describe, expect, it } from '@jest/globals';
import { stackSet } from '../../src/parse/stack-set.ts';

const files: Readonly<Record<string, string>> = {
  'stack-set.yml': 'regions: [eu-central-1]\naccounts: 012345678901\n',
};
const read = (raw: string) =>
  stackSet(raw, {
    readText: async (path) => {
      const text = files[path];
      return text === undefined ? undefined : { text, file: path };
    },
  });
const problems = (raw: string): Promise<string> =>
  read(raw).then(
    () => '',
    (error: Error) => error.message,
  );

describe('settings of a stack set', () => {
  it('are a map, or the path of a file with one', async () => {
    expect(await read('stack-set.yml')).toMatchObject({
      regions: ['eu-central-1'],
      accounts: ['012345678901'],
    });
    expect(await read('{ "regions": ["eu-central-1"], "organizational-units": ["r-ab12"] }')).toMatchObject({
      units: ['r-ab12'],
      accounts: [],
    });
    expect(await read('missing.yml')).toBeUndefined();
  });

  it('have numbers and shares of accounts', async () => {
    const found = await read(
      'regions: us-east-1\naccounts: 111111111111\nfailure-tolerance: 0\nmax-concurrent: 25%\n',
    );
    expect(found).toMatchObject({ failureTolerance: { count: 0 }, maxConcurrent: { percent: 25 } });
  });

  it('are told with everything that is wrong', async () => {
    const said = await problems(
      'regons: [eu-central-1]\naccounts: [11]\nmax-concurrent: 0\nauto-deployment: maybe\n',
    );
    expect(said).toContain(
      'there is no setting "regons" (input stack-set:1:1). Give regions if that is meant.',
    );
    expect(said).toContain('accounts: "[11]" is not accepted');
    expect(said).toContain('max-concurrent: "0" is not accepted');
    expect(said).toContain('it names no regions');
  });

  it.each([
    ['regions: us-east-1', 'it names no accounts'],
    [
      'regions: us-east-1\naccounts: 111111111111\nauto-deployment: true',
      'auto-deployment is a setting of stack sets with organizational-units',
    ],
    [
      'regions: us-east-1\norganizational-units: r-ab12\nexecution-role: any',
      'execution-role is a setting of stack sets with accounts alone',
    ],
    [
      'regions: us-east-1\norganizational-units: r-ab12\naccounts: 111111111111\nexcept-accounts: 222222222222',
      'accounts and except-accounts exclude each other',
    ],
    ['- regions: us-east-1', 'it is no map'],
  ])('do not go together: %s', async (raw, said) => {
    expect(await problems(raw)).toContain(said);
  });
});
