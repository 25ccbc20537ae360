import { describe, expect, it } from '@jest/globals';
import type { Caution } from '../../../src/report/cautions.ts';
import { EXPOSURE_TABLES } from '../../../src/template/iam/exposure.ts';
import { grantRows } from '../../../src/template/iam/grants.ts';
import { PROTECTION_TABLE } from '../../../src/template/iam/protection.ts';
import { policyRows } from '../../../src/template/iam/statements.ts';
import type { DoorRow } from '../../../src/template/iam/table/rows.ts';
import type { Json, Template } from '../../../src/template/types.ts';
import { cautionsOf, propertiesWith, sampleOf, templateOf } from './doors.ts';

const nameOf = ({ type, path, test, what }: DoorRow): string => `${type} ${path.join('.')}=${test} (${what})`;
/** As cautions name a property: without indexes. */
const shownPath = (path: readonly string[]): RegExp =>
  new RegExp(
    path
      .filter((step) => !/^(@json|\[\d+\])$/.test(step))
      .map((step) => (step === '*' || step === '{}' ? '(\\[\\w+\\])?' : step.replaceAll(/[[\].]/g, '\\$&')))
      .join('\\.?'),
  );

const none: Template = { Resources: {} };
const either = (one: Json | undefined, other: Json | undefined): Json => ({
  'Fn::If': ['Undecided', one ?? { Ref: 'AWS::NoValue' }, other ?? { Ref: 'AWS::NoValue' }],
});
/** Only CloudFormation knows what is exported. */
const undecided = { Undecided: { 'Fn::Equals': [{ 'Fn::ImportValue': 'x' }, 'y'] } };

/** What a row has to say of a resource that is closed, then open, whatever the words for it are. */
function expectRow(row: DoorRow, kind: string, isOfNew: boolean): void {
  const { yes, no } = sampleOf(row);
  const [open, closed] = kind === 'protection' ? [no, yes] : [yes, no];
  const of = (value: Json | undefined, more = {}): Template =>
    templateOf(row.type, { ...propertiesWith(row, value), ...more });
  const told = (before: Template, after: Template) =>
    cautionsOf(before, after).filter((each) => isOf(each, row, kind));

  const opened = told(of(closed), of(open));
  expect(opened.map(({ logicalId }) => logicalId)).toEqual(['Door']);
  expect(told(none, of(open)).filter((each) => each.kind === kind)).toHaveLength(isOfNew ? 1 : 0);
  expect(told(of(open), of(closed))).toEqual([]);
  expect(told(of(open), of(open, { Unrelated: 'other' }))).toEqual([]);
  expect(told(of(closed), of(closed, { Unrelated: 'other' }))).toEqual([]);
  expect(told(of(open), none)).toEqual([]);

  // Whichever way a condition goes that is not decided here.
  const maybe = { ...of(either(open, closed)), Conditions: undecided };
  expect(told({ ...of(closed), Conditions: undecided }, maybe)).toHaveLength(1);
  expect(told(maybe, { ...of(either(open, closed), { Unrelated: 'other' }), Conditions: undecided })).toEqual(
    [],
  );
}

/** A caution because of a row; what opens is not told again as what protects no longer. */
function isOf(each: Caution, { type, path, ...row }: DoorRow, kind: string): boolean {
  const isDouble =
    kind === 'protection' &&
    EXPOSURE_TABLES.public.of(type).some((other) => other.path.join() === path.join());
  const isKind = each.kind === kind || (isDouble && each.kind === 'public');
  const says = isDouble && each.kind === 'public' ? '' : words({ type, path, ...row });
  return isKind && each.message.includes(says) && shownPath(path).test(each.message);
}

