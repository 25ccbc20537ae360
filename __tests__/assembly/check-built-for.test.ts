import { expect, it } from '@jest/globals';
import { checkBuiltFor } from '../../src/assembly/check-built-for.ts';

const stack = { stackName: 'orders', builtFor: { Arch: 'arm64', 'AWS::Region': 'eu-west-1' } };

it('code is deployed with the values that it was built for, and with no others', () => {
  checkBuiltFor(stack, { Arch: 'arm64', 'AWS::Region': 'eu-west-1', Other: 'x' });
  // What nobody can tell yet is looked at later.
  checkBuiltFor(stack, {});
  checkBuiltFor({ stackName: 'plain' }, { Arch: 'x86_64' });
  expect(() => checkBuiltFor(stack, { Arch: 'x86_64', 'AWS::Region': 'us-east-1' })).toThrow(
    [
      'orders: its code was built for Arch "arm64", but would be deployed with "x86_64". Give Arch the same value in the input parameters of both steps, or build it again. A deployed stack keeps its values.',
      'orders: its code was built for AWS::Region "eu-west-1", but would be deployed with "us-east-1". Build it where it is deployed.',
    ].join('\n'),
  );
});
