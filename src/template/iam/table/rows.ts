import { isIntrinsic } from '../../intrinsics.ts';
import { isObject, isYes, type Json } from '../../types.ts';
import { itemsOf } from '../../values/branches.ts';
import { textOf } from '../../values/equivalence.ts';
import { resolvedValue } from '../../values/resolved.ts';
import { isAnywhere } from './addresses.ts';
import { tlsRank } from './tls.ts';

/**
 * A row of the tables of what opens and what protects: `Type Path=test?absent if Path=test?absent of Path`.
 *
 * Steps of a path are names below `Properties`, `*` for each element of a list, `[name]` for the element or entry of
 * that name or index, `{}` for each entry of a map, and `@json` for what a text says as JSON; `.` is the resource itself.
 */
export interface DoorRow extends Test {
  readonly type: string;
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
  /** The property that names what a resource protects. */
  readonly subject: readonly string[] | undefined;
  /** What is opened or lost, in words; names in braces are properties beside the value. */
  readonly what: string;
  /** Whom it is opened to; of what protects, the greater loss that it is a part of. */
  readonly whom: string;
}

/**
 * `a|b`: one of these texts. `a<b|c`: texts in the order of their strength. `*`: anything. `#`: a number. `@count`: the
 * length of a list. `@anywhere`: a range of addresses with all of them. `@key`: a KMS key, better one's own. `@tls`: a
 * version of TLS or a policy that is named after one.
 */
interface Test {
  readonly test: string;
  /** What holds where the property is left out. */
  readonly absent: string | undefined;
}

/** What has to hold beside, or the name of a check in exposure.ts. */
export type Condition =
  | (Test & { readonly path: readonly string[]; readonly met: boolean })
  | { readonly named: string };

/** Rows by resource type. */
export interface Table {
  of(type: string): readonly DoorRow[];
  all(): readonly DoorRow[];
}

/** A table in its written form; only rows of types that are asked for are parsed. */
export function tableOf(text: string): Table {
  const parsed = new Map<string, readonly DoorRow[]>();
  return {
    of: (type) => {
      const known = parsed.get(type) ?? [...lines(text, `\n${type} `)].map((at) => rowAt(text, at));
      parsed.set(type, known);
      return known;
    },
    all: () => [...lines(text, '\nAWS::')].map((at) => rowAt(text, at)),
  };
}

/** The lines of a table that begin with a resource type. */
export interface LineTable {
  of(type: string): readonly string[];
  types(): readonly string[];
}

/** A table in its written form. Most types are never asked for: lines are looked for, not read beforehand. */
export const tableLines = (text: string): LineTable => ({
  of: (type) => [...lines(text, `\n${type} `)].map((at) => lineAt(text, at)),
  types: () => [...lines(text, '\nAWS::')].map((at) => text.slice(at, text.indexOf(' ', at))),
});

/** Where lines begin that begin with a text, which has the line break before it. */
function* lines(text: string, begin: string): Generator<number> {
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) yield at + 1;
}

const lineAt = (text: string, at: number): string => text.slice(at, text.indexOf('\n', at));

function rowAt(text: string, at: number): DoorRow {
  const heading = lineAt(text, text.lastIndexOf('\n# ', at) + '\n# '.length);
  const [what = '', whom = '*'] = heading.split(' | ');
  return parseRow(lineAt(text, at), what, whom);
}

function parseRow(line: string, what: string, whom: string): DoorRow {
  const [head = '', subject] = line.split(' of ');
  const [row = '', ...conditions] = head.split(' if ');
  const at = row.indexOf(' ');
  const { path, test, absent } = parseTest(row.slice(at + 1));
  return {
    type: row.slice(0, at),
    path,
    test,
    absent,
    conditions: conditions.map((each) => (each.startsWith('@') ? { named: each } : parseTest(each))),
    subject: subject === undefined ? undefined : steps(subject),
    what,
    whom,
  };
}

function parseTest(text: string) {
  const { path = '', not, test = '*', absent } = TEST.exec(text)?.groups ?? {};
  return { path: steps(path), met: not === undefined, test, absent };
}

const TEST = /^(?<path>(?:\[[^\]]*\]|[^=![])*)(?<not>!)?(?:=(?<test>[^?]*)(?:\?(?<absent>.*))?)?$/;

/** `LoadBalancerAttributes.[waf.fail_open.enabled].Value` in steps; none for the resource itself. */
export const steps = (path: string): string[] => path.match(/\[[^\]]*\]|[^.[\]]+/g) ?? [];

/**
 * How much of what a row asks for a value is: 0 is nothing of it, more is more.
 *
 * @returns `undefined` where only CloudFormation can tell
 */
export function rank(value: Json | undefined, { test, absent }: Test): number | undefined {
  const given = value === undefined ? absent : (resolvedValue(value) ?? value);
  const kind = KINDS[test];
  if (kind) return kind(given);
  if (given === undefined) return test.includes('<') ? -1 : 0;
  const texts = textsOf(given);
  if (!texts) return undefined;
  if (!test.includes('<')) return texts.some((text) => isOne(text, test)) ? 1 : 0;
  const at = test.split('<').findIndex((level) => texts.some((text) => isOne(text, level)));
  return at < 0 ? undefined : at;
}

/** `undefined` for what is not known, and for maps. */
function textsOf(value: Json): string[] | undefined {
  const items = itemsOf(value).map((each) => resolvedValue(each) ?? each);
  return items.some((each) => isObject(each) && textOf(each).startsWith('{')) ? undefined : items.map(textOf);
}

const isOne = (text: string, alternatives: string): boolean =>
  alternatives.split('|').some((each) => {
    if (each === 'true') return isYes(text);
    if (each === 'false') return /^(false|no|off|n)$/i.test(text);
    return each.toLowerCase() === text.toLowerCase();
  });

type Kind = (value: Json | undefined) => number | undefined;

const KINDS: Readonly<Record<string, Kind | undefined>> = {
  '*': (value) => (isSet(value) ? 1 : 0),
  '#': (value) => {
    const text = value === undefined ? '' : textOf(value);
    return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  },
  '@count': (value) => (isUnknown(value) ? undefined : itemsOf(value).length),
  '@anywhere': (value) => (itemsOf(value).some((each) => isAnywhere(textOf(each))) ? 1 : 0),
  '@key': (value) => (isSet(value) ? (/(^|[/"])alias\/aws\//.test(textOf(value)) ? 1 : 2) : 0),
  '@tls': (value) => (isUnknown(value) ? undefined : tlsRank(textOf(value))),
};

const isSet = (value: Json | undefined): boolean =>
  value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
const isUnknown = (value: Json | undefined): boolean => isObject(value) && isIntrinsic(value);
