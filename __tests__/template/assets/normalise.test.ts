import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseMetadata, readableId } from '../../../src/template/assets/normalise.ts';
import type { Json, Template } from '../../../src/template/types.ts';
import { editValue } from '../../../src/template/write/edit-value.ts';

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

  describe('that SAM CLI has applied already', () => {
    const written = { 'aws:asset:path': '../../asset.abc', 'aws:asset:property': 'Code' };
    const withCode = (Code: Json, metadata: object) =>
      withMetadata({ ...written, ...metadata }, { Properties: { Code } });

    it('names what sam build has built, not its sources', () => {
      const { references, edits, warnings } = normaliseMetadata(withCode('Fn1', { SamNormalized: true }));
      expect(references).toMatchObject([
        { written: 'Fn1', packaging: 'archive', forLambda: true, bundled: true },
      ]);
      expect(edits).toEqual([{ path: ['Resources', 'R', 'Properties', 'Code'], value: 'Fn1' }]);
      expect(warnings).toEqual([]);
    });

    it.each<[string, Json]>([
      ['a place in S3', { S3Bucket: 'b', S3Key: 'k' }],
      ['an address in S3', 's3://b/k'],
      ['nothing', null],
    ])('leaves %s alone', (_, code) => {
      expect(normaliseMetadata(withCode(code, { SamNormalized: true })).edits).toEqual([]);
    });

    it.each<[Json]>([[false], ['false'], [null], [0], ['']])('is not when it says %j', (SamNormalized) => {
      const { references } = normaliseMetadata(withCode('Fn1', { SamNormalized }));
      expect(references).toMatchObject([{ written: '../../asset.abc' }]);
    });

    it('finds other properties', () => {
      const metadata = { ...written, 'aws:asset:property': 'A.B', SamNormalized: true };
      const { references } = normaliseMetadata(withMetadata(metadata, { Properties: { A: { B: 'x' } } }));
      expect(references).toMatchObject([{ written: 'x', path: ['Resources', 'R', 'Properties', 'A', 'B'] }]);
    });

    it('builds images from their context, once', () => {
      const image = { ...written, 'aws:asset:property': 'Code.ImageUri', SamNormalized: true };
      const Properties = { Code: { ImageUri: 'r:latest' } };
      expect(normaliseMetadata(withMetadata(image, { Properties })).images).toHaveLength(1);
      const beside = { ...image, DockerContext: '../../asset.abc', Dockerfile: 'Dockerfile' };
      expect(normaliseMetadata(withMetadata(beside, { Properties })).images).toEqual([]);
    });

    it('warns of nothing', () => {
      expect(
        normaliseMetadata(withMetadata({ 'aws:asset:path': 'x', SamNormalized: true })).warnings,
      ).toEqual([]);
    });
  });

  it('never throws, for any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (anything) => {
        expect(Array.isArray(normaliseMetadata(anything as Json).edits)).toBe(true);
      }),
    );
  });

  it('keeps all that it was not asked to change, and is idempotent', () => {
    let changed = 0;
    fc.assert(
      fc.property(template, (value) => {
        const before = value as unknown as Template;
        const copy = structuredClone(before);
        const { edits } = normaliseMetadata(before);
        const after = editValue(before, edits);
        expect(before).toEqual(copy);
        expect(editValue(after, normaliseMetadata(after).edits)).toEqual(after);
        changed += edits.length;
        for (const [path, leaf] of leaves(before)) {
          const touched = edits.some((edit) => isPrefix(edit.path, path) || isPrefix(path, edit.path));
          if (!touched) expect([path, at(after, path)]).toEqual([path, leaf]);
        }
      }),
      { numRuns: 200 },
    );
    // The property would hold of a function that does nothing, too.
    expect(changed).toBeGreaterThan(20);
  });
});

