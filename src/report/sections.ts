import type { CodeChange } from '../template/diff/code.ts';
import { isRevision } from '../template/diff/deletion-policy.ts';
import type { EntryDiff, ResourceDiff } from '../template/diff/types.ts';
import type { ValueChange } from '../template/diff/values.ts';
import type { IamChange } from '../template/iam/types.ts';
import { own } from '../template/types.ts';
import { bytes } from '../text/bytes.ts';
import { singleLine } from '../text/harmless.ts';
import type {
  CodeFiles,
  DiffBase,
  ExecutionReport,
  PackageRow,
  Report,
  SmokeTestReport,
  StackReport,
} from './model.ts';
import { changeLines, readable, valueText } from './values/value-text.ts';
import { actionOf, actionText, codeChanges, smokeWords } from './verdict.ts';

const nameOf = ({ path }: ValueChange): string => path.replace(/^Properties\./, '');
/** Up to the first list: `Policies`, `Environment.Variables.LEVEL`. */
export const withoutElements = (change: ValueChange): string => nameOf(change).replace(/\[.*$/s, '');

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
  /** Lines on the packages in it that changed. */
  readonly packages: readonly string[];
}

export function functionRows({ diff, codeSizes, codeFiles = {}, madeBy = {} }: StackReport): FunctionRow[] {
  return codeChanges(diff).map(({ logicalId, code }) => {
    // The package is that of the resource in its author's template.
    const size = own(codeSizes, logicalId) ?? own(codeSizes, own(madeBy, logicalId) ?? '');
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
      packages: (files?.packages ?? []).map(packageLine),
    };
  });
}

const FILE_SIGNS = { added: '+', changed: '!', removed: '-' };

const fileLines = ({ changes, more }: CodeFiles): string[] => [
  ...changes.map(({ kind, name }) => `${FILE_SIGNS[kind]} ${singleLine(name)}`),
  ...(more > 0 ? [`# ${more} more`] : []),
];

/** Titles and lines on what changed in lock files. */
export const lockFileBlocks = ({
  lockFiles = [],
}: Report): readonly { readonly title: string; readonly lines: readonly string[] }[] =>
  lockFiles.map(({ file, packages, more }) => ({
    title: `Packages of ${singleLine(file)}`,
    lines: [...packages.map(packageLine), ...(more > 0 ? [`# ${more} more`] : [])],
  }));

const PACKAGE_SIGNS = { added: '+', updated: '!', removed: '-' };

/** `! express 4.21.2 → 5.1.0 · MIT · 210 kB → 180 kB · runs a program when it is installed` */
function packageLine(each: PackageRow): string {
  const versions = [each.before, each.after].filter((version) => version !== undefined).join(' → ');
  const sizes = [each.sizeBefore, each.sizeAfter].filter((size) => size !== undefined).map(bytes);
  const facts = [
    ...(each.licence === undefined ? [] : [each.licence]),
    ...(sizes.length > 0 ? [sizes.join(' → ')] : []),
    ...(each.installs ? ['runs a program when it is installed'] : []),
  ];
  return singleLine([`${PACKAGE_SIGNS[each.kind]} ${each.name} ${versions}`, ...facts].join(' · '));
}

/** Twelve digits of a hash are enough to tell two apart. */
const short = (name: string): string => name.replace(/^([0-9a-f]{12})[0-9a-f]{52}/, '$1');

/** `Orders · replaced` */
export const resourceTitle = (resource: ResourceDiff, stack: StackReport): string =>
  `${resource.logicalId} · ${actionText(actionOf(resource), stack)}`;

/** Lines by resource and tense: a summary, a page and its picture show the same ones. */
const known = new WeakMap<ResourceDiff, Map<StackReport['state'], readonly string[]>>();

/** The lines of a ```diff block. Removed resources and new code have none: the tables say it all. */
export function resourceLines(resource: ResourceDiff, { state }: StackReport): readonly string[] {
  const byState = known.get(resource) ?? new Map<StackReport['state'], readonly string[]>();
  const lines = byState.get(state) ?? linesOf(resource, state);
  known.set(resource, byState.set(state, lines));
  return lines;
}

function linesOf(resource: ResourceDiff, state: StackReport['state']): readonly string[] {
  if (resource.kind === 'removed') return [];
  if (resource.kind === 'added') {
    const properties =
      Object.keys(resource.properties).length === 0 ? [] : valueText(resource.properties).split('\n');
    return [`Type: ${singleLine(resource.type)}`, ...properties].map((line) => `+ ${line}`);
  }
  const consequences = (isRevision(resource) ? OF_REVISIONS : CONSEQUENCES)[
    state === 'deployed' ? 'past' : 'present'
  ];
  return resource.changes.flatMap((change) => valueLines(change, consequences[change.impact]));
}

const CONSEQUENCES = {
  present: { update: '', 'may-replace': 'may replace the resource', replace: 'replaces the resource' },
  past: { update: '', 'may-replace': 'may have replaced the resource', replace: 'replaced the resource' },
};

const OF_REVISIONS = {
  present: { update: '', 'may-replace': 'may make a new revision', replace: 'makes a new revision' },
  past: { update: '', 'may-replace': 'may have made a new revision', replace: 'made a new revision' },
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

/** What happened in durable functions that were tried, of failed tests first. */
export const executionsOf = (stack: StackReport): readonly ExecutionReport[] =>
  smokeSummary(stack).rows.flatMap(({ function: name, file, execution }) =>
    execution ? [{ ...execution, title: `${name} · ${file}: ${execution.title}` }] : [],
  );

/** Checks after the deployment with their heading, failures first. */
export function verificationSummary({ verification = [] }: StackReport): {
  readonly title: string;
  readonly rows: readonly SmokeTestReport[];
} {
  const rows = [...verification].sort((a, b) => Number(a.passed) - Number(b.passed));
  const passed = rows.filter((each) => each.passed).length;
  const title = `${passed} of ${rows.length} check${rows.length === 1 ? '' : 's'} passed after the deployment`;
  return { title, rows };
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
