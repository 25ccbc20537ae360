import { normalize } from 'node:path/posix';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseMetadata, readableId } from '../../src/template/assets/normalise.ts';
import { isObject, type Json, type JsonObject } from '../../src/template/types.ts';
import { SamCli } from '../support/sam-cli.ts';
import { RUNS } from './hostile.ts';

let samCli: SamCli;
beforeAll(async () => {
  samCli = await SamCli.start();
});
afterAll(() => samCli.stop());

const IMAGE = 'Code.ImageUri';
const part = fc.constantFrom('Stack', 'Hello', 'Resource', 'A.NestedStack', 'A.NestedStackResource', '');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 4 });

/** What CDK and SAM CLI write; whatever else there may be, SAM CLI ends with an error. */
const metadata = fc
  .record({
    'aws:asset:path': optional(fc.constantFrom('./code', 'asset.abc', '../../a', '')),
    'aws:asset:property': optional(
      fc.constantFrom('Code', 'Content', IMAGE, 'Command.ScriptLocation', 'A.B.C', 'TemplateURL', ''),
    ),
    'aws:asset:is-bundled': optional(fc.boolean()),
    'aws:cdk:path': optional(fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/'))),
    SamResourceId: optional(fc.constantFrom('Mine', '')),
    SamNormalized: optional(fc.constantFrom<Json>(true, false, null, 'yes', '', 0, 1)),
  })
  .map((all): JsonObject => {
    const whole = JSON.parse(JSON.stringify(all)) as JsonObject;
    // Without a path SAM CLI builds an image in the template's own folder; here that is a warning.
    const image = {
      'aws:asset:dockerfile-path': 'sub/Dockerfile',
      'aws:asset:path': whole['aws:asset:path'] || 'img',
    };
    return { ...whole, ...(whole['aws:asset:property'] === IMAGE && image) };
  });

const TYPES = [
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Serverless::Function',
  'AWS::CloudFormation::Stack',
  'AWS::Glue::Job',
  'Custom::Other',
];
const value = fc.constantFrom<Json>(
  'Built',
  'b/c',
  { S3Bucket: 'b', S3Key: 'k' },
  { B: { C: 'x' } },
  's3://b/k',
);
const resource = fc.record({
  Type: fc.constantFrom(...TYPES),
  Properties: fc.dictionary(fc.constantFrom('Code', 'Content', 'Command', 'A', 'TemplateURL', 'Z'), value),
  Metadata: metadata,
});
const template = fc.record({
  Resources: fc.dictionary(fc.constantFrom('One', 'Two', 'Three'), resource, { minKeys: 1 }),
});

const at = (properties: Json | undefined, property: string): Json | undefined =>
  property
    .split('.')
    .reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), properties);

it('resource metadata names the code that it names to SAM CLI, and calls resources the same', async () => {
  let replaced = 0;
  await fc.assert(
    fc.asyncProperty(template, async (given) => {
      const answer = await samCli.normalise(given as unknown as JsonObject);
      if (!('template' in answer)) throw new Error(JSON.stringify(answer));
      const { edits, images } = normaliseMetadata(given as unknown as Json);
      const theirs = answer.template.Resources as unknown as typeof given.Resources;
      for (const [id, { Metadata, Properties }] of Object.entries(given.Resources)) {
        expect(readableId(id, given.Resources[id] as unknown as Json)).toBe(answer.ids[id]);
        const property = String(Metadata['aws:asset:property'] ?? '');
        const edit = edits.find(({ path }) => path[1] === id);
        const image = images.find(({ path }) => path[1] === id);
        const after = theirs[id];
        const holds = at(after?.Properties as Json, property);
        if (image && !Metadata.SamNormalized) {
          // SAM CLI builds the image under the function's name.
          expect(holds).toBe(id.toLowerCase());
          expect(after?.Metadata).toMatchObject({
            DockerContext: normalize(image.written).replace(/\/$/, ''),
            Dockerfile: image.dockerfile,
          });
        } else if (edit) {
          expect(edit.path).toEqual(['Resources', id, 'Properties', ...property.split('.')]);
          if (!image) expect(holds).toEqual(edit.value);
        } else {
          // Nothing local: SAM CLI leaves the resource as it is, too.
          expect(after?.Properties).toEqual(Properties);
        }
        replaced += edit ? 1 : 0;
      }
    }),
    RUNS,
  );
  expect(replaced).toBeGreaterThan(RUNS.numRuns / 2);
});
