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
import { NODE_KINDS } from '../picture/types.ts';
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
  added: fields({
    ...identity,
    properties: mapOf(anything),
    renamedFrom: optional(text),
    imported: optional(flag),
    movedFrom: optional(text),
    takenName: optional(fields({ property: text, from: text })),
  }),
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
const change = optional(oneOf('added', 'changed', 'replaced', 'removed'));
const picture = fields({
  nodes: list(
    fields({
      id: text,
      kind: oneOf(...NODE_KINDS),
      type: text,
      name: text,
      path: list(text),
      details: list(text),
      parts: list(text),
      change,
    }),
  ),
  edges: list(
    fields({ from: text, to: text, kind: oneOf('event', 'permission', 'use'), label: text, change }),
  ),
  left: list(text),
});
const number: Shape = (given, at) => (Number.isFinite(given) ? [] : [`${at} has to be a number`]);
const tests = optional(
  list(
    fields({
      file: text,
      function: text,
      passed: flag,
      durationMs: number,
      failures: list(text),
      usage: optional(
        fields({
          memoryMb: count,
          usedMb: count,
          architecture: oneOf('x86_64', 'arm64'),
          managed: optional(flag),
        }),
      ),
      execution: optional(fields({ title: text, lines: list(text), diagram: optional(text) })),
    }),
  ),
);
const packageRow = fields({
  kind: oneOf('added', 'updated', 'removed'),
  ecosystem: oneOf('npm', 'PyPI', 'Go'),
  name: text,
  before: optional(text),
  after: optional(text),
  sizeBefore: optional(count),
  sizeAfter: optional(count),
  licence: optional(text),
  installs: optional(flag),
});
const stack = fields({
  label: optional(
    fields({
      name: matching('the name of a target', /^[A-Za-z0-9][\w.-]{0,99}$/),
      service: text,
      account: optional(matching('an account', /^\d{12}$/)),
    }),
  ),
  stackName: matching('the name of a stack', /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  region: optional(matching('a region', /^[a-z0-9-]{1,40}$/)),
  stage: optional(matching('a stage', /^[\w.-]{1,64}$/)),
  state: oneOf('preview', 'unchanged', 'tested', 'failed', 'deployed', 'deleted'),
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
        name: oneOf(
          'termination protection',
          'notification topics',
          'role of CloudFormation',
          'rollback alarms',
          'monitoring minutes',
          'administration role',
          'execution role',
          'auto-deployment',
        ),
        before: text,
        after: text,
      }),
    ),
  ),
  names: optional(mapOf(text)),
  madeBy: optional(mapOf(text)),
  codeSizes: mapOf(count),
  codeFiles: optional(
    mapOf(
      fields({
        sizeBefore: count,
        changes: list(fields({ kind: oneOf('added', 'changed', 'removed'), name: text })),
        more: count,
        packages: optional(list(packageRow)),
      }),
    ),
  ),
  planHash: text,
  accountHash: text,
  outputs: mapOf(text),
  failure: optional(problem),
  notes: optional(list(text)),
  leftovers: optional(list(fields(identity))),
  refused: optional(list(fields({ logicalId: text, message: text }))),
  unpinned: optional(list(fields({ logicalId: text, message: text }))),
  lacking: optional(list(fields({ logicalId: text, message: text }))),
  drift: optional(
    list(fields({ logicalId: text, type: text, property: text, deployed: text, real: text, after: text })),
  ),
  drifted: optional(list(text)),
  instances: optional(
    list(
      fields({
        account: text,
        region: text,
        change: oneOf('added', 'updated', 'removed', 'unchanged'),
        result: optional(oneOf('succeeded', 'failed', 'cancelled')),
        reason: optional(text),
      }),
    ),
  ),
  picture: optional(picture),
  smokeTests: tests,
  verification: tests,
  resourceTexts: optional(mapOf(text)),
  logs: optional(list(fields({ group: text, lines: list(text) }))),
  environment: optional(
    fields({
      name: text,
      url: optional(text),
      created: number,
      expires: optional(number),
      billed: list(text),
      logsUrl: text,
      isTransient: flag,
    }),
  ),
});
const stored = fields({
  version: (given, at) => (given === VERSION ? [] : [`${at} has to be ${VERSION}`]),
  target: optional(matching('the name of a target', /^[A-Za-z0-9][\w.-]{0,99}$/)),
  failed: optional(flag),
  report: fields({
    state: oneOf('preview', 'tested', 'failed', 'deployed', 'deleted'),
    stacks: list(stack),
    problems: list(problem),
    warnings: list(text),
    lockFiles: optional(list(fields({ file: text, packages: list(packageRow), more: count }))),
    target: fields({
      stackNames: list(text),
      folder: text,
      selected: text,
      accountHash: text,
      region: optional(text),
      stage: optional(text),
    }),
  }),
});

