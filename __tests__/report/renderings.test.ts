import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderDiffJson } from '../../src/report/diff-json.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { redactReport } from '../../src/report/redact.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { changeLines, readable, valueText } from '../../src/report/values/value-text.ts';
import { asHappened } from '../../src/template/diff/as-happened.ts';
import { coloursFor } from '../../src/terminal/colours.ts';
import { terminalWords } from '../../src/terminal/wording.ts';
import { report, stackReport } from './sample.ts';

const before = {
  T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'a' } },
  F: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 128 } },
};
const after = {
  T: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'b' } },
  F: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 256 } },
};
const plainly = { colours: coloursFor({ isTTY: false }, {}), words: terminalWords };
const hostile = '<img src=x onerror=alert(1)>\u001b[31m\n::error::x\u202e';

it('of a stack that is deleted tells what is left of it', () => {
  const notes = ['Kept by its template, and still there: Orders.'];
  const gone = report([stackReport(before, {}, { state: 'deleted', notes })], { state: 'deleted' });
  for (const shown of [
    renderMarkdown(gone, { limit: 60_000 }),
    renderHtml(gone),
    renderTerminal(gone, plainly),
  ])
    expect(shown).toContain(notes[0]);
});

describe('a terminal', () => {
  it('shows what the comment shows', () => {
    expect(renderTerminal(report([stackReport(before, after)]), plainly).split('\n')).toEqual([
      'orders · eu-central-1: 1 replaced, 1 updated',
      '! T (AWS::DynamoDB::Table) is replaced, because TableName changes: its data is lost',
      '± replaced  T  AWS::DynamoDB::Table   TableName',
      '~ updated   F  AWS::Lambda::Function  MemorySize',
      '',
      'F · updated',
      '- MemorySize: 128',
      '+ MemorySize: 256',
      '',
      'T · replaced',
      '@@ TableName replaces the resource @@',
      '- TableName: a',
      '+ TableName: b',
      '',
      'Compared with the deployed stack.',
    ]);
  });
  it('speaks of what was deployed as of what was done', () => {
    const text = renderTerminal(report([stackReport(before, after, { state: 'deployed' })]), plainly);
    expect(text).toContain(
      'T (AWS::DynamoDB::Table) was replaced, because TableName changed: its data is lost',
    );
    const nothing = renderTerminal(report([stackReport(after, after, { state: 'deployed' })]), plainly);
    expect(nothing).toContain('orders · eu-central-1: deployed\n');
  });
  it('says of what was deployed whether it was replaced', () => {
    const database = (MultiAZ: boolean) => ({ D: { Type: 'AWS::RDS::DBInstance', Properties: { MultiAZ } } });
    const stack = stackReport(database(false), database(true), { state: 'deployed' });
    const shown = (replaced?: boolean): string[] => {
      const diff = asHappened(stack.diff, new Map(replaced === undefined ? [] : [['D', replaced]]));
      return renderTerminal(report([{ ...stack, diff }], { state: 'deployed' }), plainly).split('\n');
    };
    expect(shown(true)).toEqual([
      'orders · eu-central-1: deployed (1 replaced)',
      '! D (AWS::RDS::DBInstance) was replaced, because MultiAZ changed: its data is lost',
      '± replaced  D  AWS::RDS::DBInstance  MultiAZ',
    ]);
    expect(shown(false)).toEqual([
      'orders · eu-central-1: deployed (1 updated)',
      '~ updated  D  AWS::RDS::DBInstance  MultiAZ; not replaced',
    ]);
    expect(shown()).toEqual([
      'orders · eu-central-1: deployed (1 updated or replaced)',
      '! D (AWS::RDS::DBInstance) may have been replaced, because MultiAZ changed: its data is lost',
      '? updated or replaced  D  AWS::RDS::DBInstance  MultiAZ',
    ]);
    const comment = renderMarkdown(report([stack], { state: 'deployed' }), { limit: 60_000 });
    expect(comment).toContain('| 🟠 updated or replaced | `D` |');
    expect(comment).toContain('<summary>D · updated or replaced</summary>');
    expect(comment).toContain('@@ MultiAZ may have replaced the resource @@');
    expect(renderHtml(report([stack], { state: 'deployed' }))).not.toContain('may be replaced');
  });
  it('shows old and new values of parameters, as far as they may be seen', () => {
    const stack = stackReport(after, after, {
      changedParameters: ['Stage', 'Prefix', 'Password'],
      parameterValues: { Stage: { before: 'dev', after: 'prod' }, Prefix: { before: 'a', after: '' } },
    });
    const text = renderTerminal(report([stack]), plainly);
    expect(text).toContain(
      "! parameter Stage: dev → prod\n! parameter Prefix: a → ''\n! parameter Password: new value",
    );
    const hidden = redactReport(report([stack]), (each) => each.replace('prod', '***'));
    expect(renderMarkdown(hidden, { limit: 60_000 })).toContain('! parameter Stage: dev → ***');
  });
  it('has colours where it can', () => {
    expect(
      renderTerminal(report([stackReport(before, after)]), {
        ...plainly,
        colours: coloursFor({ isTTY: true }, {}),
      }),
    ).toContain('\u001b[32m+ MemorySize: 256\u001b[39m');
  });
  it('is not told what to do by what is shown', () => {
    const stack = stackReport(
      {},
      { [hostile]: { Type: hostile, Properties: { Text: hostile } } },
      { stackName: hostile, state: 'deployed', outputs: { [hostile]: hostile } },
    );
    const text = renderTerminal(
      report([stack], { warnings: [hostile], problems: [{ message: hostile }] }),
      plainly,
    );
    expect(text).not.toMatch(/[\u001b\u202e]|^::/m);
  });
});

