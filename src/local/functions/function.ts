/** Stands for a runtime where the code is an image, which brings its own. */
export const IMAGE = 'image';

/** What is needed to run one Lambda function on this machine: plain values, no template, no AWS. */
export interface LocalFunction {
  /** Behind the id of its stack and a slash, where it is in a nested one. */
  readonly logicalId: string;
  /** Physical name: the deployed one where known, else `FunctionName`, else the logical ID. */
  readonly name: string;
  /** `aws:cdk:path` of the resource without `/Resource`, or the readable id that SAM gave it. */
  readonly path?: string;
  /** `nodejs22.x`, `python3.13`, `provided.al2023`, ... or {@link IMAGE}. */
  readonly runtime: string;
  readonly handler: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly code: LocalCode;
  /** In the order in which they are laid over one another. */
  readonly layers: readonly LocalCode[];
  /** Resolved already: every value is the text that the function will see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly region: string;
  readonly account: string;
  /** Versions and aliases declared for it, besides `$LATEST`. */
  readonly qualifiers: readonly string[];
  /** `ImageConfig`: what is run instead of what the image says. */
  readonly image?: {
    readonly entryPoint?: readonly string[];
    readonly command?: readonly string[];
    readonly workingDirectory?: string;
  };
  /** MB of `/tmp`; enforced in containers only. */
  readonly ephemeralStorage?: number;
  /** `ReservedConcurrentExecutions`: more concurrent requests than this are throttled. */
  readonly reservedConcurrency?: number;
  /** `TenancyConfig`: an environment serves one tenant only, and each call names its own. */
  readonly tenantIsolation?: true;
  /** `CapacityProviderConfig`: it runs on instances of a provider, which are what is billed. */
  readonly managed?: true;
  /** `DurableConfig`: seconds that an execution may take, and days for which its history is kept. */
  readonly durable?: { readonly executionTimeout?: number; readonly retention?: number };
  /** It is a web function: its process is a server, and `handler` the file that starts it. */
  readonly web?: WebSettings;
  /** `LoggingConfig`, as far as runtimes are told of it. */
  readonly logging?: { readonly format: 'JSON'; readonly level: string } | { readonly format: 'Text' };
}

/** What a web function has beside what all functions have. */
export interface WebSettings {
  readonly endpointName: string;
  /** Lambda checks signatures; otherwise everybody may call it. */
  readonly iam: boolean;
  /** Requests that one process gets at a time. */
  readonly concurrency: number;
}

/** Where code (or the content of a layer) is. */
export type LocalCode =
  | { readonly kind: 'directory'; readonly path: string }
  /** Unpacked once, into a directory named by `hash` (SHA-256 of the archive, in hex). */
  | { readonly kind: 'zip'; readonly path: string; readonly hash: string }
  /** An OCI archive; its layers are unpacked once, into a directory named by its digest. */
  | { readonly kind: 'image'; readonly path: string; readonly digest: string }
  /** `Code.ZipFile`: the text of `index.js` or `index.py`. */
  | { readonly kind: 'inline'; readonly text: string };

/** The function's ARN, without a qualifier. */
export function functionArn(fn: Pick<LocalFunction, 'name' | 'region' | 'account'>): string {
  const partition = fn.region.startsWith('cn-')
    ? 'aws-cn'
    : fn.region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return `arn:${partition}:lambda:${fn.region}:${fn.account}:function:${fn.name}`;
}

/**
 * Finds a function by what people call it: logical ID, physical name, ARN, CDK path or the end of one (`Api/Hello` of
 * `Prod/Api/Hello`), or the name in a service definition (`take-order` is `TakeOrder`). The first that matches in that
 * order; undefined when none does, or several are called so.
 */
export function findFunction(functions: readonly LocalFunction[], wanted: string): LocalFunction | undefined {
  const path = wanted.replace(/\/Resource$/, '');
  const ways: readonly ((fn: LocalFunction) => boolean)[] = [
    (fn) => fn.logicalId === wanted,
    (fn) => fn.name === wanted,
    (fn) => functionArn(fn) === wanted,
    (fn) => fn.path === path,
    (fn) => fn.path?.endsWith(`/${path}`) === true || fn.logicalId.endsWith(`/${path}`),
    (fn) => letters(fn.logicalId) === letters(wanted),
  ];
  for (const isIt of ways) {
    const [found, ...others] = functions.filter(isIt);
    if (found) return others.length === 0 ? found : undefined;
  }
  return undefined;
}

/** What is left of a name where `take-order` and `TakeOrder` are one. */
export const letters = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
