import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COMMENT_LIMIT, renderMarkdown } from '../../src/report/markdown.ts';
import { markerOf, renderMarker } from '../../src/report/marker.ts';
import type { Report, SmokeTestReport } from '../../src/report/model.ts';
import { growth, LINEAR } from '../support/growth.ts';
import { AUTHOR, queues, report, stackReport } from './sample.ts';

const render = (given: Report, limit = COMMENT_LIMIT): string =>
  renderMarkdown(given, { limit, marker: renderMarker(markerOf(given, AUTHOR)) });
const table = (name: string) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: name } });
const open = { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } };

describe('the comment', () => {
  it('says what matters from the top down', () => {
    const text = render(
      report([stackReport({ T: table('a'), Q: { Type: 'X::Y::Z' } }, { T: table('b'), U: open })]),
    );
    const order = [
      '<!-- sparta-action v1',
      '### 🔍 orders · eu-central-1: 1 replaced, 1 removed, 1 added',
      '> [!CAUTION]',
      '| 🔴 replaced | `T`',
      'Permissions</summary>',
      '- TableName: a\n+ TableName: b',
      '<sub>Compared with the deployed stack.',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('tells which of three bases it was', () => {
    const footer = (base: Parameters<typeof stackReport>[2]) =>
      render(report([stackReport({}, { Q: open }, base)]));
    expect(footer({ base: { kind: 'commit', sha: 'fedcba9876543210' } })).toContain(
      'Compared with the base commit fedcba9.',
    );
    expect(footer({ base: { kind: 'nothing', why: 'there is no stack' } })).toContain(
      'everything is new: there is no stack.',
    );
  });

  it('opens details under ten lines only', () => {
    const text = render(
      report([
        stackReport(
          {},
          {
            Short: { Type: 'X::Y::Z' },
            Long: { Type: 'X::Y::Z', Properties: { List: Array.from({ length: 10 }, String) } },
          },
        ),
      ]),
    );
    expect(text).toContain('<details open><summary>Short');
    expect(text).toContain('<details><summary>Long');
  });

  it('has the cause in place of the plan after a failure, and the plan folded', () => {
    const failure = {
      subject: 'T',
      message: 'CREATE_FAILED: exists already',
      place: { file: 'template.yaml', line: 41 },
      next: 'Remove TableName.',
    };
    const text = render(
      report([stackReport({ T: table('a') }, { T: table('b') }, { state: 'failed', failure })], {
        state: 'failed',
      }),
    );
    expect(text).toContain(
      '### ❌ orders · eu-central-1: failed\n\n> **T: CREATE\\_FAILED: exists already (template.yaml:41). Remove TableName.**',
    );
    expect(text).toMatch(
      /<details><summary>The plan was: 1 replaced<\/summary>[\s\S]*CAUTION[\s\S]*<\/details>/,
    );
    expect(text).not.toContain('```diff');
  });

  it('moves on to deployed, with outputs', () => {
    const text = render(
      report([stackReport({}, { Q: open }, { state: 'deployed', outputs: { Url: 'https://x|y' } })], {
        state: 'deployed',
      }),
    );
    expect(text).toContain('### ✅ orders · eu-central-1: deployed (1 added)');
    expect(text).toContain('| `Url` | <code>https&#58;&#47;&#47;x&#124;y</code> |');
  });

  it('says that nothing changes', () => {
    expect(render(report([stackReport({ Q: open }, { Q: open })]))).toContain(
      'orders · eu-central-1: no changes',
    );
  });

  it('says of smoke tests alone how many passed, once', () => {
    const test = { file: 'a.json', function: 'F', passed: true, durationMs: 1, failures: [] };
    const tested = (smokeTests: SmokeTestReport[]) =>
      render(report([stackReport({}, {}, { state: 'tested', smokeTests })], { state: 'tested' }));
    expect(tested([test])).toMatch(/^### 🧪 orders · eu-central-1: 1 of 1 smoke test passed\n\n\|/m);
    expect(tested([test, { ...test, passed: false }])).toMatch(/^### ❌ .*1 of 2 smoke tests passed\n\n\|/m);
  });

  it('shows smoke tests, failures first', () => {
    const test = { function: 'F', durationMs: 1.4, file: 'a.json', failures: [], passed: true };
    const smokeTests = [test, { ...test, file: 'b.json', passed: false, failures: ['status 500'] }];
    expect(render(report([stackReport({}, {}, { smokeTests })]))).toMatch(
      /\*\*1 of 2 smoke tests passed\*\*[\s\S]*❌ \| `F` \| `b.json`[\s\S]*✅ \| `F` \| `a.json`/,
    );
  });

  it('says in the verdict that smoke tests failed', () => {
    const test = { function: 'F', durationMs: 1, file: 'a.json', failures: [], passed: true };
    const failed = { ...test, passed: false };
    const previewed = (smokeTests: SmokeTestReport[]) => stackReport({}, { Q: open }, { smokeTests });
    expect(render(report([previewed([test])]))).toContain('### 🔍 orders · eu-central-1: 1 added\n');
    expect(render(report([previewed([test, failed])]))).toContain(
      '### 🔍 orders · eu-central-1: 1 added, but 1 of 2 smoke tests failed\n',
    );
    expect(render(report([stackReport({}, {}, { smokeTests: [failed] })]))).toContain(
      ': no changes, but 1 of 1 smoke test failed\n',
    );
    expect(render(report([previewed([failed]), previewed([test, failed])]))).toContain(
      '### 🔍 2 stacks: 2 added, but 2 of 3 smoke tests failed\n',
    );
  });

  it('sums up several stacks', () => {
    const stacks = [
      stackReport({}, { Q: open }),
      stackReport({}, { Q: open }, { stackName: 'api' }),
      stackReport({}, {}, { stackName: 'web' }),
    ];
    const text = render(report(stacks));
    expect(text).toContain('### 🔍 3 stacks: 2 added');
    expect(text).toContain('#### 🔍 web · eu-central-1: no changes');
  });
});

describe('the budget', () => {
  it('drops whole sections from the bottom, with a link', () => {
    const text = render(report([stackReport({}, { ...queues(100, 900), A: open })]));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(Buffer.byteLength(text)).toBeGreaterThan(COMMENT_LIMIT - 2_000);
    expect(text).toContain('in the [job summary](https://github.com/o/r/actions/runs/1)');
    expect(text).toContain('> [!CAUTION]');
    expect(text).toContain('<sub>');
    expect(text.match(/<details/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  it('counts bytes, not characters', () => {
    const text = render(
      report([
        stackReport(
          {},
          Object.fromEntries(
            Object.entries(queues(60, 0)).map(([id]) => [
              id,
              { Type: 'X::Y::Z', Properties: { Text: '語'.repeat(900) } },
            ]),
          ),
        ),
      ]),
    );
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
  });

  it('never drops the verdict or the caution: what has no room is counted', () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`Table${index}${'x'.repeat(200)}`, table('a')]),
    );
    const stacks = Array.from({ length: 20 }, (_, index) =>
      stackReport(many, {}, { stackName: `stack-${index}` }),
    );
    const text = render(report(stacks));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(COMMENT_LIMIT);
    for (const { stackName } of stacks)
      expect(text).toContain(`#### 🔍 ${stackName} · eu-central-1: 60 removed\n\n> [!CAUTION]\n> - `);
    expect(text).toMatch(/> - (and )?\d+ (more )?cautions/);
  });

  it('keeps everything where it fits', () => {
    const text = render(report([stackReport({}, queues(100, 900))]), 1024 * 1024);
    expect(text).not.toContain('job summary');
    expect(text.match(/<details/g)).toHaveLength(100);
  });

  it('takes no more time than it has to with 800 resources', () => {
    const work = (size: number) => render(report([stackReport({}, queues(size, 2_000))]));
    expect(growth(work, 100)).toBeLessThan(LINEAR);
  });
});

describe('hostile text', () => {
  const evil = fc.oneof(
    fc.constantFrom(
      '```\n</details>',
      '````',
      '`',
      '|',
      '\\|',
      'a\\',
      '<script>alert(1)</script>',
      '<!-- sparta-action v1 e30 -->',
      '-->',
      '@everyone',
      '#1',
      'GH-1',
      '::error::x',
      '##[error]x',
      'a\n::set-output name=x::y',
      '[x](javascript:alert(1))',
      '![x](http://x)',
      'https://x.y',
      '\u202egnp',
      '\u001b[31m',
      '\u0000',
      '\ud800',
      '</summary>',
      '&lt;',
      '$`x`$',
      '| a | b |',
      '> [!CAUTION]',
      '__proto__',
      '\u2028',
    ),
    fc.string({ unit: 'binary' }),
    fc.string(),
  );
  const text = fc.array(evil, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
  const resources = fc.dictionary(
    text,
    fc.record({
      Type: fc.oneof(text, fc.constantFrom('AWS::Lambda::Url', 'AWS::IAM::Role')),
      Properties: fc.record({
        AuthType: fc.constantFrom('NONE', 'x'),
        Text: text,
        ManagedPolicyArns: fc.array(text, { maxLength: 2 }),
      }),
    }),
    { maxKeys: 4 },
  );
  const reports = fc
    .record({
      before: resources,
      after: resources,
      text,
      outputs: fc.dictionary(text, text),
      failed: fc.boolean(),
    })
    .map((given) =>
      report(
        [
          stackReport(given.before, given.after, {
            stackName: given.text,
            state: given.failed ? 'failed' : 'deployed',
            outputs: given.outputs,
            base: { kind: 'nothing', why: given.text },
            changedParameters: [given.text],
            failure: given.failed ? { message: given.text, subject: given.text } : undefined,
            smokeTests: [
              {
                file: given.text,
                function: given.text,
                passed: false,
                durationMs: 1,
                failures: [given.text],
              },
            ],
          }),
        ],
        { warnings: [given.text], problems: [{ message: given.text }], runUrl: given.text },
      ),
    );

  it('never leaves its place', () => {
    fc.assert(
      fc.property(reports, (given) => {
        const rendered = render(given);
        expect(rendered.isWellFormed()).toBe(true);
        expect(rendered).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
        expect(rendered).not.toMatch(/^\s*::|##\[/m);
        const [first = '', ...lines] = rendered.split('\n');
        expect(first).toMatch(/^<!-- sparta-action v1 [\w-]+ -->$/);
        expect(lines.join('\n')).not.toContain('\n<!-- ');
        for (const line of outsideOfFences(lines)) checkLine(line);
      }),
      { numRuns: 400 },
    );
  });
});

/** Lines outside of code blocks; every block must end, and every folded part too. */
function outsideOfFences(lines: readonly string[]): string[] {
  let fence: string | undefined;
  let open = 0;
  const outside: string[] = [];
  for (const line of lines) {
    if (fence === undefined) {
      fence = /^(`{3,})diff$/.exec(line)?.[1];
      open += (line.match(/<details/g) ?? []).length - (line.match(/<\/details>/g) ?? []).length;
      outside.push(line);
    } else if (/^ {0,3}`{3,} *$/.test(line) && line.trim().length >= fence.length) fence = undefined;
  }
  expect([fence, open]).toEqual([undefined, 0]);
  return outside;
}

/** The address of the run is linked, and holds nothing that could end the link. */
const OWN_LINK = /(?<!\\)\[(run|job summary)\]\(https?:\/\/[^\s()<>`]*\)/g;
const OWN_TAGS = /<\/?(details|details open|summary|sub|code|br)>/g;

function checkLine(line: string): void {
  if (/^`{3,}/.test(line)) return;
  const prose = line
    .replace(/(?<!\\)`[^`]*`/g, '')
    .replace(OWN_TAGS, '')
    .replace(OWN_LINK, '');
  expect(prose).not.toMatch(/(^|[^\\])[`<]|@\w|(^|[^&])#\d|\bGH-\d|https?:\/\//);
  // Cells are told apart by bars that nothing escapes: rows of our tables have 2 to 5 cells.
  if (line.startsWith('|')) expect((line.match(/(?<!\\)\|/g) ?? []).length).toBeLessThanOrEqual(6);
}
