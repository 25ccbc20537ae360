import { describe, expect, it } from '@jest/globals';
import { renderDiffJson } from '../../src/report/diff-json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { changeRows, resourceBlocks } from '../../src/report/rows.ts';
import { functionRows } from '../../src/report/sections.ts';
import { verdict } from '../../src/report/verdict.ts';
import { asHappened } from '../../src/template/diff/as-happened.ts';
import { applyChangeSet, type ChangeSetChange } from '../../src/template/diff/change-set.ts';
import { inPlaceAnswer } from '../../src/template/diff/in-place.ts';
import type { JsonObject, Template } from '../../src/template/types.ts';
import { report, stackReport } from './sample.ts';

interface Site {
  readonly code?: string;
  readonly timeout?: number;
  readonly type?: string;
  readonly name?: string;
}

const site = ({ code = 'a', timeout = 30, type = 'HomeRegion', name = 'site' }: Site): JsonObject => ({
  Site: { Type: 'AWS::Lambda::WebFunction', Properties: { FunctionName: name } },
  SiteRevision: {
    Type: 'AWS::Lambda::WebFunctionRevision',
    Properties: {
      FunctionName: name,
      BuildConfig: {
        CodeConfig: { S3Object: { Bucket: 'b', Key: `p/${code.repeat(64)}.zip` } },
        RuntimeConfig: { Runtime: 'nodejs24.x' },
      },
      ServiceConfig: { ExecutionRoleArn: 'arn:aws:iam::123456789012:role/r', TimeoutSeconds: timeout },
    },
  },
  SiteEndpoint: {
    Type: 'AWS::Lambda::WebFunctionEndpoint',
    Properties: {
      FunctionName: name,
      EndpointName: 'prod',
      EndpointType: type,
      AuthType: 'IamAuth',
      RevisionWeights: [{ RevisionId: { 'Fn::GetAtt': ['SiteRevision', 'RevisionId'] }, Weight: 100 }],
    },
  },
});
const madeBy = { Site: 'Site', SiteRevision: 'Site', SiteEndpoint: 'Site' };
const stackOf = (after: Site, codeSizes = {}) => stackReport(site({}), site(after), { madeBy, codeSizes });
const rowsOf = (stack: ReturnType<typeof stackOf>) =>
  changeRows(stack).map(({ what, logicalId, why }) => [what, logicalId, why].join(' | '));

describe('a new revision of a web function', () => {
  it('is shown as that with new code, and as what the endpoint will serve', () => {
    const stack = stackOf({ code: 'b' }, { Site: 2000 });
    expect(rowsOf(stack)).toEqual([
      'updated | SiteEndpoint | RevisionWeights (SiteRevision is a new revision)',
      'new revision | SiteRevision | code',
    ]);
    expect(verdict(stack)).toBe('orders · eu-central-1: 1 updated, 1 new revision, code of 1 function');
    expect(functionRows(stack)).toMatchObject([
      {
        logicalId: 'SiteRevision',
        kind: 'function',
        before: 'a'.repeat(12),
        after: 'b'.repeat(12),
        size: '2.0 kB',
      },
    ]);
    expect(renderMarkdown(report([stack]), { limit: 60_000 })).not.toMatch(/replaced|🔴/);
    expect(JSON.parse(renderDiffJson(report([stack]))).stacks[0].resources[1]).toMatchObject({
      action: 'new revision',
      logicalId: 'SiteRevision',
      madeBy: 'Site',
    });
  });

  it('is no replacement to fear with other settings', () => {
    const stack = stackOf({ timeout: 60 });
    expect(rowsOf(stack)).toContain('new revision | SiteRevision | ServiceConfig.TimeoutSeconds');
    expect(
      resourceBlocks(stack)
        .flatMap(({ lines }) => lines)
        .join('\n'),
    ).toContain('@@ ServiceConfig.TimeoutSeconds makes a new revision @@');
    expect(verdict({ ...stack, state: 'deployed' })).toContain('1 new revision');
  });

  it('is what a change set calls a replacement', () => {
    const { diff } = stackOf({ code: 'b' });
    const told = (logicalId: string, type: string, target: string, recreation: string): ChangeSetChange => ({
      action: 'Modify',
      logicalId,
      type,
      replacement: recreation === 'Always' ? 'True' : 'False',
      details: [{ target: `Properties.${target}`, recreation, cause: 'DirectModification' }],
    });
    const applied = applyChangeSet(diff, [
      told('SiteRevision', 'AWS::Lambda::WebFunctionRevision', 'BuildConfig', 'Always'),
      told('SiteEndpoint', 'AWS::Lambda::WebFunctionEndpoint', 'RevisionWeights', 'Never'),
    ]);
    expect(verdict({ ...stackOf({}), diff: applied })).toBe(
      'orders · eu-central-1: 1 updated, 1 new revision, code of 1 function',
    );
  });

  it('is made by CloudFormation only', () => {
    const [before, after] = [{}, { code: 'b' }].map((each) => ({
      template: { Resources: site(each) } as Template,
      known: {},
    }));
    if (!before || !after) throw new Error('no templates');
    const { diff } = stackOf({ code: 'b' });
    expect(inPlaceAnswer({ before, after, diff, changedParameters: [], changedTags: [] })).toMatchObject({
      kind: 'change-set',
    });
  });
});