/** The job of one of several targets. */
export interface TargetJob {
  readonly target: string;
  /** Whether the job has failed, for whatever reason: not all are states of stacks. */
  readonly failed: boolean;
}

/**
 * A report as another job or workflow may read it; secrets have to be gone from it.
 *
 * @param job that it is of, where there are several targets
 */
export function storeReport(report: Report, job?: TargetJob): string {
  const stacks = report.stacks.map(
    ({ resourceTexts: _, logs: _logs, timeline: _timeline, ...stack }) => stack,
  );
  return `${JSON.stringify({ version: VERSION, ...job, report: { ...report, stacks } })}\n`;
}

/** Where a report comes from, which it does not say itself. */
export type Origin = Pick<Report, 'commit' | 'runUrl'>;

/**
 * Reads the report of a preview that another workflow stored. The author of the pull request may have written it, so
 * only its words are taken from it. Whom it is for and where it comes from, this run has to know itself, and a plan in
 * it counts as reviewed by nobody.
 *
 * @throws ProblemError when it is not exactly what a preview stores
 */
export function parseStoredReport(content: string, origin: Origin): Report {
  const { report } = parseStored(content, origin);
  const done = [report.state, ...report.stacks.map(({ state }) => state)].find(
    (state) => state === 'deployed' || state === 'deleted',
  );
  if (done !== undefined) throw refused(`it says ${done}, which no preview does`);
  return report;
}

/** What the job of a target has stored. */
export type TargetReport = TargetJob & { readonly report: Report };

/**
 * Reads the report of one of several jobs, in the same way.
 *
 * @throws ProblemError when it is not exactly what such a job stores
 */
export function parseTargetReport(content: string, origin: Origin): TargetReport {
  const { target, failed = false, report } = parseStored(content, origin);
  if (target === undefined) throw refused('it does not say which target it is about');
  return { target, failed, report };
}

const refused = (message: string): ProblemError =>
  new ProblemError({
    message: `the stored report is not used: ${message}`,
    next: 'Store the report.json that the same version of the action has written.',
  });

function parseStored(content: string, origin: Origin): Partial<TargetJob> & { report: Report } {
  const { commit, runUrl } = origin;
  if (content.length > LONGEST) throw refused(`it has more than ${LONGEST} characters`);
  if (bracketDepth(content) > MAX_TEXT_DEPTH) throw refused('it is nested too deep');
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw refused('it is not JSON');
  }
  const [first] = stored(parsed, '');
  if (first !== undefined) throw refused(first.slice(0, 200));
  const { target, failed, report } = parsed as Partial<TargetJob> & { report: Report };
  const stacks = report.stacks.map(({ timeline: _, ...each }) => ({
    ...each,
    planHash: '',
    accountHash: '',
  }));
  const about = { ...report.target, accountHash: '' };
  const told = { ...report, stacks, target: about, commit, runUrl };
  return { ...(target !== undefined && { target }), ...(failed !== undefined && { failed }), report: told };
}
