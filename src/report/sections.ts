import type { IamChange } from '../template/iam.ts';
import type { EntryDiff, ResourceDiff, ValueChange } from '../template/diff.ts';
import type { Json } from '../template/types.ts';
import type { DiffBase, StackReport } from './model.ts';
import { ACTIONS, type Action, actionOf, codeChanges } from './verdict.ts';

/** A row of the table of changes. */
export interface Row {
  readonly action: Action;
  readonly logicalId: string;
  readonly type: string;
  readonly why: string;
}

/** Changed resources, the worst first. */
export function changeRows({ diff }: StackReport): Row[] {
  return diff.resources
    .map((resource) => ({ action: actionOf(resource), logicalId: resource.logicalId, type: resource.type, why: why(resource) }))
    .sort((a, b) => ACTIONS.indexOf(a.action) - ACTIONS.indexOf(b.action));
}

const PATHS_SHOWN = 4;

function why(resource: ResourceDiff): string {
  if (resource.kind === 'added') return '';
  if (resource.kind === 'removed') return resource.kept === 'nothing' ? '' : resource.kept === 'snapshot' ? 'a snapshot is kept' : 'stays in the account (DeletionPolicy)';
  const paths = [...(resource.code ? ['code'] : []), ...resource.changes.map(({ path }) => path.replace(/^Properties\./, ''))];
  const shown = paths.slice(0, PATHS_SHOWN).join(', ');
  return paths.length > PATHS_SHOWN ? `${shown} and ${paths.length - PATHS_SHOWN} more` : shown;
}

/** New code of a function. */
export interface FunctionRow {
  readonly logicalId: string;
  readonly before: string;
  readonly after: string;
  readonly size: number | undefined;
}

export function functionRows({ diff, codeSizes }: StackReport): FunctionRow[] {
  return codeChanges(diff).map(({ logicalId, code }) => ({
    logicalId,
    before: short(code.before),
    after: short(code.after),
    size: codeSizes[logicalId],
  }));
}

/** Twelve digits of a hash are enough to tell two apart. */
const short = (name: string): string => name.replace(/^([0-9a-f]{12})[0-9a-f]{52}/, '$1');

/** `12.3 MB` */
export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  if (size < 1_000_000) return `${(size / 1000).toFixed(1)} kB`;
  return `${(size / 1_000_000).toFixed(1)} MB`;
}

/** The lines of a ```diff block. */
export function resourceLines(resource: ResourceDiff): string[] {
  if (resource.kind === 'removed') return [`- ${resource.logicalId} (${resource.type})`];
  if (resource.kind === 'added') return [`+ ${resource.logicalId} (${resource.type})`, ...valueLines('+', resource.properties, '    ')];
  return [
    ...(resource.code ? [`- code: ${short(resource.code.before)}`, `+ code: ${short(resource.code.after)}`] : []),
    ...resource.changes.flatMap(changeLines),
  ];
}

function changeLines({ path, before, after, impact }: ValueChange): string[] {
  const note = impact === 'replace' ? '  (replaces)' : impact === 'may-replace' ? '  (may replace)' : '';
  return [`  ${path.replace(/^Properties\./, '')}:${note}`, ...valueLines('-', before, '    '), ...valueLines('+', after, '    ')];
}

function valueLines(sign: '+' | '-', value: Json | undefined, indent: string): string[] {
  if (value === undefined) return [];
  const text = typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
  return text.split('\n').map((line) => `${sign}${indent.slice(1)}${line}`);
}

/** The lines of an output, parameter or other entry. */
export function entryLines({ section, name, before, after }: EntryDiff): string[] {
  return [`  ${[section, name].filter((part) => part !== '').join('.')}:`, ...valueLines('-', before, '    '), ...valueLines('+', after, '    ')];
}

/** `Allow s3:GetObject on arn:... to Service: lambda.amazonaws.com` */
export function permissionText({ effect, action, resource, principal, condition }: IamChange): string {
  return [
    `${effect} ${action}`,
    ...(resource ? [`on ${resource}`] : []),
    ...(principal ? [`to ${principal}`] : []),
    ...(condition ? [`if ${condition}`] : []),
  ].join(' ');
}

/** Which of the three it was. */
export function baseText(base: DiffBase): string {
  if (base.kind === 'deployed') return 'Compared with the deployed stack.';
  if (base.kind === 'commit') return `Compared with the base commit ${base.sha.slice(0, 7)}.`;
  return `Compared with nothing, so everything is new: ${base.why}.`;
}