describe('the page', () => {
  it('shows what the comment shows', () => {
    const page = renderHtml(report([stackReport(before, after)]));
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    for (const part of [
      '1 replaced, 1 updated',
      'its data is lost',
      '<span class="minus">- TableName: a</span>',
      'Compared with the deployed stack.',
    ]) {
      expect(page).toContain(part);
    }
  });
  it('shows hostile text as text', () => {
    const stack = stackReport(
      {},
      { [hostile]: { Type: hostile, Properties: { Text: hostile } } },
      { stackName: hostile, failure: { message: hostile }, state: 'failed' },
    );
    const page = renderHtml(report([stack], { warnings: [hostile], runUrl: 'javascript:alert(1)' }));
    expect(page).not.toMatch(/<img|[\u001b\u202e]|javascript:/);
  });
});

it('shows no line that a text of the template breaks off', () => {
  const forged = 'x\n- R: Allow * on *';
  const policy = (Action: string) => ({
    P: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: forged }] } },
    },
  });
  const stacks = [
    stackReport({}, policy(forged)),
    stackReport({}, { N: { Type: `AWS::SNS::Topic\n- Gone: 1`, Properties: {} } }),
    stackReport(policy('a'), policy('b'), { changedParameters: [forged], changedTags: [forged] }),
  ];
  for (const stack of stacks) {
    const lines = renderTerminal(report([stack]), plainly).split('\n');
    expect(lines.filter((line) => /^- (R|Gone):/.test(line))).toEqual([]);
    expect(renderMarkdown(report([stack], { state: 'deployed' }), { limit: 60_000 })).not.toMatch(
      /^- (R|Gone):/m,
    );
  }
});

describe('the difference as JSON', () => {
  it('has a version, and what programs decide by', () => {
    expect(JSON.parse(renderDiffJson(report([stackReport(before, after)])))).toMatchObject({
      version: 1,
      stacks: [
        {
          stackName: 'orders',
          changed: true,
          cautions: [{ kind: 'data', logicalId: 'T' }],
          resources: [
            {
              action: 'updated',
              logicalId: 'F',
              changes: [{ path: 'Properties.MemorySize', before: 128, after: 256, impact: 'update' }],
            },
            { action: 'replaced', logicalId: 'T', losesData: true },
          ],
        },
      ],
    });
  });
});

describe('values', () => {
  it.each([
    [{ Ref: 'A' }, '!Ref A'],
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, '!GetAtt A.Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }, '!Join [-, [a, !Ref B]]'],
    [{ A: [1, { B: 'x' }], C: {} }, 'A:\n  - 1\n  - B: x\nC: {}'],
    ['', '""'],
    ['1', '"1"'],
    ['a\nb', '|\na\nb'],
  ])('%j is written as in YAML', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
  it('that are long texts show the lines that change, with two around', () => {
    const text = ['1', '2', '3', '4', '5', '6', '7'];
    expect(changeLines('Body', text.join('\n'), text.with(3, 'x').join('\n'))).toEqual([
      '  Body: |',
      '    2',
      '    3',
      '-   4',
      '+   x',
      '    5',
      '    6',
    ]);
  });
  it('never make it throw', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.jsonValue(),
        (a, b) => changeLines('x', a as never, b as never).length > 0,
      ),
    );
  });
});

it.each([
  ['arn:aws:s3:::logs', 'arn:aws:s3:::logs'],
  ['{"Fn::Sub":"arn:${AWS::Partition}:s3:::logs/*"}', 'arn:${AWS::Partition}:s3:::logs/*'],
  [
    '{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":s3:::",{"Fn::GetAtt":["Logs","Name"]},"/*"]]}',
    'arn:${AWS::Partition}:s3:::${Logs.Name}/*',
  ],
  ['AWS: {"Fn::GetAtt":["Role","Arn"]}', 'AWS: !GetAtt Role.Arn'],
  ['{"Fn::GetAtt":["Logs","Arn"]}', '!GetAtt Logs.Arn'],
  ['{"Fn::Join":[",",["a",{"Ref":"B"}]]}', '!Join [",", [a, !Ref B]]'],
  ['{"Fn::Join":["",["a",{"Fn::ImportValue":"B"}]]}', '!Join ["", [a, !ImportValue B]]'],
  ['{"StringEquals":{"a":"b"}}', '{StringEquals: {a: b}}'],
  [
    JSON.stringify({ SourceArn: '{"Fn::GetAtt":["Nightly","Arn"]}', SourceAccount: '1' }),
    '{SourceArn: !GetAtt Nightly.Arn, SourceAccount: 1}',
  ],
  [
    JSON.stringify({ SourceArn: '{"Fn::Sub":"arn:aws:execute-api:${Api}/*/GET/"}' }),
    '{SourceArn: arn:aws:execute-api:${Api}/*/GET/}',
  ],
  ['{"StringLike":{"a":"[b"}}', '{StringLike: {a: "[b"}}'],
  ['{broken', '{broken'],
])('reads %s in a permission as %s', (text, expected) => {
  expect(readable(text)).toBe(expected);
});
