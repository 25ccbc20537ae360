import { describe, expect, it } from '@jest/globals';
import { applyChangeSet, type ChangeSetChange } from '../../../src/template/diff/change-set.ts';
import { diffTemplates } from '../../../src/template/diff/index.ts';
import type { ResourceDiff } from '../../../src/template/diff/types.ts';
import type { JsonObject } from '../../../src/template/types.ts';

const table = (TableName: string, ReadCapacityUnits = 1): JsonObject => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName, ProvisionedThroughput: { ReadCapacityUnits } },
});
const reader: JsonObject = {
  Type: 'AWS::Lambda::Function',
  Properties: { Environment: { Variables: { T: { Ref: 'T' } } } },
};
const diff = (before: JsonObject, after: JsonObject) =>
  diffTemplates({ Resources: before }, { Resources: after });
const change = (rest: Partial<ChangeSetChange>): ChangeSetChange => ({
  action: 'Modify',
  logicalId: 'T',
  type: 'AWS::DynamoDB::Table',
  replacement: 'False',
  details: [],
  ...rest,
});
const detail = (target: string, recreation: string, cause = 'DirectModification') => ({
  target,
  recreation,
  cause,
});

function only(resources: readonly ResourceDiff[]): ResourceDiff {
  expect(resources).toHaveLength(1);
  return resources[0] as ResourceDiff;
}

describe('what CloudFormation says', () => {
  it('beats what the impact data says', () => {
    const given = diff({ T: table('a') }, { T: table('b') });
    const corrected = only(
      applyChangeSet(given, [change({ details: [detail('Properties.TableName', 'Never')] })]).resources,
    );
    expect(corrected).toMatchObject({
      impact: 'update',
      losesData: false,
      changes: [{ path: 'Properties.TableName', before: 'a', after: 'b', impact: 'update' }],
    });
  });

  it('is told property by property, from the map above it as well', () => {
    const given = diff({ T: table('a', 1) }, { T: table('a', 2) });
    const details = [detail('Properties.ProvisionedThroughput', 'Conditionally')];
    expect(
      only(applyChangeSet(given, [change({ replacement: 'Conditional', details })]).resources),
    ).toMatchObject({
      impact: 'may-replace',
      losesData: true,
      changes: [{ path: 'Properties.ProvisionedThroughput.ReadCapacityUnits', impact: 'may-replace' }],
    });
  });

  it.each([
    ['ReplaceAndDelete', true],
    ['ReplaceAndRetain', false],
    ['ReplaceAndSnapshot', false],
  ])('%s: data lost %s', (policyAction, losesData) => {
    const given = diff({ T: table('a') }, { T: table('b') });
    expect(
      only(applyChangeSet(given, [change({ replacement: 'True', policyAction })]).resources),
    ).toMatchObject({ impact: 'replace', losesData });
  });

  it('takes back what we derived from a replacement that does not happen', () => {
    const given = diff({ T: table('a'), F: reader }, { T: table('b'), F: reader });
    expect(given.resources.map(({ logicalId }) => logicalId)).toEqual(['F', 'T']);
    expect(only(applyChangeSet(given, [change({})]).resources).logicalId).toBe('T');
  });

  it('leaves what no longer protects', () => {
    const bucket = (PublicAccessBlockConfiguration: JsonObject): JsonObject => ({
      Type: 'AWS::S3::Bucket',
      Properties: { PublicAccessBlockConfiguration },
    });
    const open = diff({ T: bucket({ BlockPublicAcls: true }) }, { T: bucket({}) });
    const lost = [{ what: expect.stringContaining('public') }];
    const type = 'AWS::S3::Bucket';
    expect(only(applyChangeSet(open, [change({ type })]).resources)).toMatchObject({ lostProtections: lost });
    const trail = { Type: 'AWS::CloudTrail::Trail', Properties: { IsLogging: true } };
    const remove = (policyAction: string) =>
      only(
        applyChangeSet(diff({ T: trail }, {}), [
          change({ action: 'Remove', type: trail.Type, policyAction, replacement: undefined }),
        ]).resources,
      );
    expect(remove('Delete')).toHaveProperty('lostProtections');
    expect(remove('Retain')).not.toHaveProperty('lostProtections');
  });

  it('adds what the text of the template does not show', () => {
    const changes = [
      change({
        logicalId: 'F',
        type: 'AWS::Lambda::Function',
        details: [
          detail('Properties.Environment', 'Never', 'Stage'),
          detail('Properties.Environment', 'Always', 'Stage'),
        ],
      }),
      change({ action: 'Add', logicalId: 'FRole', type: 'AWS::IAM::Role', replacement: undefined }),
      change({ action: 'Remove', logicalId: 'Old', policyAction: 'Delete', replacement: undefined }),
      change({ action: 'Remove', logicalId: 'Older', policyAction: 'Retain', replacement: undefined }),
      change({
        action: 'Dynamic',
        logicalId: 'Unsure',
        replacement: undefined,
        details: [detail('Properties.X', 'Never')],
      }),
    ];
    expect(applyChangeSet(diff({}, {}), changes).resources).toMatchObject([
      {
        kind: 'changed',
        logicalId: 'F',
        impact: 'update',
        changes: [{ impact: 'replace', cause: 'Stage changes' }],
      },
      { kind: 'added', logicalId: 'FRole' },
      { kind: 'removed', logicalId: 'Old', kept: 'nothing', losesData: true },
      { kind: 'removed', logicalId: 'Older', kept: 'resource', losesData: false },
      { kind: 'changed', logicalId: 'Unsure', impact: 'may-replace' },
    ]);
  });

  it('leaves code one change', () => {
    const code = (S3Key: string): JsonObject => ({
      Type: 'AWS::Lambda::Function',
      Properties: { Code: { S3Bucket: 'b', S3Key } },
    });
    const changes = [
      change({ type: 'AWS::Lambda::Function', details: [detail('Properties.Code', 'Never')] }),
    ];
    expect(only(applyChangeSet(diff({ T: code('a') }, { T: code('b') }), changes).resources)).toMatchObject({
      changes: [],
      code: { before: 'a', after: 'b' },
    });
  });

  it('says nothing of resources whose metadata alone changes', () => {
    expect(
      applyChangeSet(diff({}, {}), [change({ details: [detail('Metadata', 'Never')] })]).resources,
    ).toEqual([]);
  });
});

