import type { Data } from '../../values.ts';
import { addResource, type Draft } from '../draft.ts';
import { getAtt, join, ref } from '../resources.ts';

/** The part of a statement that lets objects be read. */
export const reading = (bucket: string): Readonly<Record<string, Data>> => ({
  Action: 's3:GetObject',
  Resource: join(getAtt(bucket, 'Arn'), '/*'),
});

/** The policy of a bucket. */
export function addPolicy(draft: Draft, bucket: string, statements: readonly Data[]): string {
  return addResource(draft, `${bucket}Policy`, {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: ref(bucket),
      PolicyDocument: { Version: '2012-10-17', Statement: statements },
    },
  });
}
