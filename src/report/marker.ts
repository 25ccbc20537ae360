import type { Report } from './model.ts';

/** What the first line of a comment says to programs: whose comment it is, and which plan it shows. */
export interface Marker {
  readonly workflow: string;
  readonly stacks: readonly MarkedStack[];
}

interface MarkedStack {
  readonly stack: string;
  /** Region and hash of the account are empty where nothing told them, as without credentials. */
  readonly region: string;
  readonly account: string;
  readonly plan: string;
}

/** Bumped when an older version would misread it. */
const PREFIX = '<!-- sparta-action v1 ';

/** The hidden marker of a report. It is encoded, so that nothing a user wrote can end it or forge another. */
export function renderMarker(report: Report, workflow: string): string {
  const marker: Marker = {
    workflow,
    stacks: report.stacks.map(({ stackName, region, accountHash, planHash }) => ({
      stack: stackName,
      region: region ?? '',
      account: accountHash,
      plan: planHash,
    })),
  };
  return `${PREFIX}${Buffer.from(JSON.stringify(marker)).toString('base64url')} -->`;
}

/** Reads the marker of a comment; only one at the very beginning counts, and one that is damaged is none. */
export function parseMarker(body: string): Marker | undefined {
  if (!body.startsWith(PREFIX)) return undefined;
  const encoded = body.slice(PREFIX.length).split(' ', 1)[0] ?? '';
  try {
    const marker: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString());
    return isMarker(marker) ? marker : undefined;
  } catch {
    return undefined;
  }
}

const isMarker = (value: unknown): value is Marker =>
  isRecord(value) &&
  typeof value.workflow === 'string' &&
  Array.isArray(value.stacks) &&
  value.stacks.every(isMarkedStack);

const isMarkedStack = (value: unknown): boolean =>
  isRecord(value) &&
  [value.stack, value.region, value.account, value.plan].every((part) => typeof part === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/**
 * Whether two reports belong in the same comment: one workflow, and a stack in common, so that a comment outlives
 * stacks that come and go. A run that failed before it knew its stacks takes the comment of its workflow.
 */
export function sameComment(a: Marker, b: Marker): boolean {
  if (a.workflow !== b.workflow) return false;
  if (a.stacks.length === 0 || b.stacks.length === 0) return true;
  return a.stacks.some((one) => b.stacks.some((other) => sameStack(one, other)));
}

const sameStack = (a: MarkedStack, b: MarkedStack): boolean =>
  a.stack === b.stack && sameOrUnknown(a.region, b.region) && sameOrUnknown(a.account, b.account);

const sameOrUnknown = (a: string, b: string): boolean => a === b || a === '' || b === '';
