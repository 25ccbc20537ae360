import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readYaml } from '../../src/template/read/yaml/document.ts';
import { yamlTree } from '../../src/template/read/yaml/tree.ts';
import { Values } from '../../src/template/read/yaml/values.ts';
import {
  hasTextKeys,
  type PyAnswer,
  type PyYaml,
  startPyYaml,
  difference as treeDifference,
} from '../support/pyyaml.ts';
import { RUNS } from './hostile.ts';

let python: PyYaml;
beforeAll(async () => {
  python = await startPyYaml();
});
afterAll(() => python.stop());

/** What means something to YAML, and what stands around it. */
const PIECES = [
  ...['a', 'key', 'x y', '1', 'a:b', '-a', '?a', ':a', '~', 'null', '=', 'é', '😀', '@', '`', '%', '\\'],
  ...['- ', '-', '? ', ': ', ':', '# c', ' # c', '#', ',', ', ', '[', ']', '{', '}'],
  ...['"', "'", '"q"', "'s'", "''", '\\n', '\\\n', '"a\n  b"', "'a\n\n b'"],
  ...['&a ', '*a', '*a ', '!Ref ', '!Sub ', '!!str ', '! ', '!', '<<: ', '<<'],
  ...['|', '|\n', '>\n', '|-\n', '>+\n', '|2\n', '---', '\n---\n', '\n...\n', '%YAML 1.1\n'],
  ...['a: ', 'b: ', 'c:\n', 'k: v\n', '  k: v\n', '- i\n', '  - i\n'],
  ...[
    '\n',
    '\n',
    '\n',
    '\n  ',
    '\n    ',
    '\n ',
    ' ',
    '  ',
    '  \n',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    '\u2028',
    '\u0085',
  ],
] as const;

const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((all) => all.join(''));

/** Real templates in which something is left out, put in, or moved to another column. */
const templates = [
  'examples/sam-orders/template.yaml',
  'examples/yaml-only/sparta.config.yml',
  '.github/workflows/ci.yml',
  'action.yml',
].map((file) => readFileSync(resolve(import.meta.dirname, '../..', file), 'utf8'));
const changed = fc
  .tuple(
    fc.constantFrom(...templates),
    fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('cut', 'put', 'indent', 'outdent'), fc.constantFrom(...PIECES)),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, changes]) => changes.reduce((whole, change) => withChange(whole, ...change), text));

function withChange(text: string, where: number, kind: string, piece: string): string {
  const at = where % (text.length + 1);
  const line = text.indexOf('\n', at) + 1;
  if (kind === 'cut') return text.slice(0, at) + text.slice(at + 1 + (where % 3));
  if (kind === 'put') return text.slice(0, at) + piece + text.slice(at);
  if (kind === 'indent') return `${text.slice(0, line)}${' '.repeat(1 + (where % 3))}${text.slice(line)}`;
  return text.slice(0, line) + text.slice(line).replace(/^ {1,2}/, '');
}

/**
 * How what is read differs from what PyYAML reads, in words. Where its two loaders do not agree, either may be right: that
 * in C takes tabs between words, that in Python no question marks in brackets.
 */
async function difference(text: string): Promise<string> {
  const tree = yamlTree(text);
  const { faults } = readYaml(text, new Values('template'));
  const answers = await python.ask(text);
  if (answers.some(isOurs) || /!\S*%/.test(text)) return '';
  const read = answers.flatMap((each) => ('tree' in each ? [each.tree] : []));
  const [fault] = faults;
  if (fault) return read.length === answers.length ? `refused: ${fault.message}` : '';
  // Without an argument, a short form may end a list; tabs may divide words.
  const isFine =
    /![\w-]*[,\]}]/.test(text) || answers.some((each) => 'refused' in each && /'\\t'/.test(each.refused));
  if (read.length === 0 && isFine) return '';
  if (read.length === 0) return `taken, and refused by PyYAML: ${JSON.stringify(answers[0])}`;
  const differences = read.map((theirs) => tree && treeDifference(tree, theirs, text));
  return differences.includes(undefined) ? '' : `read otherwise: ${differences[0]}`;
}

/** Aliases of what they are part of, and keys that are no texts, we refuse; of several anchors, each counts until the next. */
const isOurs = (answer: PyAnswer): boolean =>
  'endless' in answer ||
  ('refused' in answer && /(second|first) occurrence/.test(answer.refused)) ||
  ('tree' in answer && !hasTextKeys(answer.tree));

it('any text is read as PyYAML reads it, or refused with it', () =>
  fc.assert(
    fc.asyncProperty(pieces, async (text) => expect(await difference(text)).toBe('')),
    { ...RUNS, numRuns: RUNS.numRuns * 5 },
  ));

it('any change of a real text has the same effect as with PyYAML', () =>
  fc.assert(
    fc.asyncProperty(changed, async (text) => expect(await difference(text)).toBe('')),
    RUNS,
  ));
