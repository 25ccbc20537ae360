import type { CodeChange } from '../template/diff/code.ts';
import type { EntryDiff, ResourceDiff } from '../template/diff/types.ts';
import type { ValueChange } from '../template/diff/values.ts';
import type { IamChange } from '../template/iam/types.ts';
import { bytes } from '../text/bytes.ts';
import { singleLine } from '../text/harmless.ts';
import type { CodeFiles, DiffBase, SmokeTestReport, StackReport } from './model.ts';
import { changeLines, readable, valueText } from './value-text.ts';
import { ACTIONS, type Action, actionOf, actionText, codeChanges, smokeWords } from './verdict.ts';

/** A row of the table of changes. */
export interface Row {
  readonly action: Action;
  /** The action in words. */
  readonly what: string;
  readonly logicalId: string;
  readonly type: string;
  readonly why: string;
}

/** Changed resources, the worst first. */
export function changeRows(stack: StackReport): Row[] {
  return stack.diff.resources
    .map((resource) => ({
      action: actionOf(resource),
      what: actionText(actionOf(resource), stack),
      logicalId: resource.logicalId,
      type: resource.type,
      why: why(resource),
    }))
    .sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action));
}

const PATHS_SHOWN = 4;
const KEPT = {
  resource: 'stays in the account (DeletionPolicy)',
  snapshot: 'a snapshot is kept',
  nothing: '',
};

/** What changes, the reason of a replacement first. */
function why(resource: ResourceDiff): string {
  if (resource.kind === 'added')
    return resource.renamedFrom === undefined
      ? ''
      : `is ${resource.renamedFrom} under a new name: that one is deleted`;
  if (resource.kind === 'removed') return resource.losesData ? 'its data is lost' : KEPT[resource.kept];
  const changes = [...resource.changes].sort((a, b) => severity(b) - severity(a));
  const direct = propertyNames(changes.filter(({ cause }) => cause === undefined));
  const derived = changes
    .filter((change) => change.cause !== undefined && !direct.includes(withoutElements(change)))
    .map(reason);
  const paths = [...direct, ...new Set(derived), ...(resource.code ? ['code'] : [])];
  const shown = paths.slice(0, PATHS_SHOWN).join(', ');
  const rest = paths.length > PATHS_SHOWN ? ` and ${paths.length - PATHS_SHOWN} more` : '';
  return `${shown}${rest}${resource.notReplaced ? '; not replaced' : ''}`;
}