describe('what is there already', () => {
  const removal = change({ action: 'Remove', logicalId: 'T', physicalId: 'orders', policyAction: 'Retain' });
  const arrival = change({ action: 'Import', logicalId: 'New', physicalId: 'orders' });

  it('is moved where the same change set lets the very same thing go', () => {
    const given = diff({ T: table('orders') }, { New: table('orders') });
    expect(only(applyChangeSet(given, [removal, arrival]).resources)).toMatchObject({
      kind: 'added',
      logicalId: 'New',
      movedFrom: 'T',
      imported: true,
    });
  });

  it.each([
    ['another thing', [removal, { ...arrival, physicalId: 'others' }]],
    ['one that is deleted', [{ ...removal, policyAction: 'Delete' }, arrival]],
    ['one of another type', [{ ...removal, type: 'AWS::S3::Bucket' }, arrival]],
  ])('is only imported beside %s', (_, changes) => {
    const found = applyChangeSet(diff({ T: table('orders') }, { New: table('orders') }), changes).resources;
    expect(found.map(({ kind, logicalId }) => `${kind} ${logicalId}`)).toEqual(['added New', 'removed T']);
    expect(found[0]).toMatchObject({ imported: true });
    expect(found[0]).not.toHaveProperty('movedFrom');
  });

  it('is no change where only CloudFormation has to learn of it, and says so where it was changed by hand', () => {
    const none = diff({ T: table('orders') }, { T: table('orders') });
    expect(applyChangeSet(none, [change({ action: 'SyncWithActual' })]).resources).toEqual([]);
    const drifted = { ...detail('Properties.BillingMode', 'Never'), drift: {} };
    const synced = { ...detail('Properties.TableClass', 'Never'), drift: {}, syncs: true as const };
    const found = only(applyChangeSet(none, [change({ details: [drifted, synced] })]).resources);
    expect(found).toMatchObject({
      changes: [{ path: 'Properties.BillingMode', cause: 'it was changed outside of CloudFormation' }],
    });
  });
});
