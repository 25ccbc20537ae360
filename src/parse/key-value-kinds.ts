import { ProblemError } from '../problem.ts';
import { type DoubtfulValue, oneALine, swallowed } from './doubtful.ts';
import type { KeyValues } from './key-values.ts';
import { type Complaint, type InputKind, quoted } from './kinds.ts';

/** What is never the path of a file. */
const INLINE = /\n|^[[{]|=|:\s/;

/** What looks more like a pair (`A:1`): where there is no such file, it is read as one, which says more. */
const COLON = /^[\w.-]+:[^\s/\\]/;

/**
 * A map of texts, or the path of a file that holds one: a line without `=` and `:` that names an existing file.
 *
 * @param what the input, for messages
 */
export const keyValues = (what: string): InputKind<KeyValues> => ({
  accepts: 'a YAML or JSON map, Key=Value lines, a list as AWS CLI files have it, or the path of such a file',
  mayBeFile: true,
  again: (all) => joined(what, all),
  parse: async (raw, { readText }) => {
    const isInline = INLINE.test(raw);
    const found = isInline ? undefined : await readText(raw);
    if (!isInline && found === undefined && !COLON.test(raw)) return undefined;
    const { parseKeyValues } = await import('./key-values.ts');
    return parseKeyValues(found?.text ?? raw, { what, ...(found && { file: found.file }) });
  },
});

/** As in one text, no name may be given twice. */
function joined(what: string, all: readonly KeyValues[]): KeyValues {
  const names = all.flatMap(({ values, keep }) => [...Object.keys(values), ...keep]);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  if (twice.size > 0)
    throw new ProblemError(
      [...twice].map((name) => ({
        subject: `input ${what}`,
        message: `${name} is given twice`,
        next: 'Give it once.',
      })),
    );
  const doubts = all.flatMap(({ doubtful = [] }) => doubtful);
  return {
    values: Object.fromEntries(all.flatMap(({ values }) => Object.entries(values))),
    keep: all.flatMap(({ keep }) => keep),
    ...(doubts.length > 0 && { doubtful: doubts }),
  };
}

/** Source: AWS CloudFormation API reference, "CreateChangeSet" and "Tag". */
const MAX_TAGS = 50;
const MAX_TAG_KEY = 128;
const MAX_TAG_VALUE = 256;

/** Tags of a stack. */
export const tags: InputKind<KeyValues> = {
  ...keyValues('tags'),
  check: ({ values, keep, doubtful = [] }) => [
    ...doubtful.flatMap((doubt) => furtherTags(doubt, Object.keys(values))),
    ...tagCount(Object.keys(values).length),
    ...Object.entries(values).flatMap(([key, value]) => [...tagKey(key), ...tagValue(key, value)]),
    ...keep.map((key) => ({
      message: `${quoted(key)} has no previous value to keep`,
      next: 'Give its value.',
    })),
  ],
};

/**
 * `team=orders env=prod` on one line. Nothing says which tags there are, and a value may have blanks and equals signs. So
 * a line is refused only if it is nothing but pairs, which is how AWS CLI and SAM CLI write several tags, and if the
 * further keys are given nowhere else. Values stay `note=two words`, `note=see also issue=7` and `query=a=1 b=2`.
 */
function furtherTags(doubt: DoubtfulValue, given: readonly string[]): Complaint[] {
  const names = doubt.onlyPairs ? swallowed(doubt, given) : [];
  if (names.length === 0) return [];
  return [
    {
      message: `the value of ${quoted(doubt.key)} goes on with ${names.map((name) => `${name}=`).join(' and ')}, which are no tags so`,
      next: oneALine(doubt.key, names),
    },
  ];
}

const tagCount = (count: number): Complaint[] =>
  count > MAX_TAGS ? [{ message: `${count} tags are too many`, next: `Give up to ${MAX_TAGS}.` }] : [];

function tagKey(key: string): Complaint[] {
  if (key.length === 0 || key.length > MAX_TAG_KEY)
    return [
      {
        message: `the key ${quoted(key)} has ${key.length} characters`,
        next: `Give one of 1 to ${MAX_TAG_KEY}.`,
      },
    ];
  return /^aws:/i.test(key)
    ? [{ message: `the key ${quoted(key)} starts with aws:, which is for AWS itself`, next: 'Rename it.' }]
    : [];
}

const tagValue = (key: string, value: string): Complaint[] =>
  value.length === 0 || value.length > MAX_TAG_VALUE
    ? [
        {
          message: `the value ${quoted(value)} of ${quoted(key)} has ${value.length} characters`,
          next: `Give one of 1 to ${MAX_TAG_VALUE}.`,
        },
      ]
    : [];
