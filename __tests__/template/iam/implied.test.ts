import { describe, expect, it } from '@jest/globals';
import { implies } from '../../../src/template/iam/implied.ts';
import { includesRange } from '../../../src/template/iam/table/addresses.ts';

const ip = (operator: string, ...values: string[]) =>
  JSON.stringify({ [operator]: { 'aws:SourceIp': values } });
const org = (operator: string, value: string | string[]) =>
  JSON.stringify({ [operator]: { 'aws:PrincipalOrgID': value } });

describe('one condition implies another', () => {
  it.each([
    ['any', ip('IpAddress', '10.0.0.0/8'), ''],
    ['of a smaller range', ip('IpAddress', '10.1.0.0/16'), ip('IpAddress', '10.0.0.0/8')],
    ['of a single address', ip('IpAddress', '10.1.2.3'), ip('IpAddress', '10.1.2.3/32', '192.0.2.1')],
    ['of fewer values', org('StringEquals', 'o-1'), org('StringEquals', ['o-2', 'o-1'])],
    ['of more that it leaves out', ip('NotIpAddress', '10.0.0.0/8'), ip('NotIpAddress', '10.1.0.0/16')],
    ['with wildcards', org('StringEquals', 'o-1'), org('StringLike', 'o-*')],
    ['that need not be there', org('StringEquals', 'o-1'), org('StringEqualsIfExists', 'o-1')],
    [
      'with more keys',
      JSON.stringify({
        StringEquals: { 'aws:PrincipalOrgID': 'o-1' },
        Bool: { 'aws:SecureTransport': 'true' },
      }),
      org('StringEquals', 'o-1'),
    ],
  ])('%s', (_name, narrow, wide) => {
    expect(implies(narrow, wide)).toBe(true);
    expect(implies(wide, narrow)).toBe(false);
    expect(implies(narrow, narrow)).toBe(true);
  });

  it('never where they are about different things', () => {
    expect(implies(org('StringEquals', 'o-1'), ip('IpAddress', '10.0.0.0/8'))).toBe(false);
    expect(implies(org('StringEquals', 'o-1'), org('StringNotEquals', 'o-1'))).toBe(false);
    expect(implies('', org('StringEquals', 'o-1'))).toBe(false);
    expect(implies(org('Null', 'true'), org('Null', 'false'))).toBe(false);
  });
});

it.each([
  ['10.0.0.0/8', '10.255.0.0/16', true],
  ['10.0.0.0/8', '11.0.0.0/16', false],
  ['10.0.0.0/16', '10.0.0.0/8', false],
  ['0.0.0.0/0', '192.0.2.1', true],
  ['192.0.2.1', '192.0.2.1/32', true],
  ['2001:db8::/32', '2001:db8:1::/48', true],
  ['2001:db8::/32', '2001:db9::1', false],
  ['::/0', '2001:db8:0:0:0:0:0:1', true],
  ['::/0', '10.0.0.0/8', false],
  ['10.0.0/8', '10.0.0.0/8', false],
  ['10.0.0.300/8', '10.0.0.0/8', false],
  ['10.0.0.0/40', '10.0.0.0/8', false],
])('%s has %s in it: %s', (range, other, isIn) => {
  expect(includesRange(range, other)).toBe(isIn);
});
