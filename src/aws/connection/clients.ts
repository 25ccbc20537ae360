import { once } from '../../order/once.ts';
import { ProblemError } from '../../problem.ts';
import { answered } from './errors.ts';
import { explained } from './explained.ts';
import { RETRIES, TIMEOUTS } from './retries.ts';
import { retryUnreadable, WITHIN_RETRIES } from './unreadable-replies.ts';

type CloudFormationSdk = typeof import('./sdk/cloudformation.ts');
type S3Sdk = typeof import('./sdk/s3.ts');
type LambdaSdk = typeof import('./sdk/lambda.ts');
type IamSdk = typeof import('./sdk/iam.ts');
type EcrSdk = typeof import('./sdk/ecr.ts');
type SsmSdk = typeof import('./sdk/ssm.ts');

/** A client and the commands that it takes, loaded when they are first asked for. */
interface Service<Sdk, Client> {
  readonly sdk: Sdk;
  readonly client: Client;
}

type Lazy<Sdk, Client> = () => Promise<Service<Sdk, Client>>;

/** Whose credentials these are. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov` ... */
  readonly partition: string;
}

/** A role whose credentials are used instead of our own. */
export interface RoleToAssume {
  readonly arn: string;
  readonly externalId?: string;
  /** Further parameters of `AssumeRole`. */
  readonly options?: Readonly<Record<string, unknown>>;
}

/** A connection to one region with one set of credentials. */
export interface Aws {
  readonly region: string;
  /** Where S3 is, when it is not AWS's own (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`). */
  readonly s3Endpoint: string | undefined;
  readonly cloudFormation: Lazy<CloudFormationSdk, InstanceType<CloudFormationSdk['CloudFormationClient']>>;
  readonly s3: Lazy<S3Sdk, InstanceType<S3Sdk['S3Client']>>;
  readonly lambda: Lazy<LambdaSdk, InstanceType<LambdaSdk['LambdaClient']>>;
  readonly iam: Lazy<IamSdk, InstanceType<IamSdk['IAMClient']>>;
  readonly ecr: Lazy<EcrSdk, InstanceType<EcrSdk['ECRClient']>>;
  readonly ssm: Lazy<SsmSdk, InstanceType<SsmSdk['SSMClient']>>;
  /** Asked once. */
  readonly identity: () => Promise<Identity>;
  /** Whether the SDK's own chain finds credentials; nothing is sent to AWS. */
  readonly hasCredentials: () => Promise<boolean>;
  /** The same, with the credentials of a role; they are renewed as long as our own are valid. */
  readonly assume: (role: RoleToAssume, region?: string) => Aws;
  /** The same credentials in another region. */
  readonly inRegion: (region: string) => Aws;
}