describe('a revision whose code only CloudFormation knows (CDK)', () => {
  const copied = (source: string): JsonObject => ({
    Copy: { Type: 'Custom::S3ObjectCopy', Properties: { ServiceToken: 't', SourceObjectKey: source } },
    SiteRevision: {
      Type: 'AWS::Lambda::WebFunctionRevision',
      Properties: {
        FunctionName: 'site',
        BuildConfig: { CodeConfig: { S3Object: { Bucket: 'b', Key: { 'Fn::GetAtt': ['Copy', 'Key'] } } } },
      },
    },
  });

  it('is a new revision when what it is copied from changes, before and afterwards', () => {
    const stack = stackReport(copied('a.zip'), copied('b.zip'));
    expect(rowsOf(stack)).toEqual([
      'may be replaced | Copy | SourceObjectKey',
      'new revision | SiteRevision | BuildConfig.CodeConfig.S3Object.Key (Copy may be replaced)',
    ]);
    const happened = asHappened(
      stack.diff,
      new Map([
        ['Copy', true],
        ['SiteRevision', true],
      ]),
    );
    expect(rowsOf({ ...stack, diff: happened, state: 'deployed' })).toContain(
      'new revision | SiteRevision | BuildConfig.CodeConfig.S3Object.Key (Copy was replaced)',
    );
  });

  it('tells the past of what follows from it', () => {
    const happened = asHappened(stackOf({ code: 'b' }).diff, new Map([['SiteRevision', true]]));
    expect(rowsOf({ ...stackOf({}), diff: happened, state: 'deployed' })).toContain(
      'updated | SiteEndpoint | RevisionWeights (SiteRevision was a new revision)',
    );
  });
});

describe('what is a replacement', () => {
  it('is another type of endpoint, which AWS refuses with the same name', () => {
    const stack = stackOf({ type: 'MultiRegion' });
    expect(rowsOf(stack)).toEqual(['replaced | SiteEndpoint | EndpointType']);
    expect(renderMarkdown(report([stack]), { limit: 60_000 })).toContain('same EndpointName');
  });

  it('is another name of the web function, with all that it has', () => {
    const stack = stackOf({ name: 'shop' });
    expect(renderMarkdown(report([stack]), { limit: 60_000 })).not.toContain('same EndpointName');
    expect(rowsOf(stack).map((row) => row.split(' | ').slice(0, 2).join(' '))).toEqual([
      'replaced Site',
      'replaced SiteEndpoint',
      'new revision SiteRevision',
    ]);
  });
});
