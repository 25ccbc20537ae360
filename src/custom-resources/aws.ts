// The AWS SDK is not bundled: Lambda's Node runtimes bring it along. Clients live as long as the process, as calls do.
import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import { once } from '../order/once.ts';

const ownEndpoint = process.env.AWS_ENDPOINT_URL ?? process.env.AWS_ENDPOINT_URL_S3;

export const s3 = once(() => new S3Client({ forcePathStyle: ownEndpoint !== undefined }));
export const ses = once(() => new SESClient({}));
export const cloudFront = once(() => new CloudFrontClient({}));

/** Whether an error of the SDK has one of these names. */
export const isNamed = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof Error && names.includes(error.name);
