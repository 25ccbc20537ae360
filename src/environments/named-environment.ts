import { sha256 } from '../hash/canonical.ts';
import { stackTags } from './tags.ts';

/** Where a run deploys to, as people call it: the copy of a pull request, or one that lasts. */
export interface NamedEnvironment {
  /** `pr-7`, `production` */
  readonly name: string;
  /** The pull request whose own copy it is; `undefined` for one that lasts. */
  readonly pullRequest: number | undefined;
  /** Names that a template fixes are made unique. */
  readonly isolate: boolean;
  /**
   * The name of a stack in it.
   *
   * @param longest characters that it may have
   */
  stackName(base: string, longest?: number): string;
  /** What its stacks are marked with, so that they are found again. */
  readonly tags: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 after which it may be swept away; `undefined`: never for its age. */
  readonly expires: number | undefined;
}

/** What an environment is made for. */
export interface EnvironmentRequest {
  /** The input `environment`. */
  readonly pattern: string;
  readonly repository: string;
  /** `undefined` where there is none: the environment lasts. */
  readonly pullRequest: { readonly number: number; readonly branch: string } | undefined;
  readonly commit: string;
  /** `<id>/<attempt>` */
  readonly run: string;
  readonly isolate: boolean;
  /** Milliseconds. */
  readonly expireAfter: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Source: AWS CloudFormation API reference, "CreateStack". */
const LONGEST_STACK_NAME = 128;
/** Of a branch in the name of an environment; names of many resources have no more than 63. */
const LONGEST_BRANCH = 24;
const HASH_LENGTH = 8;

/** Whether the input `environment` means a stack of its own for each pull request. */
export const isPerPullRequest = (pattern: string): boolean =>
  pattern === 'pull-request' || /\{(number|branch)\}/.test(pattern);

export function namedEnvironment(request: EnvironmentRequest): NamedEnvironment {
  const { pattern, pullRequest, isolate, expireAfter, now } = request;
  const name = pullRequest ? ownName(pattern, pullRequest) : pattern;
  const expires = pullRequest && expireAfter !== undefined ? now + expireAfter : undefined;
  return {
    name,
    pullRequest: pullRequest?.number,
    isolate,
    stackName: (base, longest = LONGEST_STACK_NAME) =>
      pullRequest ? shortened(`${base}-${name}`, longest) : base,
    tags: stackTags({ ...request, name, expires }),
    expires,
  };
}

function ownName(pattern: string, { number, branch }: { readonly number: number; readonly branch: string }) {
  if (pattern === 'pull-request') return `pr-${number}`;
  return pattern
    .replaceAll('{number}', String(number))
    .replaceAll('{branch}', shortened(slug(branch), LONGEST_BRANCH, branch));
}

/** As the names of stacks have it: `feature/New_Cart` is `feature-new-cart`. */
const slug = (branch: string): string =>
  branch
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '') || 'branch';

/** What is too long is cut, and told apart from others by a hash of all of it. */
function shortened(name: string, longest: number, whole = name): string {
  // Two branches may look the same once they are written as names have it.
  const isExact = whole === name;
  if (isExact && name.length <= longest) return name;
  const room = Math.max(1, longest - HASH_LENGTH - 1);
  const start = name.slice(0, room).replace(/-+$/, '');
  return `${start}-${sha256(whole).slice(0, HASH_LENGTH)}`;
}
