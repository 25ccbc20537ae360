import { type ComparedTemplates, compareTemplates } from '../../../template/diff/compare.ts';
import type { KnownTemplate } from '../../../template/values/known-value.ts';
import type { Level } from './level.ts';
import type { Otherwise } from './made.ts';

/** What changes, the two sides as they were compared, and what is to be known of that. */
export interface ComparedMade extends ComparedTemplates {
  /** The resource of the author's template, by the logical IDs of those that it is made into. */
  readonly madeBy: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/**
 * Compares what CloudFormation makes of two templates; where only it knows that of one of them, the templates as their
 * authors wrote them.
 */
export function compareMade(before: Level | undefined, after: Level): ComparedMade {
  const unknown = [after, ...(before ? [before] : [])].flatMap(({ made }) =>
    made.kind === 'unknown' ? [made.why] : [],
  );
  if (after.made.kind === 'unknown' || before?.made.kind === 'unknown') {
    const why = [...new Set(unknown)].join('; ');
    const notes = [`Shown is what stands in the template, not what CloudFormation makes of it: ${why}.`];
    return { ...compareTemplates(before, after), madeBy: {}, notes };
  }
  const now: KnownTemplate = { template: after.made.template, known: after.known };
  if (!before) return { ...compareTemplates(undefined, now), madeBy: after.made.madeBy, notes: [] };
  const { otherwise } = before.made;
  const compared = compareTemplates({ template: before.made.template, known: before.known }, now);
  const madeBy = { ...before.made.madeBy, ...after.made.madeBy };
  if (!otherwise) return { ...compared, madeBy, notes: [] };
  return {
    ...withUntold(compared, compareTemplates({ template: otherwise.expected, known: before.known }, now)),
    madeBy,
    notes: [otherwiseNote(otherwise)],
  };
}

/**
 * A change could look like what CloudFormation happens to have made already: what is a change by both templates of the
 * author is told as well.
 */
function withUntold(compared: ComparedTemplates, expected: ComparedTemplates): ComparedTemplates {
  const { diff } = compared;
  const told = new Set(diff.resources.map(({ logicalId }) => logicalId));
  const untold = expected.diff.resources.filter(({ logicalId }) => !told.has(logicalId));
  const resources = [...diff.resources, ...untold].sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  const known = new Set(diff.iam.map((each) => JSON.stringify(each)));
  const iam = [...diff.iam, ...expected.diff.iam.filter((each) => !known.has(JSON.stringify(each)))];
  return { ...compared, diff: { ...diff, resources, iam } };
}

const MOST_NAMES = 5;

function otherwiseNote({ logicalIds }: Otherwise): string {
  const names = logicalIds.slice(0, MOST_NAMES).join(', ');
  const more = logicalIds.length > MOST_NAMES ? ` and ${logicalIds.length - MOST_NAMES} more` : '';
  return `CloudFormation expanded the deployed template by another version of SAM than is known here: ${names}${more}. What is shown of these may come from that alone.`;
}
