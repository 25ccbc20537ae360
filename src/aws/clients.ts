import { once } from '../once.ts';
import { ProblemError } from '../problem.ts';

type CloudFormationSdk = typeof import('./sdk/cloudformation.ts');
type S3Sdk = typeof import('./sdk/s3.ts');

/** A client and the commands that it takes, loaded when they are first asked for. */
interface Service<Sdk, Client> {
  readonly sdk: Sdk;
  readonly client: Client;
}

/** Whose credentials these are. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov` ... */
  readonly partition: string;
}

/** A connection to one region with one set of credentials. */
export interface Aws {
  readonly region: string;
  /** Where S3 is, when it is not AWS's own (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`). */
  readonly s3Endpoint: string | undefined;
  readonly cloudFormation: () => Promise<
    Service<CloudFormationSdk, InstanceType<CloudFormationSdk['CloudFormationClient']>>
  >;
  readonly s3: () => Promise<Service<S3Sdk, InstanceType<S3Sdk['S3Client']>>>;
  /** Asked once. */
  readonly identity: () => Promise<Identity>;
  /** Whether the SDK's own chain finds credentials; nothing is sent to AWS. */
  readonly hasCredentials: () => Promise<boolean>;
}

export interface ConnectOptions {
  /** By default the SDK's own chain decides. */
  readonly region: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ours, for the user agent. */
  readonly version: string;
}

/**
 * Prepares clients; nothing is sent and no SDK is loaded before the first call.
 *
 * @throws ProblemError when no region is to be found
 */
export async function connect({ region: given, env, version }: ConnectOptions): Promise<Aws> {
  const region = given || env.AWS_REGION || env.AWS_DEFAULT_REGION || (await regionOfProfile());
  const common = {
    region,
    // Throttling and lost replies are expected; every call that is not idempotent carries a client token.
    retryMode: 'adaptive',
    maxAttempts: 6,
    customUserAgent: [['sparta-action', version]] as [string, string][],
    // Without throwOnRequestTimeout the SDK only warns.
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true },
  };
  const s3Endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const cloudFormation = once(async () => {
    const sdk = await import('./sdk/cloudformation.ts');
    return { sdk, client: new sdk.CloudFormationClient(common) };
  });
  const s3 = once(async () => {
    const sdk = await import('./sdk/s3.ts');
    // Only AWS itself resolves a bucket as part of the host name.
    return { sdk, client: new sdk.S3Client({ ...common, forcePathStyle: s3Endpoint !== undefined }) };
  });
  const identity = once(async (): Promise<Identity> => {
    const { STSClient, GetCallerIdentityCommand } = await import('./sdk/sts.ts');
    const client = new STSClient(common);
    const { Account: account = '', Arn: arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account, arn, partition: arn.split(':')[1] ?? 'aws' };
  });
  const hasCredentials = once(async () => {
    const { client } = await cloudFormation();
    return client.config.credentials().then(
      () => true,
      () => false,
    );
  });
  return { region, s3Endpoint, cloudFormation, s3, identity, hasCredentials };
}

/** The SDK reads the region of a profile from the shared configuration files. */
async function regionOfProfile(): Promise<string> {
  const { CloudFormationClient } = await import('./sdk/cloudformation.ts');
  try {
    return await new CloudFormationClient({}).config.region();
  } catch {
    throw new ProblemError({
      message: 'no AWS region is set',
      next: 'Set the input region, or AWS_REGION (aws-actions/configure-aws-credentials does).',
    });
  }
}