const severity = ({ impact }: ValueChange): number => ['update', 'may-replace', 'replace'].indexOf(impact);
const nameOf = ({ path }: ValueChange): string => path.replace(/^Properties\./, '');
const reason = (change: ValueChange): string => `${withoutElements(change)} (${change.cause ?? ''})`;
/** Up to the first list: `Policies`, `Environment.Variables.LEVEL`. */
const withoutElements = (change: ValueChange): string => nameOf(change).replace(/\[.*$/s, '');

/** What changes, each once, without going into lists. */
export const propertyNames = (changes: readonly ValueChange[]): string[] => [
  ...new Set(changes.map(withoutElements)),
];

/** New code of a function. */
export interface FunctionRow {
  readonly logicalId: string;
  readonly kind: CodeChange['kind'];
  readonly before: string;
  readonly after: string;
  /** `1.2 kB → 1.3 kB`: of the package, where known. */
  readonly size: string;
  /** Lines on the files that changed in the package, where the former one was at hand. */
  readonly files: readonly string[];
}

export function functionRows({ diff, codeSizes, codeFiles = {} }: StackReport): FunctionRow[] {
  return codeChanges(diff).map(({ logicalId, code }) => {
    const size = Object.hasOwn(codeSizes, logicalId) ? codeSizes[logicalId] : undefined;
    const files = Object.hasOwn(codeFiles, logicalId) ? codeFiles[logicalId] : undefined;
    return {
      logicalId,
      kind: code.kind,
      before: short(code.before),
      after: code.before === code.after ? 'the same, in another place' : short(code.after),
      size: [files?.sizeBefore, size]
        .flatMap((each) => (each === undefined ? [] : [bytes(each)]))
        .join(' → '),
      files: files ? fileLines(files) : [],
    };
  });
}

const FILE_SIGNS = { added: '+', changed: '!', removed: '-' };

const fileLines = ({ changes, more }: CodeFiles): string[] => [
  ...changes.map(({ kind, name }) => `${FILE_SIGNS[kind]} ${singleLine(name)}`),
  ...(more > 0 ? [`# ${more} more`] : []),
];

/** Twelve digits of a hash are enough to tell two apart. */
const short = (name: string): string => name.replace(/^([0-9a-f]{12})[0-9a-f]{52}/, '$1');

/** `Orders · replaced` */
export const resourceTitle = (resource: ResourceDiff, stack: StackReport): string =>
  `${resource.logicalId} · ${actionText(actionOf(resource), stack)}`;

/** The lines of a ```diff block. Removed resources and new code have none: the tables say it all. */
export function resourceLines(resource: ResourceDiff, { state }: StackReport): string[] {
  if (resource.kind === 'removed') return [];
  if (resource.kind === 'added') {
    const properties =
      Object.keys(resource.properties).length === 0 ? [] : valueText(resource.properties).split('\n');
    return [`Type: ${singleLine(resource.type)}`, ...properties].map((line) => `+ ${line}`);
  }
  const consequences = CONSEQUENCES[state === 'deployed' ? 'past' : 'present'];
  return resource.changes.flatMap((change) => valueLines(change, consequences[change.impact]));
}

const CONSEQUENCES = {
  present: { update: '', 'may-replace': 'may replace the resource', replace: 'replaces the resource' },
  past: { update: '', 'may-replace': 'may have replaced the resource', replace: 'replaced the resource' },
};

function valueLines(change: ValueChange, consequence: string): string[] {
  const name = nameOf(change);
  if (change.before === undefined && change.after === undefined) {
    const cause = change.cause ?? 'changes';
    return [singleLine(`! ${name}: ${cause}${consequence ? `, ${consequence}` : ''}`)];
  }
  return [
    ...(consequence ? [singleLine(`@@ ${name} ${consequence} @@`)] : []),
    ...changeLines(name, change.before, change.after),
  ];
}

/** The lines of an output, parameter or other entry. */
export function entryLines({ section, name, before, after, cause }: EntryDiff): string[] {
  const path = [section, name].filter((part) => part !== '').join('.');
  return cause === undefined ? changeLines(path, before, after) : [singleLine(`! ${path}: ${cause}`)];
}

/** `Allow s3:GetObject on arn:... to Service: lambda.amazonaws.com` */
export function permissionText({ effect, action, resource, principal, condition }: IamChange): string {
  return [
    `${effect} ${action}`,
    ...(resource ? [`on ${readable(resource)}`] : []),
    ...(principal ? [`to ${principal === '*' ? 'everybody' : readable(principal)}`] : []),
    ...(condition ? [`if ${readable(condition)}`] : []),
  ].join(' ');
}

/** `+ OrdersRole: Allow s3:* on *` */
export function permissionLines({ diff }: StackReport): string[] {
  return diff.iam.map((each) =>
    singleLine(`${each.kind === 'added' ? '+' : '-'} ${each.logicalId}: ${permissionText(each)}`),
  );
}

/** The lines on outputs, parameters and the rest, and on values that are set from outside. */
export function otherLines({
  diff,
  changedParameters,
  parameterValues = {},
  changedTags,
  settings = [],
}: StackReport): string[] {
  const valuesOf = (name: string): string => {
    const values = Object.hasOwn(parameterValues, name) ? parameterValues[name] : undefined;
    return values ? `${values.before || "''"} → ${values.after || "''"}` : 'new value';
  };
  return [
    ...[...diff.outputs, ...diff.parameters, ...diff.other].flatMap(entryLines),
    ...changedParameters.map((name) => singleLine(`! parameter ${name}: ${valuesOf(name)}`)),
    ...changedTags.map((name) => singleLine(`! tag ${name}: new value`)),
    ...settings.map(({ name, before, after }) => singleLine(`! ${name}: ${before} → ${after}`)),
  ];
}

/** Smoke tests with their heading, failures first; where nothing else was done, the verdict says it already. */
export function smokeSummary(stack: StackReport): {
  readonly title: string | undefined;
  readonly rows: readonly SmokeTestReport[];
} {
  const rows = [...(stack.smokeTests ?? [])].sort((a, b) => Number(a.passed) - Number(b.passed));
  return { title: stack.state === 'tested' ? undefined : smokeWords([stack]), rows };
}

/** Which of them it was. */
export function baseText(base: DiffBase): string {
  if (base.kind === 'deployed') return 'Compared with the deployed stack.';
  if (base.kind === 'commit') return `Compared with the base commit ${base.sha.slice(0, 7)}.`;
  const why = base.why.replace(/\.$/, '');
  return base.kind === 'missing'
    ? `Not compared, so what changes is not known: ${why}.`
    : `Compared with nothing, so everything is new: ${why}.`;
}
