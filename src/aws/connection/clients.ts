import { once } from '../../order/once.ts';
import { ProblemError } from '../../problem.ts';
import type { RoleToAssume } from './assume-role.ts';
import { answered } from './errors.ts';
import { explained } from './explained.ts';
import { keepPace, RETRIES, type RetryingClient, TIMEOUTS } from './retries.ts';
import { AROUND_ALL, renewExpired, renewed, type SessionSource, type Sessions } from './session.ts';
import { mayHaveProfiles } from './shared-files.ts';
import { AROUND_RETRIES, WITHIN_RETRIES as RECOGNISED, recogniseThrottling, triesOfItsOwn } from './tries.ts';
import { retryUnreadable, WITHIN_RETRIES } from './unreadable-replies.ts';

type CloudFormationSdk = typeof import('./sdk/cloudformation.ts');
type S3Sdk = typeof import('./sdk/s3.ts');
type LambdaSdk = typeof import('./sdk/lambda.ts');
type IamSdk = typeof import('./sdk/iam.ts');
type EcrSdk = typeof import('./sdk/ecr.ts');
type SsmSdk = typeof import('./sdk/ssm.ts');
type StsSdk = typeof import('./sdk/sts.ts');

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

/** A connection to one region with one set of credentials. */
export interface Aws {
  readonly region: string;
  /** Where S3 is, when it is not AWS's own (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`). */
  readonly s3Endpoint: string | undefined;
  /** The same of CloudWatch Logs (`AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`, `AWS_ENDPOINT_URL`). */
  readonly logsEndpoint: string | undefined;
  /** The same of CloudWatch (`AWS_ENDPOINT_URL_CLOUDWATCH`, `AWS_ENDPOINT_URL`). */
  readonly metricsEndpoint: string | undefined;
  readonly cloudFormation: Lazy<CloudFormationSdk, InstanceType<CloudFormationSdk['CloudFormationClient']>>;
  readonly s3: Lazy<S3Sdk, InstanceType<S3Sdk['S3Client']>>;
  readonly lambda: Lazy<LambdaSdk, InstanceType<LambdaSdk['LambdaClient']>>;
  /** For calls of functions, which say nothing for as long as they run. */
  readonly invocations: Lazy<LambdaSdk, InstanceType<LambdaSdk['LambdaClient']>>;
  readonly iam: Lazy<IamSdk, InstanceType<IamSdk['IAMClient']>>;
  readonly ecr: Lazy<EcrSdk, InstanceType<EcrSdk['ECRClient']>>;
  readonly ssm: Lazy<SsmSdk, InstanceType<SsmSdk['SSMClient']>>;
  readonly sts: Lazy<StsSdk, InstanceType<StsSdk['STSClient']>>;
  /** The credentials of a role that is assumed; `undefined`: the SDK's own chain finds some. */
  readonly sessions: Sessions | undefined;
  /** Asked once. */
  readonly identity: () => Promise<Identity>;
  /** Whether there are credentials, or what a role is assumed with; nothing is sent to AWS. */
  readonly hasCredentials: () => Promise<boolean>;
  /** The same with other credentials, which are renewed as long as that is possible. */
  readonly withSession: (source: SessionSource, region?: string) => Aws;
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
  /** Told of each secret that AWS gives out. */
  readonly secret?: (value: string) => void;
}

interface Settings extends ConnectOptions {
  readonly region: string;
  readonly sessions: Sessions | undefined;
}

/**
 * Prepares clients; nothing is sent and no SDK is loaded before the first call.
 *
 * @throws ProblemError when no region is to be found
 */
export async function connect(options: ConnectOptions): Promise<Aws> {
  const { region: given, env } = options;
  const region = given || env.AWS_REGION || env.AWS_DEFAULT_REGION || (await regionOfProfile(env));
  return connection({ ...options, region, sessions: undefined });
}

/**
 * @param known another connection with the same credentials
 */
