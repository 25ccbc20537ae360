import { beforeAll, describe, expect, it } from '@jest/globals';
import { review } from '../../../scripts/doors/decisions.ts';
import { type Property, pinnedSchemas, type Schemas } from '../../../scripts/doors/schemas.ts';

describe('what opens or protects', () => {
  let schemas: Schemas;
  beforeAll(async () => {
    schemas = await pinnedSchemas();
  });

  it('has a row or a reason, and both are about what there is', () => {
    expect(schemas.types.size).toBeGreaterThan(1_800);
    expect(review(schemas)).toEqual({ undecided: [], unknown: [], both: [] });
  });

  it('is missed where a new schema has it', () => {
    const property = (values: string[] = []): Property => ({
      types: new Set(['string']),
      values: new Set(values),
      description: '',
    });
    const known = schemas.types.get('AWS::S3::Bucket') ?? new Map();
    const types = new Map(schemas.types)
      .set(
        'AWS::New::Thing',
        new Map([
          ['Policy', property()],
          ['Colour', property()],
          ['Access', property(['PUBLIC', 'VPC'])],
        ]),
      )
      .set('AWS::S3::Bucket', new Map([...known, ['NewEncryption', property()]]))
      .set('AWS::New::ThingPermission', new Map());
    types.delete('AWS::SQS::QueuePolicy');
    const { undecided, unknown } = review({ ...schemas, types });
    expect(undecided.map(({ type, path }) => `${type} ${path}`).sort()).toEqual([
      'AWS::New::Thing Access',
      'AWS::New::Thing Policy',
      'AWS::New::ThingPermission .',
      'AWS::S3::Bucket NewEncryption',
    ]);
    expect(unknown).toEqual([{ type: 'AWS::SQS::QueuePolicy', path: 'PolicyDocument' }]);
  });
});
