import { describe, expect, it } from '@jest/globals';
import { asHappened } from '../../../src/template/diff/as-happened.ts';
import { diffTemplates } from '../../../src/template/diff/index.ts';
import type { ResourceDiff } from '../../../src/template/diff/types.ts';
import type { JsonObject, Template } from '../../../src/template/types.ts';

const database = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: properties,
});
const table = (TableName: string): JsonObject => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: { TableName },
});
const diff = (before: JsonObject, after: JsonObject) =>
  diffTemplates({ Resources: { It: before } }, { Resources: { It: after } });
const feared = diff(database({ MultiAZ: false }), database({ MultiAZ: true }));

describe('a diff once it has happened', () => {
  it('says of what might have been replaced whether it was', () => {
    const [before] = feared.resources;
    expect(before).toMatchObject({ impact: 'may-replace', losesData: true });
    expect(asHappened(feared, new Map([['It', true]])).resources).toMatchObject([
      { impact: 'replace', losesData: true, changes: [{ impact: 'replace' }] },
    ]);
    expect(asHappened(feared, new Map([['It', false]])).resources).toMatchObject([
      { impact: 'update', losesData: false, notReplaced: true, changes: [{ impact: 'update' }] },
    ]);
  });

  it('says what was replaced although nobody said so before', () => {
    const given = diff(database({ AllocatedStorage: 1 }), database({ AllocatedStorage: 2 }));
    expect(given.resources).toMatchObject([{ impact: 'update', losesData: false }]);
    expect(asHappened(given, new Map([['It', true]])).resources).toMatchObject([
      { impact: 'replace', losesData: true, changes: [{ impact: 'update' }] },
    ]);
  });

  it('stays as it was told where that is how it was, or nothing is known', () => {
    for (const given of [feared, diff(table('a'), table('b'))]) {
      expect(asHappened(given, new Map())).toEqual(given);
      expect(asHappened(given, new Map([['Other', true]]))).toEqual(given);
    }
    const replaced = diff(table('a'), table('b'));
    expect(asHappened(replaced, new Map([['It', true]]))).toEqual(replaced);
    expect(asHappened(replaced, new Map([['It', false]])).resources).toMatchObject([{ notReplaced: true }]);
    const added = diffTemplates({ Resources: {} }, { Resources: { It: table('a') } });
    expect(asHappened(added, new Map([['It', false]]))).toEqual(added);
  });

  const chain = (MultiAZ: boolean): Template => ({
    Resources: {
      First: database({ MultiAZ }),
      Second: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { EventSourceArn: { 'Fn::GetAtt': ['First', 'DBInstanceArn'] } },
      },
      Third: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'Second' } } },
    },
    Outputs: { Id: { Value: { Ref: 'First' } } },
  });
  const chained = diffTemplates(chain(false), chain(true));
  const causes = (replaced: Record<string, boolean>) =>
    asHappened(chained, new Map(Object.entries(replaced))).resources.map((each) => [
      each.logicalId,
      each.kind === 'changed' ? each.changes.map(({ cause }) => cause) : [],
    ]);

  it('says the causes in the past tense, and nothing of what did not come', () => {
    expect(causes({ First: true, Second: true })).toEqual([
      ['First', [undefined]],
      ['Second', ['First was replaced']],
      ['Third', ['Second was replaced']],
    ]);
    expect(causes({ First: true, Second: false })).toEqual([
      ['First', [undefined]],
      ['Second', ['First was replaced']],
    ]);
    expect(causes({ First: false, Second: false })).toEqual([['First', [undefined]]]);
    expect(causes({})).toEqual([
      ['First', [undefined]],
      ['Second', ['First may have been replaced']],
      ['Third', ['Second may have been replaced']],
    ]);
  });

  it('drops outputs of what was not replaced', () => {
    const output = (TableName: string): Template => ({
      Resources: { It: table(TableName) },
      Outputs: { Id: { Value: { Ref: 'It' } } },
    });
    const given = diffTemplates(output('a'), output('b'));
    expect(given.outputs).toMatchObject([{ cause: 'It is replaced' }]);
    expect(asHappened(given, new Map([['It', false]])).outputs).toEqual([]);
    expect(asHappened(given, new Map()).outputs).toMatchObject([{ cause: 'It was replaced' }]);
  });

  it.each([
    ['parameters A, B change', 'parameters A, B changed'],
    ['parameter A changes', 'parameter A changed'],
    ['the template changes it', 'the template changed it'],
    ['Code gets a new version', 'Code got a new version'],
    ['CloudFormation updates it with its nested stack', 'CloudFormation updated it with its nested stack'],
  ])('%s: %s', (cause, past) => {
    const given = { ...feared, resources: feared.resources.map((each) => withCause(each, cause)) };
    expect(asHappened(given, new Map()).resources).toMatchObject([{ changes: [{ cause: past }] }]);
  });
});

const withCause = (resource: ResourceDiff, cause: string): ResourceDiff =>
  resource.kind === 'changed'
    ? { ...resource, changes: resource.changes.map((each) => ({ ...each, cause })) }
    : resource;