const PROPERTIES = [
  'Code',
  'Code.ImageUri',
  'Command.ScriptLocation',
  'A.B.C',
  'TemplateURL',
  '__proto__.x',
  '',
];
const mostly = <A, B>(usual: fc.Arbitrary<A>, rare: fc.Arbitrary<B>) =>
  fc.oneof({ weight: 5, arbitrary: usual }, { weight: 1, arbitrary: rare });
const metadata = mostly(
  fc.record(
    {
      'aws:asset:path': mostly(fc.constantFrom('./code', 'asset.abc'), fc.jsonValue()),
      'aws:asset:property': mostly(fc.constantFrom(...PROPERTIES), fc.jsonValue()),
      'aws:asset:docker-build-args': fc.jsonValue(),
      'aws:cdk:path': fc.string(),
      Mine: fc.jsonValue(),
    },
    { requiredKeys: ['Mine'] },
  ),
  fc.jsonValue(),
);
const properties = fc.record(
  {
    Code: fc.jsonValue(),
    Command: fc.dictionary(fc.string(), fc.jsonValue()),
    A: fc.jsonValue(),
    Z: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const resource = fc.record(
  {
    Type: fc.oneof(fc.constantFrom('AWS::Lambda::Function', 'AWS::Glue::Job'), fc.jsonValue()),
    Properties: fc.oneof(properties, fc.jsonValue()),
    Metadata: metadata,
  },
  { requiredKeys: ['Metadata'] },
);
const template = fc.record(
  {
    Resources: fc.dictionary(fc.string(), mostly(resource, fc.jsonValue())),
    Parameters: fc.jsonValue(),
    Outputs: fc.jsonValue(),
  },
  { requiredKeys: ['Resources'] },
);

type Path = readonly (string | number)[];

/** Everything that holds nothing, with its path. */
function* leaves(value: Json, path: Path = []): Generator<[Path, Json]> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) yield [path, value];
  else for (const [key, each] of Object.entries(value)) yield* leaves(each as Json, [...path, key]);
}

const isPrefix = (short: Path, long: Path): boolean =>
  short.every((step, index) => String(step) === String(long[index]));

const at = (value: Json, path: Path): Json | undefined =>
  path.reduce<Json | undefined>((found, step) => (found as Record<string, Json> | undefined)?.[step], value);

describe('readable ids', () => {
  const STACK = 'AWS::CloudFormation::Stack';
  it.each<[string, string, Json, string]>([
    ['of a construct', 'T', { 'aws:cdk:path': 'Stack/Hello/Resource' }, 'Hello'],
    ['of a two-part path', 'T', { 'aws:cdk:path': 'Stack/Hello' }, 'Hello'],
    ['of a nested stack', STACK, { 'aws:cdk:path': 'Stack/A.NestedStack/A.NestedStackResource' }, 'A'],
    ['of a nested stack in two parts', STACK, { 'aws:cdk:path': 'Stack/Child.NestedStack' }, 'Child'],
    [
      'of a nested stack called so',
      STACK,
      { 'aws:cdk:path': 'A/B.NestedStackResource' },
      'B.NestedStackResource',
    ],
    ['of another resource with that end', 'T', { 'aws:cdk:path': 'A/B.NestedStack' }, 'B.NestedStack'],
    ['of another, in three parts', 'T', { 'aws:cdk:path': 'A/B.NestedStack/C' }, 'C'],
    ['of an author', 'T', { SamResourceId: 'Mine', 'aws:cdk:path': 'Stack/Hello/Resource' }, 'Mine'],
    ['where the path is longer', 'T', { 'aws:cdk:path': 'A/B/C/D' }, 'R1'],
    ['of a deep nested stack', STACK, { 'aws:cdk:path': 'A/B/C.NestedStack/C.NestedStackResource' }, 'R1'],
    ['where there is none', 'T', null, 'R1'],
  ])('%s', (_, Type, metadata, id) => {
    expect(readableId('R1', { Type, Metadata: metadata })).toBe(id);
  });
});
