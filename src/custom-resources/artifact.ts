import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { isNamed, s3 } from './aws.ts';
import type { CustomResource } from './event.ts';
import { readProperties } from './properties.ts';

/** Publishes values of the stack as a JSON document in S3, for later deployments. */
export const artifact: CustomResource = ({ ResourceProperties }) => {
  const { bucket, key, body } = readProperties(ResourceProperties, (is) => ({
    bucket: is.text('BucketName'),
    key: is.text('Key'),
    body: is.data('Body'),
  }));
  return {
    identity: `${bucket}/${key}`,
    put: async () => {
      await s3().send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: `${JSON.stringify(body, undefined, 2)}\n`,
          ContentType: 'application/json',
        }),
      );
      return { Address: `s3://${bucket}/${key}` };
    },
    remove: async () => {
      try {
        await s3().send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      } catch (error) {
        if (!isNamed(error, 'NoSuchBucket')) throw error;
      }
    },
  };
};