export interface ConnectOptions {
  /** By default the SDK's own chain decides. */
  readonly region: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ours, for the user agent. */
  readonly version: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

interface Settings {
  readonly region: string;
  readonly env: ConnectOptions['env'];
  readonly version: string;
  /** `undefined`: the SDK's own chain. */
  readonly credentials: (() => Promise<Credentials>) | undefined;
}

/**
 * Prepares clients; nothing is sent and no SDK is loaded before the first call.
 *
 * @throws ProblemError when no region is to be found
 */
export async function connect({ region: given, env, version }: ConnectOptions): Promise<Aws> {
  const region = given || env.AWS_REGION || env.AWS_DEFAULT_REGION || (await regionOfProfile());
  return connection({ region, env, version, credentials: undefined });
}

function connection(settings: Settings): Aws {
  const { region, env } = settings;
  const s3Endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const options = (requestTimeout?: number) => clientOptions(settings, requestTimeout);
  const cloudFormation = prepared(
    () => import(/* webpackMode: "eager" */ './sdk/cloudformation.ts'),
    (sdk) => new sdk.CloudFormationClient(options()),
  );
  const s3 = prepared(
    () => import('./sdk/s3.ts'),
    // Only AWS itself resolves a bucket as part of the host name.
    (sdk) =>
      new sdk.S3Client({ ...options(TIMEOUTS.reply.upload), forcePathStyle: s3Endpoint !== undefined }),
  );
  const lambda = prepared(
    () => import('./sdk/lambda.ts'),
    (sdk) => new sdk.LambdaClient(options(TIMEOUTS.reply.code)),
  );
  const iam = prepared(
    () => import('./sdk/iam.ts'),
    (sdk) => new sdk.IAMClient(options()),
  );
  const ecr = prepared(
    () => import('./sdk/ecr.ts'),
    (sdk) => new sdk.ECRClient(options()),
  );
  const ssm = prepared(
    () => import('./sdk/ssm.ts'),
    (sdk) => new sdk.SSMClient(options()),
  );
  const sts = prepared(
    () => import('./sdk/sts.ts'),
    (sdk) => new sdk.STSClient(options()),
  );
  const identity = once(() =>
    explained('asking AWS whose credentials these are', async (): Promise<Identity> => {
      const { sdk, client } = await sts();
      const { Account, Arn: arn = '' } = await client.send(new sdk.GetCallerIdentityCommand({}));
      const account = answered(Account, 'account');
      return { account, arn, partition: arn.split(':')[1] ?? 'aws' };
    }),
  );
  const hasCredentials = once(async () => {
    const { client } = await cloudFormation();
    const found = client.config.credentials().then(
      () => true,
      () => false,
    );
    return Promise.race([found, falseAfter(TIMEOUTS.credentials)]);
  });
  const assume = (role: RoleToAssume, other = region): Aws =>
    connection({
      ...settings,
      region: other,
      credentials: () =>
        explained(`assuming the role ${role.arn}`, async () => {
          const { sdk, client } = await sts();
          const { Credentials: found } = await client.send(
            new sdk.AssumeRoleCommand({
              RoleSessionName: 'sparta-action',
              ...role.options,
              RoleArn: role.arn,
              ...(role.externalId && { ExternalId: role.externalId }),
            }),
          );
          return fromSts(found);
        }),
    });
  const inRegion = (other: string): Aws =>
    other === region ? aws : connection({ ...settings, region: other });
  const aws: Aws = {
    region,
    s3Endpoint,
    cloudFormation,
    s3,
    lambda,
    iam,
    ecr,
    ssm,
    identity,
    hasCredentials,
    assume,
    inRegion,
  };
  return aws;
}

/** A service whose SDK is loaded, and whose client is made, when it is first asked for. */
function prepared<Sdk, Client extends Retrying>(
  load: () => Promise<Sdk>,
  make: (sdk: Sdk) => Client,
): Lazy<Sdk, Client> {
  return once(async () => {
    const sdk = await load();
    const client = make(sdk);
    client.middlewareStack.add(retryUnreadable, WITHIN_RETRIES);
    return { sdk, client };
  });
}

interface Retrying {
  readonly middlewareStack: {
    add(middleware: typeof retryUnreadable, options: typeof WITHIN_RETRIES): void;
  };
}

/** What all clients have in common. */
function clientOptions({ region, env, version, credentials }: Settings, requestTimeout?: number) {
  const proxied = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => env[name]);
  // Node itself honours NO_PROXY with it.
  const agent = proxied ? { proxyEnv: env } : undefined;
  return {
    region,
    ...(credentials && { credentials }),
    ...RETRIES,
    customUserAgent: [['sparta-action', version]] as [string, string][],
    requestHandler: {
      connectionTimeout: TIMEOUTS.connect,
      requestTimeout: requestTimeout ?? TIMEOUTS.reply.control,
      socketTimeout: TIMEOUTS.idle,
      // Without it the SDK only warns.
      throwOnRequestTimeout: true,
      ...(agent && { httpAgent: agent, httpsAgent: agent }),
    },
  };
}

function fromSts(
  found:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined,
): Credentials {
  return {
    accessKeyId: found?.AccessKeyId ?? '',
    secretAccessKey: found?.SecretAccessKey ?? '',
    ...(found?.SessionToken && { sessionToken: found.SessionToken }),
    ...(found?.Expiration && { expiration: found.Expiration }),
  };
}

const falseAfter = (milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), milliseconds).unref();
  });

/** The SDK reads the region of a profile from the shared configuration files. */
async function regionOfProfile(): Promise<string> {
  const { CloudFormationClient } = await import(/* webpackMode: "eager" */ './sdk/cloudformation.ts');
  try {
    return await new CloudFormationClient({}).config.region();
  } catch {
    throw new ProblemError({
      message: 'no AWS region is set',
      next: 'Set the input region, or AWS_REGION (aws-actions/configure-aws-credentials does).',
    });
  }
}
