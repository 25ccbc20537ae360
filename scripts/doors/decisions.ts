import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXPOSURE_TABLES } from '../../src/template/iam/exposure.ts';
import { grantRows } from '../../src/template/iam/grants.ts';
import { OPENAPI_DOCUMENTS } from '../../src/template/iam/openapi.ts';
import { PROTECTION_TABLE } from '../../src/template/iam/protection.ts';
import { policyRows } from '../../src/template/iam/statements.ts';
import { type Candidate, candidates } from './candidates.ts';
import type { Properties, Schemas } from './schemas.ts';

/** Candidates that are left out, with the reason: a heading, then one line a type with its paths. */
export const LEFT_OUT = resolve(import.meta.dirname, 'left-out.txt');

/** A type and a path of the tables or of what is left out. */
interface Decided {
  readonly type: string;
  /** As schemas have it; `.` is the resource itself. */
  readonly path: string;
}

/** What is not as it should be; all empty when everything is decided. */
export interface Findings {
  /** Candidates that no row has and no reason leaves out. */
  readonly undecided: readonly Candidate[];
  /** Rows and reasons of what the schemas do not know. */
  readonly unknown: readonly Decided[];
  /** Reasons of what a row has. */
  readonly both: readonly Decided[];
}

/** Steps of the tables in the way that schemas have them: `[name]` is an element of a list, or an entry of a map. */
const asPath = (steps: readonly string[], properties: Properties | undefined): string => {
  let path = '';
  for (const step of steps) {
    if (step === '@json') break;
    const next = step.startsWith('[') ? (properties?.has(`${path}.*`) ? '*' : undefined) : step;
    if (next === undefined) break;
    path = path === '' ? next : `${path}.${next}`;
  }
  return path === '' ? '.' : path;
};

/** Everything that the tables have. */
export function rows({ types }: Schemas): Decided[] {
  const all = [
    ...[EXPOSURE_TABLES.public, EXPOSURE_TABLES.powerful, PROTECTION_TABLE].flatMap((table) => table.all()),
    ...[...policyRows()].flatMap(([type, list]) => list.map(({ path }) => ({ type, path }))),
    ...[...grantRows()].flatMap(([type, list]) => [
      ...list.map(({ to }) => ({ type, path: to })),
      ...list.flatMap(({ action }) => (typeof action === 'string' ? [] : [{ type, path: action }])),
      ...list.flatMap(({ limits }) => limits.map((name) => ({ type, path: [name] }))),
    ]),
    ...Object.entries(OPENAPI_DOCUMENTS).map(([type, name]) => ({ type, path: [name] })),
    ...['Role', 'User', 'Group'].map((kind) => ({ type: `AWS::IAM::${kind}`, path: ['ManagedPolicyArns'] })),
    ...['Role', 'User'].map((kind) => ({ type: `AWS::IAM::${kind}`, path: ['PermissionsBoundary'] })),
    ...['Function', 'StateMachine'].map((kind) => ({
      type: `AWS::Serverless::${kind}`,
      path: ['PermissionsBoundary'],
    })),
    ...['Api', 'HttpApi'].map((kind) => ({ type: `AWS::Serverless::${kind}`, path: ['Auth'] })),
    ...['Function', 'StateMachine'].map((kind) => ({
      type: `AWS::Serverless::${kind}`,
      path: ['Events', '{}', 'Properties', 'Auth'],
    })),
    { type: 'AWS::SSO::PermissionSet', path: ['ManagedPolicies'] },
    { type: 'AWS::SSO::PermissionSet', path: ['CustomerManagedPolicyReferences'] },
    { type: 'AWS::SSO::PermissionSet', path: ['PermissionsBoundary'] },
  ];
  return all.map(({ type, path }) => ({ type, path: asPath(path, types.get(type)) }));
}

/** What is left out on purpose. */
export const leftOut = (): Decided[] =>
  readFileSync(LEFT_OUT, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [type = '', ...paths] = line.startsWith('#') ? [] : line.split(' ');
      return paths.map((path) => ({ type, path }));
    });

/** AWS has announced these; its schemas do not have them yet. */
const NOT_YET: readonly string[] = ['AWS::Lambda::WebFunction AuthType'];

/** Compares the candidates in schemas with what is decided. */
export function review(schemas: Schemas): Findings {
  const [inTables, left] = [rows(schemas), leftOut()];
  const name = ({ type, path }: Decided): string => `${type} ${path}`;
  const tables = Map.groupBy(inTables, ({ type }) => type);
  const reasons = new Set(left.map(name));
  const isCovered = ({ type, path }: Decided): boolean =>
    (tables.get(type) ?? []).some(
      (row) => row.path === path || isWithin(path, row.path) || isWithin(row.path, path),
    );
  return {
    undecided: candidates(schemas).filter((each) => !isCovered(each) && !reasons.has(name(each))),
    unknown: [...inTables, ...left].filter(
      (each) => !NOT_YET.includes(name(each)) && !isKnown(each, schemas.types.get(each.type)),
    ),
    both: left.filter(isCovered),
  };
}

const isKnown = ({ path }: Decided, properties: Properties | undefined): boolean =>
  properties !== undefined &&
  (path === '.' || properties.has(path) || isAnyOf(path, properties) || isUntyped(path, properties));

/** Whether a step for each entry of a map stands for each property of one that the schemas know by name. */
const isAnyOf = (path: string, properties: Properties): boolean => {
  const pattern = new RegExp(`^${path.replaceAll(/[.*]/g, '\\$&').replaceAll('{}', '\\w+')}$`);
  return path.includes('{}') && [...properties.keys()].some((each) => pattern.test(each));
};

/** Below a map of which the schemas say nothing more. */
function isUntyped(path: string, properties: Properties): boolean {
  const steps = path.split('.');
  return steps.some((_, index) => {
    const parent = steps.slice(0, index).join('.');
    const isLeaf = properties.has(parent) && ![...properties.keys()].some((each) => isWithin(each, parent));
    return (
      isLeaf &&
      [...(properties.get(parent)?.types ?? [])].every((type) => type === 'object' || type === 'string')
    );
  });
}

/** A row on a part decides on the whole, and one on the whole on each part. */
const isWithin = (inner: string, outer: string): boolean => outer !== '.' && inner.startsWith(`${outer}.`);
