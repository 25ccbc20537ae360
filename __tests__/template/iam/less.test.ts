import { describe, expect, it } from '@jest/globals';
import { parseTemplate } from '../../../src/template/read/parse.ts';
import type { Template } from '../../../src/template/types.ts';
import { cautionsOf } from './doors.ts';

const read = (resource: string): Template =>
  parseTemplate(`Resources:\n  ${resource}\n`, 'template.yaml').template;

/** Cautions between two resources: `permission Role denies no longer ...`. */
const said = (before: string, after: string): string[] =>
  cautionsOf(read(before), read(after)).map(
    ({ kind, logicalId, message }) => `${kind} ${logicalId} ${message}`,
  );

describe('what is said of denials', () => {
  const policy = (...statements: string[]) =>
    `Role: { Type: AWS::IAM::Policy, Properties: { PolicyName: p, Roles: [r], PolicyDocument: { Statement: [${statements.join(', ')}] } } }`;
  const deny = (action: string, resource = "'*'") =>
    `{ Effect: Deny, Action: ${action}, Resource: ${resource} }`;
  it.each([
    ['are narrower', deny("'s3:*'"), deny("'s3:DeleteBucket'"), 's3:* on *'],
    ['are of fewer things', deny("'s3:*'"), deny("'s3:*'", 'arn:aws:s3:::b'), 's3:* on *'],
    ['are gone beside others', `${deny("'s3:*'")}, ${deny("'iam:*'")}`, deny("'iam:*'"), 's3:* on *'],
    ['are wider', deny("'s3:Delete*'"), deny("'s3:*'"), undefined],
    [
      'have another condition',
      `{ Effect: Deny, Action: 's3:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': false } } }`,
      deny("'s3:*'"),
      undefined,
    ],
    [
      'name other exceptions',
      `{ Effect: Deny, NotAction: ['s3:Get*'], Resource: '*' }`,
      `{ Effect: Deny, NotAction: ['s3:Get*', 's3:List*'], Resource: '*' }`,
      undefined,
    ],
  ])('that %s', (_name, before, after, lifted) => {
    expect(said(policy(before), policy(after))).toEqual(
      lifted === undefined ? [] : [`permission Role denies no longer: ${lifted} (PolicyDocument)`],
    );
  });
});

describe('what is said of policies that keep data', () => {
  const table = (policies: string, type = 'AWS::DynamoDB::Table') => `It: { Type: ${type}${policies} }`;
  it.each([
    [table(', DeletionPolicy: Retain'), table(''), 'DeletionPolicy: Retain → Delete'],
    [
      table(', DeletionPolicy: RetainExceptOnCreate, UpdateReplacePolicy: Retain'),
      table(', DeletionPolicy: Delete'),
      'DeletionPolicy: RetainExceptOnCreate → Delete), policy that keeps its data (UpdateReplacePolicy: Retain → Delete',
    ],
    [
      table('', 'AWS::RDS::DBInstance'),
      table(', DeletionPolicy: Delete', 'AWS::RDS::DBInstance'),
      'DeletionPolicy: Snapshot → Delete',
    ],
    [table(', DeletionPolicy: Delete'), table(', DeletionPolicy: Retain'), undefined],
    [table(', DeletionPolicy: Retain'), table(', DeletionPolicy: RetainExceptOnCreate'), undefined],
    [table(', DeletionPolicy: Retain', 'AWS::SNS::Topic'), table('', 'AWS::SNS::Topic'), undefined],
  ])('%s, then %s', (before, after, lost) => {
    const type = /AWS::[\w:]+/.exec(before)?.[0];
    expect(said(before, after)).toEqual(
      lost === undefined
        ? []
        : [`protection It (${type}) is protected less: policy that keeps its data (${lost})`],
    );
  });
});

describe('what is said of what protects something else', () => {
  const all = (target: string) => `A: { Type: AWS::SNS::Topic }
  B: { Type: AWS::SNS::Topic }
  Guard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: ${target}, WebACLArn: acl } }`;
  it('is that the former is protected less, as long as it is there', () => {
    expect(said(all('!Ref A'), all('!Ref B'))).toEqual([
      'protection A is protected less: web firewall (Guard is for something else)',
    ]);
    expect(said(all('!Ref A'), all('!Ref A'))).toEqual([]);
    const gone = all('!Ref B').replace('A: { Type: AWS::SNS::Topic }', 'C: { Type: AWS::SNS::Topic }');
    expect(said(all('!Ref A'), gone)).toEqual([]);
  });
});
