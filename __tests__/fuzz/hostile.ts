import fc from 'fast-check';
import type { JsonObject } from '../../src/template/types.ts';

/** Cases for each property: few in `npm test`, 10,000 by `npm run test:fuzz`. */
export const RUNS = { numRuns: Number(process.env.FUZZ_RUNS ?? 300) };

/**
 * Milliseconds of processor time, of all threads, within which every case ends: what hangs takes minutes, and how fast the
 * rest is depends on the machine.
 */
const LONGEST = 10_000;

/** Does something, and fails when that takes longer than it may. */
export async function promptly<T>(work: () => T | Promise<T>): Promise<T> {
  const start = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(start);
  if ((user + system) / 1000 > LONGEST) throw new Error(`it took ${(user + system) / 1000} ms`);
  return result;
}

/** What means something to a parser, a terminal, a runner, a browser, Markdown, or to JavaScript. */
const FRAGMENTS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'Resources',
  'Type',
  'Properties',
  'Ref',
  'Fn::Sub',
  'Fn::GetAtt',
  'Fn::Join',
  'Fn::If',
  'Fn::ForEach::Loop',
  'Fn::Transform',
  'AWS::Include',
  'DependsOn',
  'Metadata',
  'aws:asset:path',
  'aws:asset:property',
  '${A}',
  '${!A}',
  '${',
  '{{resolve:ssm-secure:/a:1}}',
  'AWS::Lambda::Function',
  'AWS::Serverless::Function',
  'AWS::IAM::Role',
  'AWS::NoValue',
  '\0',
  '\ud800',
  '\udc00',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u0085',
  '\u2028',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u009b2J',
  '\r',
  '\n::error::forged\n',
  '::set-output name=a::b',
  '##[add-mask]x',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  '</details>',
  '<!-- sparta-action v1 e30 -->',
  '-->',
  '```',
  '~~~~',
  '`',
  '|',
  '[a](javascript:alert(1))',
  '![a](http://x/y.png)',
  '@everyone',
  'fixes #1',
  '&lt;',
  '\\',
  '---',
  '&a',
  '*a',
  '<<: *a',
  '!Ref A',
  '!!js/function x',
  '!Sub "${B}"',
  '? ',
  '- ',
  ': ',
  '# ',
  '|+2',
  '>-',
  '%YAML 9.9',
  '[',
  ']',
  '{',
  '}',
  '"',
  "'",
  ',',
  '\t',
  '\n  ',
  '1e999',
  '-0',
  '0x',
  '1.10',
  '0123',
  '2020-01-01',
  'null',
  'true',
  'yes',
] as const;

const fragment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...FRAGMENTS), fc.integer({ min: 2, max: 4000 }))
      .map(([text, times]) => text.repeat(times)),
  },
);

/** Text made of fragments that mean something to somebody. */
export const hostileText = fc.array(fragment, { maxLength: 12 }).map((parts) => parts.join(''));

const shortText = fc.oneof(fc.constantFrom(...FRAGMENTS), fc.string({ maxLength: 8 }));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    shortText,
    fc.constantFrom(null, true, false, 0, -0, 1.5, 1e21),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(shortText, tie('value')), { maxLength: 4 }).map(asObject),
  ),
}));

/** Any JSON, with keys that mean something; `__proto__` is a key like others. */
export const hostileJson = value;

function asObject(entries: readonly (readonly [string, unknown])[]): object {
  return JSON.parse(
    `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${JSON.stringify(item)}`).join()}}`,
  );
}

const resource = fc
  .tuple(
    fc.constantFrom(
      'AWS::Lambda::Function',
      'AWS::IAM::Role',
      'AWS::SQS::Queue',
      'AWS::Serverless::Function',
    ),
    fc.array(
      fc.tuple(
        fc.oneof(fc.constantFrom('Properties', 'Metadata', 'DependsOn', 'Condition', 'Type'), shortText),
        hostileJson,
      ),
      { maxLength: 4 },
    ),
  )
  .map(([type, rest]) => ({ Type: type, ...asObject(rest) }));

/** Something like a template, with anything where something is expected. */
export const hostileTemplate: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.array(fc.tuple(fc.oneof(fc.constantFrom('A', 'B'), shortText), fc.oneof(resource, hostileJson)), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.array(
      fc.tuple(
        fc.constantFrom(
          'Parameters',
          'Outputs',
          'Conditions',
          'Mappings',
          'Rules',
          'Transform',
          'Globals',
          'Metadata',
        ),
        hostileJson,
      ),
      { maxLength: 3 },
    ),
  )
  .map(([resources, rest]) => ({ ...asObject(rest), Resources: asObject(resources) }) as JsonObject);
