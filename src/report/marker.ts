import type { Report } from './model.ts';

/** What the first line of a comment says to programs: whose comment it is, and which plan it shows. */
export interface Marker {
  readonly workflow: string;
  readonly stacks: readonly MarkedStack[];
}

interface MarkedStack {
  readonly stack: string;
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

/** Reads the marker of a comment; only one at the very beginning counts. */
export function parseMarker(body: string): Marker | undefined {
  if (!body.startsWith(PREFIX)) return undefined;
  const encoded = body.slice(PREFIX.length).split(' ', 1)[0] ?? '';
  try {
    const marker = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Marker;
    return typeof marker.workflow === 'string' && Array.isArray(marker.stacks) ? marker : undefined;
  } catch {
    return undefined;
  }
}

/** A preview without credentials knows neither account nor region, and is of the stack all the same. */
function samePlace(a: MarkedStack, b: MarkedStack | undefined): boolean {
  const agree = (one: string, other: string) => one === other || one === '' || other === '';
  return b !== undefined && a.stack === b.stack && agree(a.region, b.region) && agree(a.account, b.account);
}

/**
 * Whether two reports belong in the same comment: one workflow, the same stacks. A run that failed before it knew its
 * stacks takes the comment of its workflow.
 */
export function sameComment(a: Marker, b: Marker): boolean {
  if (a.workflow !== b.workflow) return false;
  if (a.stacks.length === 0 || b.stacks.length === 0) return true;
  return a.stacks.length === b.stacks.length && a.stacks.every((stack, index) => samePlace(stack, b.stacks[index]));
}