function connection(settings: Settings, known?: Pick<Aws, 'identity' | 'hasCredentials'>): Aws {
  const { region, env, sessions, secret } = settings;
  const s3Endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL;
  const options = (reply?: number, idle?: number) => clientOptions(settings, reply, idle);
  const cloudFormation = prepared(
    () => import(/* webpackMode: "eager" */ './sdk/cloudformation.ts'),
    (sdk) => new sdk.CloudFormationClient(options()),
    sessions,
  );
  const s3 = prepared(
    () => import('./sdk/s3.ts'),
    // Only AWS itself resolves a bucket as part of the host name.
    (sdk) =>
      new sdk.S3Client({ ...options(TIMEOUTS.reply.upload), forcePathStyle: s3Endpoint !== undefined }),
    sessions,
  );
  const lambda = prepared(
    () => import('./sdk/lambda.ts'),
    (sdk) => new sdk.LambdaClient(options(TIMEOUTS.reply.code)),
    sessions,
  );
  const invocations = prepared(
    () => import('./sdk/lambda.ts'),
    (sdk) => new sdk.LambdaClient(options(TIMEOUTS.reply.invocation, TIMEOUTS.reply.invocation)),
    sessions,
  );
  const iam = prepared(
    () => import('./sdk/iam.ts'),
    (sdk) => new sdk.IAMClient(options()),
    sessions,
  );
  const ecr = prepared(
    () => import('./sdk/ecr.ts'),
    (sdk) => new sdk.ECRClient(options()),
    sessions,
  );
  const ssm = prepared(
    () => import('./sdk/ssm.ts'),
    (sdk) => new sdk.SSMClient(options()),
    sessions,
  );
  const sts = prepared(
    () => import('./sdk/sts.ts'),
    (sdk) => new sdk.STSClient(options()),
    sessions,
  );
  const ask = once(() =>
    explained('asking AWS whose credentials these are', async (): Promise<Identity> => {
      const { arn: assumed } = (await sessions?.()) ?? {};
      if (assumed) return identityOf(assumed, assumed.split(':')[4]);
      const { sdk, client } = await sts();
      const { Account, Arn: arn = '' } = await client.send(new sdk.GetCallerIdentityCommand({}));
      return identityOf(arn, Account);
    }),
  );
  const identity = known?.identity ?? ask;
  const look = once(async () => {
    if (sessions) return sessions.isAvailable();
    const { client } = await cloudFormation();
    const found = client.config.credentials().then(
      () => true,
      () => false,
    );
    return Promise.race([found, falseAfter(TIMEOUTS.credentials)]);
  });
  const hasCredentials = known?.hasCredentials ?? look;
  const withSession = ({ make, isAvailable }: SessionSource, other = region): Aws => {
    const told = async () => {
      const session = await make();
      for (const each of [session.secretAccessKey, session.sessionToken]) secret?.(each ?? '');
      return session;
    };
    return connection({ ...settings, region: other, sessions: renewed({ make: told, isAvailable }) });
  };
  const assume = (role: RoleToAssume, other?: string): Aws => {
    const make = async () => (await import('./assume-role.ts')).assumeRole(sts, role);
    return withSession({ make, isAvailable: hasCredentials }, other);
  };
  const inRegion = (other: string): Aws =>
    other === region ? aws : connection({ ...settings, region: other }, { identity, hasCredentials });
  const aws: Aws = {
    region,
    s3Endpoint,
    logsEndpoint: env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS ?? env.AWS_ENDPOINT_URL,
    metricsEndpoint: env.AWS_ENDPOINT_URL_CLOUDWATCH ?? env.AWS_ENDPOINT_URL,
    cloudFormation,
    s3,
    lambda,
    invocations,
    iam,
    ecr,
    ssm,
    sts,
    sessions,
    identity,
    hasCredentials,
    withSession,
    assume,
    inRegion,
  };
  return aws;
}

const identityOf = (arn: string, account: string | undefined): Identity => ({
  account: answered(account, 'account'),
  arn,
  partition: arn.split(':')[1] ?? 'aws',
});

/** A service whose SDK is loaded, and whose client is made, when it is first asked for. */
function prepared<Sdk, Client extends Retrying>(
  load: () => Promise<Sdk>,
  make: (sdk: Sdk) => Client,
  sessions: Sessions | undefined,
): Lazy<Sdk, Client> {
  return once(async () => {
    const sdk = await load();
    const client = make(sdk);
    // It prepares a record of each reply for a log that nobody has given.
    client.middlewareStack.remove('loggerMiddleware');
    client.middlewareStack.add(retryUnreadable, WITHIN_RETRIES);
    if (sessions) client.middlewareStack.add(renewExpired(sessions), AROUND_ALL);
    client.middlewareStack.add(recogniseThrottling, RECOGNISED);
    client.middlewareStack.add(triesOfItsOwn, AROUND_RETRIES);
    await keepPace(client);
    return { sdk, client };
  });
}

interface Retrying extends RetryingClient {
  readonly middlewareStack: {
    remove(name: 'loggerMiddleware'): boolean;
    add(middleware: typeof retryUnreadable, options: typeof WITHIN_RETRIES): void;
    add(middleware: ReturnType<typeof renewExpired>, options: typeof AROUND_ALL): void;
    add(middleware: typeof recogniseThrottling, options: typeof RECOGNISED): void;
    add(middleware: typeof triesOfItsOwn, options: typeof AROUND_RETRIES): void;
  };
}

/** What all clients have in common. */
function clientOptions(
  { region, env, version, sessions }: Settings,
  requestTimeout: number = TIMEOUTS.reply.control,
  socketTimeout: number = TIMEOUTS.idle,
) {
  const proxied = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => env[name]);
  // Node itself honours NO_PROXY with it.
  const agent = proxied ? { proxyEnv: env } : undefined;
  return {
    region,
    ...(sessions && { credentials: sessions }),
    ...RETRIES,
    customUserAgent: [['sparta-action', version]] as [string, string][],
    requestHandler: {
      connectionTimeout: TIMEOUTS.connect,
      requestTimeout,
      socketTimeout,
      // Without it the SDK only warns.
      throwOnRequestTimeout: true,
      ...(agent && { httpAgent: agent, httpsAgent: agent }),
    },
  };
}

const falseAfter = (milliseconds: number): Promise<boolean> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(false), milliseconds).unref();
  });

/** The SDK reads the region of a profile from the shared configuration files. */
async function regionOfProfile(env: ConnectOptions['env']): Promise<string> {
  const none = new ProblemError({
    message: 'no AWS region is set',
    next: 'Set the input region, or AWS_REGION (aws-actions/configure-aws-credentials does).',
  });
  if (!mayHaveProfiles(env)) throw none;
  const { CloudFormationClient } = await import(/* webpackMode: "eager" */ './sdk/cloudformation.ts');
  try {
    return await new CloudFormationClient({}).config.region();
  } catch {
    throw none;
  }
}
