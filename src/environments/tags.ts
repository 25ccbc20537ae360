import { TAGS } from './tag-names.ts';

/** What the tags of a stack say of it. */
export interface StackOrigin {
  /** `owner/name` */
  readonly repository: string;
  readonly environment: string;
  readonly pullRequest: number | undefined;
  /** Left out where a tag cannot hold its name. */
  readonly branch: string | undefined;
  readonly commit: string;
  /** `<id>/<attempt>` */
  readonly run: string;
  /** Milliseconds since 1970. */
  readonly expires: number | undefined;
}

/** Source: AWS CloudFormation API reference, "Tag", and what AWS's services have in common. */
const TAG_VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u;

export function stackTags(about: {
  readonly repository: string;
  readonly name: string;
  readonly pullRequest: { readonly number: number; readonly branch: string } | undefined;
  readonly commit: string;
  readonly run: string;
  readonly expires: number | undefined;
}): Readonly<Record<string, string>> {
  const { repository, name, pullRequest, commit, run, expires } = about;
  const all = {
    [TAGS.repository]: repository,
    [TAGS.environment]: name,
    [TAGS.pullRequest]: pullRequest ? String(pullRequest.number) : '',
    [TAGS.branch]: pullRequest?.branch ?? '',
    [TAGS.commit]: commit,
    [TAGS.run]: run,
    [TAGS.expires]: expires === undefined ? '' : new Date(expires).toISOString(),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => TAG_VALUE.test(value)));
}

/** What the tags of a stack say; `undefined` where they say nothing of a repository. */
export function originOf(tags: Readonly<Record<string, string>>): StackOrigin | undefined {
  const repository = tags[TAGS.repository];
  if (repository === undefined) return undefined;
  const number = Number(tags[TAGS.pullRequest]);
  const expires = Date.parse(tags[TAGS.expires] ?? '');
  return {
    repository,
    environment: tags[TAGS.environment] ?? '',
    pullRequest: Number.isInteger(number) && number > 0 ? number : undefined,
    branch: tags[TAGS.branch],
    commit: tags[TAGS.commit] ?? '',
    run: tags[TAGS.run] ?? '',
    expires: Number.isNaN(expires) ? undefined : expires,
  };
}

/**
 * Whether tags are to be written although nothing else changes: the stack is not known as that of this environment, or
 * less than half of its time is left. The rest is written with the next change: CloudFormation hands a stack's tags on to all
 * of its resources, which takes as long as changing them.
 */
export function needsTags(
  wanted: Readonly<Record<string, string>>,
  deployed: Readonly<Record<string, string>>,
  now: number,
): boolean {
  const lasting = [TAGS.repository, TAGS.environment, TAGS.pullRequest, TAGS.branch];
  if (lasting.some((name) => wanted[name] !== undefined && wanted[name] !== deployed[name])) return true;
  const until = Date.parse(wanted[TAGS.expires] ?? '');
  if (Number.isNaN(until)) return false;
  const left = Date.parse(deployed[TAGS.expires] ?? '') - now;
  return !(left > (until - now) / 2);
}