/** The beginning of what is opened or lost, up to what stands in the template. */
const words = ({ what }: DoorRow): string => what.replace(/\s*\{.*$/s, '');

/** Scalars only: a parameter has no lists of maps. */
function expectByParameter(row: DoorRow, kind: string): void {
  const { yes, no } = sampleOf(row);
  if (typeof yes === 'object' || typeof no === 'object' || row.path.includes('@json')) return;
  const template: Template = {
    ...templateOf(row.type, propertiesWith(row, { Ref: 'Value' })),
    Parameters: { Value: { Type: 'String', Default: String(no ?? '') } },
  };
  const values = { before: { Value: String(no ?? '') }, after: { Value: String(yes) } };
  const [opens, closes] =
    kind === 'protection'
      ? [{ before: values.after, after: values.before }, values]
      : [values, { before: values.after, after: values.before }];
  const told = (given: typeof opens) =>
    cautionsOf(template, template, given).filter((each) => isOf(each, row, kind));
  expect(told(opens)).toHaveLength(1);
  expect(told(closes)).toEqual([]);
}

describe.each([
  ['opens', 'public', EXPOSURE_TABLES.public],
  ['gives power', 'permission', EXPOSURE_TABLES.powerful],
] as const)('what %s', (_name, kind, table) => {
  const rows = table.all();
  const [whole, byProperty] = [
    rows.filter(({ path }) => path.length === 0),
    rows.filter(({ path }) => path.length > 0),
  ];
  it.each(byProperty.map((row) => [nameOf(row), row] as const))('%s', (_row, row) => {
    expectRow(row, kind, true);
    expectByParameter(row, kind);
    if (row.absent !== undefined) {
      const left = templateOf(row.type, propertiesWith(row, undefined));
      expect(cautionsOf(none, left).filter((each) => isOf(each, row, kind))).toHaveLength(1);
    }
  });
  if (whole.length > 0)
    it.each(whole.map((row) => [nameOf(row), row] as const))('%s', (_row, row) => {
      const [of, same] = [templateOf(row.type, { A: 1 }), templateOf(row.type, { A: 2 })];
      expect(cautionsOf(none, of)).toMatchObject([{ kind, logicalId: 'Door' }]);
      expect(cautionsOf(of, same)).toEqual([]);
      expect(cautionsOf(of, none)).toEqual([]);
    });
});

describe('what protects', () => {
  const rows = PROTECTION_TABLE.all();
  it.each(rows.filter(({ path }) => path.length > 0).map((row) => [nameOf(row), row] as const))(
    '%s',
    (_row, row) => {
      expectRow(row, 'protection', false);
      expectByParameter(row, 'protection');
      if (row.absent !== undefined) {
        // Leaving out what holds anyway loses nothing.
        const of = (value: Json | undefined) => templateOf(row.type, propertiesWith(row, value));
        const told = cautionsOf(of(row.absent), of(undefined)).filter((each) =>
          isOf(each, row, 'protection'),
        );
        expect(told).toEqual([]);
      }
    },
  );

  it.each(rows.filter(({ path }) => path.length === 0).map((row) => [nameOf(row), row] as const))(
    'as a whole: %s',
    (_row, row) => {
      const kept = { Kept: { Type: 'AWS::EC2::VPC', Properties: {} } };
      const conditions = propertiesWith(row, undefined);
      const properties =
        row.subject === undefined ? conditions : { ...conditions, [row.subject[0] ?? '']: { Ref: 'Kept' } };
      const of = (id: string) => ({ [id]: { Type: row.type, Properties: properties } });
      const told = (after: Template) =>
        cautionsOf({ Resources: { ...of('Door'), ...kept } }, after).filter(
          ({ kind }) => kind === 'protection',
        );
      const lost = told({ Resources: kept });
      expect(lost.map(({ logicalId }) => logicalId)).toEqual([row.subject === undefined ? 'Door' : 'Kept']);
      expect(lost[0]?.message).toContain(row.what);
      // Something else protects the same, or there is nothing left to protect.
      expect(told({ Resources: { ...of('Another'), ...kept } })).toEqual([]);
      if (row.subject !== undefined) expect(told(none)).toEqual([]);
      const retained = { ...of('Door').Door, DeletionPolicy: 'Retain' };
      expect(cautionsOf({ Resources: { Door: retained as Json, ...kept } }, { Resources: kept })).toEqual([]);
    },
  );
});

describe('policy documents', () => {
  const rows = [...policyRows()].flatMap(([type, paths]) =>
    paths.map(({ path, isLimit }) => [`${type} ${path.join('.')}`, { type, path, isLimit }] as const),
  );
  const document = (Principal: Json, Condition?: Json): Json => ({
    Statement: [
      {
        Effect: 'Allow',
        Principal,
        Action: 'a:B',
        Resource: 'x',
        ...(Condition !== undefined && { Condition }),
      },
    ],
  });
  const one = document({ AWS: '123456789012' });
  const everybody = document('*');
  const organisation = document('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } });
  it.each(rows)('%s', (_name, { type, path, isLimit }) => {
    const of = (value: Json, Unrelated = 'same') =>
      templateOf(type, { ...propertiesWith({ path, conditions: [] }, value), Unrelated });
    const told = (before: Template, after: Template) =>
      cautionsOf(before, after)
        .filter(({ kind, message }) => kind === 'public' && message.includes('a:B'))
        .map(({ message }) => message);
    const opened = isLimit ? [] : [expect.stringContaining('is open to everybody: a:B on x (')];
    expect(told(of(one), of(everybody))).toEqual(opened);
    expect(told(none, of(everybody))).toEqual(opened);
    // Some services take the document as text.
    expect(told(none, of(JSON.stringify(everybody)))).toEqual(opened);
    expect(told(of(everybody), of(one))).toEqual([]);
    expect(told(of(everybody), of(everybody, 'other'))).toEqual([]);
    expect(told(none, of(organisation))).toEqual([]);
    expect(told(of(organisation), of(everybody))).toEqual(opened);
    expect(
      cautionsOf(
        { ...of(one), Conditions: undecided },
        { ...of(either(one, everybody)), Conditions: undecided },
      )
        .filter(({ kind, message }) => kind === 'public' && message.includes('a:B'))
        .map(({ message }) => message),
    ).toEqual(opened);
  });
});

describe('grants', () => {
  const rows = [...grantRows()].flatMap(([type, list]) =>
    list.map((row) => [`${type} ${row.to.join('.')}`, { ...row, type }] as const),
  );
  it.each(rows)('%s', (_name, { type, to, limits }) => {
    const of = (value: Json, more = {}) =>
      templateOf(type, { ...propertiesWith({ path: to, conditions: [] }, value), ...more });
    const told = (before: Template, after: Template) =>
      cautionsOf(before, after).filter(({ kind }) => kind === 'public');
    expect(told(of('123456789012'), of('*'))).toMatchObject([{ logicalId: 'Door' }]);
    expect(told(none, of('*'))).toHaveLength(1);
    expect(told(of('*'), of('123456789012'))).toEqual([]);
    expect(told(none, of('123456789012'))).toEqual([]);
    for (const limit of limits) {
      expect(told(none, of('*', { [limit]: 'something' }))).toEqual([]);
      expect(told(of('*', { [limit]: 'something' }), of('*'))).toHaveLength(1);
    }
  });
});
