import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { editValue } from '../../src/template/edit-value.ts';
import { normaliseMetadata, readableId } from '../../src/template/normalise.ts';
import type { Json, Template } from '../../src/template/types.ts';

const withMetadata = (Metadata: Json, rest: object = {}) => ({
  Resources: { R: { Type: 'AWS::Lambda::Function', ...rest, Metadata } },
});

describe('asset metadata', () => {
  it('names the code of a function', () => {
    const template = withMetadata(
      { 'aws:asset:path': 'asset.abc', 'aws:asset:property': 'Code' },
      { Properties: { Code: { S3Bucket: 'b' }, Handler: 'x' } },
    );
    const { references, edits, warnings } = normaliseMetadata(template as Json);
    expect(warnings).toEqual([]);
    expect(references).toMatchObject([
      {
        written: 'asset.abc',
        path: ['Resources', 'R', 'Properties', 'Code'],
        packaging: 'archive',
        forLambda: true,
      },
    ]);
    expect(editValue(template as Template, edits).Resources.R).toMatchObject({
      Properties: { Code: 'asset.abc', Handler: 'x' },
    });
  });

  it('keeps the siblings of a dotted property', () => {
    const template = withMetadata(
      { 'aws:asset:path': 's.py', 'aws:asset:property': 'Command.ScriptLocation' },
      { Properties: { Command: { Name: 'glueetl' } } },
    );
    const { edits } = normaliseMetadata(template as Json);
    expect(editValue(template as Template, edits).Resources.R).toMatchObject({
      Properties: { Command: { Name: 'glueetl', ScriptLocation: 's.py' } },
    });
  });

  it('describes images', () => {
    const metadata = {
      'aws:asset:path': 'img',
      'aws:asset:property': 'Code.ImageUri',
      'aws:asset:docker-build-args': { A: 1 },
      'aws:asset:docker-build-target': 't',
    };
    expect(normaliseMetadata(withMetadata(metadata)).images).toEqual([
      {
        written: 'img',
        path: ['Resources', 'R', 'Properties', 'Code', 'ImageUri'],
        dockerfile: 'Dockerfile',
        buildArgs: { A: '1' },
        target: 't',
        extraParams: [],
      },
    ]);
  });

  it.each<[string, Json]>([
    ['path alone', { 'aws:asset:path': 'x' }],
    ['property alone', { 'aws:asset:property': 'Code' }],
    ['a path that is no text', { 'aws:asset:path': 1, 'aws:asset:property': 'Code' }],
  ])('warns of %s and changes nothing', (_, metadata) => {
    const { references, edits, warnings } = normaliseMetadata(withMetadata(metadata));
    expect([references, edits]).toEqual([[], []]);
    expect(warnings).toMatchObject([{ subject: 'R' }]);
  });

  it('never throws, keeps all else, and is idempotent, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (anything, metadata) => {
        normaliseMetadata(anything as Json);
        const template = {
          Resources: { R: { Type: 'T', Metadata: metadata, Properties: anything } },
        } as unknown as Template;
        const { edits } = normaliseMetadata(template);
        const once = editValue(template, edits);
        expect(editValue(once, normaliseMetadata(once).edits)).toEqual(once);
        if (edits.length === 0) expect(once).toEqual(template);
      }),
    );
  });
});

describe('readable ids', () => {
  it.each<[string, Json, string]>([
    ['of a construct', { 'aws:cdk:path': 'Stack/Hello/Resource' }, 'Hello'],
    ['of a two-part path', { 'aws:cdk:path': 'Stack/Hello' }, 'Hello'],
    ['of a nested stack', { 'aws:cdk:path': 'Stack/Child.NestedStack/Child.NestedStackResource' }, 'Child'],
    ['of an author', { SamResourceId: 'Mine', 'aws:cdk:path': 'Stack/Hello/Resource' }, 'Mine'],
    ['where the path is longer', { 'aws:cdk:path': 'A/B/C/D' }, 'R1'],
    ['where there is none', null, 'R1'],
  ])('%s', (_, metadata, id) => {
    expect(readableId('R1', { Type: 'T', Metadata: metadata })).toBe(id);
  });
});
