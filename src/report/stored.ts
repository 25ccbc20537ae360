import {
  anything,
  count,
  fields,
  flag,
  list,
  mapOf,
  matching,
  oneOf,
  optional,
  type Shape,
  text,
  variants,
} from '../parse/shape.ts';
import { ProblemError } from '../problem.ts';
import { bracketDepth, MAX_TEXT_DEPTH } from '../template/read/depth.ts';
import type { Report } from './model.ts';

/** Characters that a stored report may have. A comment shows a hundredth of it. */
const LONGEST = 8 * 1024 * 1024;
const VERSION = 1;

const place = fields({ file: text, line: optional(count), column: optional(count) });
const problem = fields({
  message: text,
  subject: optional(text),
  next: optional(text),
  place: optional(place),
});
const value = fields({
  path: text,
  before: anything,
  after: anything,
  impact: oneOf('update', 'may-replace', 'replace'),
  cause: optional(text),
});
const identity = { logicalId: text, type: text };
const lost = optional(
  list(
    fields({
      what: text,
      property: text,
      before: optional(text),
      after: optional(text),
      subject: optional(text),
    }),
  ),
);
const resource = variants('kind', {
  added: fields({ ...identity, properties: mapOf(anything), renamedFrom: optional(text) }),
  removed: fields({
    ...identity,
    losesData: flag,
    kept: oneOf('resource', 'snapshot', 'nothing'),
    lostProtections: lost,
  }),
  changed: fields({
    ...identity,
    impact: oneOf('update', 'may-replace', 'replace'),
    changes: list(value),
    code: optional(
      fields({
        kind: oneOf('function', 'layer', 'definition', 'nested template'),
        before: text,
        after: text,
      }),
    ),
    losesData: flag,
    keptName: optional(text),
    lostProtections: lost,
  }),
});
const entry = fields({
  section: text,
  name: text,
  before: anything,
  after: anything,
  cause: optional(text),
});
const permission = fields({
  kind: oneOf('added', 'removed'),
  logicalId: text,
  effect: text,
  principal: text,
  action: text,
  resource: text,
  condition: text,
  property: text,
  concern: optional(oneOf('public', 'wildcard', 'powerful', 'widened')),
});
const duration: Shape = (given, at) => (Number.isFinite(given) ? [] : [`${at} has to be a number`]);
const stack = fields({
  stackName: matching('the name of a stack', /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  region: optional(matching('a region', /^[a-z0-9-]{1,40}$/)),
  stage: optional(matching('a stage', /^[\w.-]{1,64}$/)),
  state: oneOf('preview', 'unchanged', 'tested', 'failed'),
  base: variants('kind', {
    deployed: fields({}),
    commit: fields({ sha: matching('a commit', /^[0-9a-f]{40,64}$/) }),
    nothing: fields({ why: text }),
    missing: fields({ why: text }),
  }),
  diff: fields({
    resources: list(resource),
    outputs: list(entry),
    parameters: list(entry),
    other: list(entry),
    iam: list(permission),
  }),
  changedParameters: list(text),
  parameterValues: optional(mapOf(fields({ before: text, after: text }))),
  changedTags: list(text),
  settings: optional(
    list(
      fields({
        name: oneOf('termination protection', 'notification topics', 'role of CloudFormation'),
        before: text,
        after: text,
      }),
    ),
  ),
  names: optional(mapOf(text)),
  codeSizes: mapOf(count),
  codeFiles: optional(
    mapOf(
      fields({
        sizeBefore: count,
        changes: list(fields({ kind: oneOf('added', 'changed', 'removed'), name: text })),
        more: count,
      }),
    ),
  ),
  planHash: text,
  accountHash: text,
  outputs: mapOf(text),
  failure: optional(problem),
  notes: optional(list(text)),
  refused: optional(list(fields({ logicalId: text, message: text }))),
  smokeTests: optional(
    list(fields({ file: text, function: text, passed: flag, durationMs: duration, failures: list(text) })),
  ),
});
const stored = fields({
  version: (given, at) => (given === VERSION ? [] : [`${at} has to be ${VERSION}`]),
  report: fields({
    state: oneOf('preview', 'tested', 'failed'),
    stacks: list(stack),
    problems: list(problem),
    warnings: list(text),
    target: fields({
      stackNames: list(text),
      folder: text,
      region: optional(text),
      stage: optional(text),
    }),
  }),
});

/** The report of a preview as another workflow may read it; secrets have to be gone from it. */
export const storeReport = (report: Report): string => `${JSON.stringify({ version: VERSION, report })}\n`;

/**
 * Reads the report of a preview that another workflow stored. The author of the pull request may have written it, so
 * only its words are taken from it. Whom it is for and where it comes from, this run has to know itself, and a plan in
 * it counts as reviewed by nobody.
 *
 * @throws ProblemError when it is not exactly what a preview stores
 */
export function parseStoredReport(
  content: string,
  { commit, runUrl }: Pick<Report, 'commit' | 'runUrl'>,
): Report {
  const refuse = (message: string): ProblemError =>
    new ProblemError({
      message: `the stored report is not used: ${message}`,
      next: 'Store .sparta/report.json of a preview by the same version of the action.',
    });
  if (content.length > LONGEST) throw refuse(`it has more than ${LONGEST} characters`);
  if (bracketDepth(content) > MAX_TEXT_DEPTH) throw refuse('it is nested too deep');
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw refuse('it is not JSON');
  }
  const [first] = stored(parsed, '');
  if (first !== undefined) throw refuse(first.slice(0, 200));
  const { report } = parsed as { report: Report };
  const stacks = report.stacks.map((each) => ({ ...each, planHash: '', accountHash: '' }));
  return { ...report, stacks, commit, runUrl };
}
