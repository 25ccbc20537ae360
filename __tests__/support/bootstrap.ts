import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Emulator } from './emulator.ts';

export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const assetsBucket = (region = REGION): string => `cdk-hnb659fds-assets-${ACCOUNT}-${region}`;
export const imagesRepository = (region = REGION): string =>
  `cdk-hnb659fds-container-assets-${ACCOUNT}-${region}`;

/** The roles of `cdk bootstrap`, by their names' middle. */
export type BootstrapRole =
  | 'deploy-role'
  | 'file-publishing-role'
  | 'image-publishing-role'
  | 'lookup-role'
  | 'cfn-exec-role';

const ROLES: readonly BootstrapRole[] = [
  'deploy-role',
  'file-publishing-role',
  'image-publishing-role',
  'lookup-role',
  'cfn-exec-role',
];

/**
 * Prepares an account as `cdk bootstrap` does.
 *
 * @param version what the bootstrap stack says that it is
 * @param roles those that are made, by default all
 */
export async function bootstrap(
  { endpoint }: Emulator,
  {
    version = 21,
    roles = ROLES,
    region = REGION,
  }: { version?: number; roles?: readonly BootstrapRole[]; region?: string } = {},
): Promise<void> {
  const options = { region, endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const ssm = new SSMClient(options);
  const Name = '/cdk-bootstrap/hnb659fds/version';
  await ssm.send(new PutParameterCommand({ Name, Value: String(version), Type: 'String', Overwrite: true }));
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: assetsBucket(region) }));
  const ecr = new ECRClient(options);
  await ecr.send(
    new CreateRepositoryCommand({
      repositoryName: imagesRepository(region),
      imageTagMutability: 'IMMUTABLE',
    }),
  );
  const iam = new IAMClient(options);
  for (const role of roles) {
    const RoleName = `cdk-hnb659fds-${role}-${ACCOUNT}-${region}`;
    const document = (statement: object) =>
      JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
    await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: document({ Action: 'sts:AssumeRole', Principal: { AWS: ACCOUNT } }),
      }),
    );
    const PolicyDocument = document({ Action: '*', Resource: '*' });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'all', PolicyDocument }));
  }
  for (const client of [ssm, s3, ecr, iam]) client.destroy();
}
