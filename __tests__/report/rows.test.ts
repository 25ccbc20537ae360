import { describe, expect, it } from '@jest/globals';
import { renderDiffJson } from '../../src/report/diff-json.ts';
import { renderHtml } from '../../src/report/html.ts';
import { COMMENT_LIMIT, renderMarkdown } from '../../src/report/markdown.ts';
import { changeRows, resourceBlocks } from '../../src/report/rows.ts';
import { parseStoredReport, storeReport } from '../../src/report/stored.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { report, stackReport } from './sample.ts';

const of = (Type: string, Properties: JsonObject = {}): JsonObject => ({ Type, Properties });

const permission = of('AWS::Lambda::Permission', {
  FunctionName: 'f',
  Action: 'lambda:InvokeFunction',
  Principal: 'apigateway.amazonaws.com',
  SourceArn: 'arn:aws:execute-api:eu-west-1:123456789012:a/*',
});
const madeBy = {
  Hello: 'Hello',
  HelloRole: 'Hello',
  HelloGet: 'Hello',
  HelloPut: 'Hello',
  HelloOpen: 'Hello',
  HelloVersionOld: 'Hello',
  HelloVersionNew: 'Hello',
  OtherRole: 'Other',
};

const before = {
  Hello: of('AWS::Lambda::Function', { MemorySize: 128 }),
  HelloVersionOld: { ...of('AWS::Lambda::Version', { A: 1 }), DeletionPolicy: 'Retain' },
  OtherRole: of('AWS::IAM::Role', { Path: '/a/' }),
};
const after = {
  Hello: of('AWS::Lambda::Function', { MemorySize: 256 }),
  HelloRole: of('AWS::IAM::Role'),
  HelloGet: permission,
  HelloPut: permission,
  HelloOpen: of('AWS::Lambda::Permission', {
    FunctionName: 'f',
    Action: 'lambda:InvokeFunction',
    Principal: '*',
  }),
  HelloVersionNew: { ...of('AWS::Lambda::Version', { A: 2 }), DeletionPolicy: 'Retain' },
  OtherRole: of('AWS::IAM::Role', { Path: '/b/' }),
  Topic: of('AWS::SNS::Topic'),
};
const stack = stackReport(before, after, { madeBy });

describe('what is made of a resource', () => {
  it('stands below it, and is one row where it goes without saying', () => {
    expect(
      changeRows(stack).map(({ place, what, logicalId, of: whose, type }) =>
        [place, what, logicalId, whose, type].join(' | '),
      ),
    ).toEqual([
      // The worst first, with whose it is where nothing else of that changes.
      'alone | replaced | OtherRole | of Other | AWS::IAM::Role',
      'alone | updated | Hello |  | AWS::Lambda::Function',
      'below | added | HelloOpen |  | AWS::Lambda::Permission',
      'below | added | HelloRole |  | AWS::IAM::Role',
      'folded | 1 removed, 3 added | Hello |  | AWS::Lambda::Permission (2), AWS::Lambda::Version (2)',
      'alone | added | Topic |  | AWS::SNS::Topic',
    ]);
  });

  it('has its differences in one block that is closed, in the comment and on the page', () => {
    const blocks = resourceBlocks(stack);
    expect(blocks.filter(({ isFolded }) => isFolded).map(({ title }) => title)).toEqual([
      'what else Hello is made into · 1 removed, 3 added',
    ]);
    const comment = renderMarkdown(report([stack]), { limit: COMMENT_LIMIT });
    expect(comment).toContain('| 🟢 added | ↳ `HelloRole` | AWS::IAM::Role |  |');
    expect(comment).toContain('| 🟢 1 removed, 3 added | ↳ _what else Hello is made into_ |');
    expect(comment).toContain('<details><summary>what else Hello is made into');
    expect(comment).toContain('@@ AWS::Lambda::Permission HelloGet · added @@');
    expect(renderHtml(report([stack]))).toContain('<details><summary>what else Hello is made into');
  });

  it('is counted, one by one', () => {
    expect(renderMarkdown(report([stack]), { limit: COMMENT_LIMIT })).toContain(
      '1 replaced, 1 removed, 1 updated, 6 added',
    );
  });

  it('is nothing of its own where one row less would be gained', () => {
    const few = stackReport({}, { Hello: after.Hello, HelloGet: permission }, { madeBy });
    expect(changeRows(few).map(({ place }) => place)).toEqual(['alone', 'below']);
  });

  it('is told to programs, and kept for another workflow', () => {
    const { stacks } = JSON.parse(renderDiffJson(report([stack]))) as {
      stacks: { resources: { logicalId: string; madeBy?: string }[] }[];
    };
    const made = stacks[0]?.resources.filter((each) => each.madeBy === 'Hello');
    expect(made?.map(({ logicalId }) => logicalId)).toContain('HelloGet');
    const kept = parseStoredReport(storeReport(report([stack])), { commit: undefined, runUrl: undefined });
    expect(kept.stacks[0]?.madeBy).toEqual(madeBy);
  });
});
