import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** As Chrome's DevTools Protocol has it (`Profiler.ScriptCoverage`); the first range is the whole function. */
interface ScriptCoverage {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly {
      readonly startOffset: number;
      readonly endOffset: number;
      readonly count: number;
    }[];
  }[];
}

const CALLED = 3;
/** The action, too, has something to say of how a run ends; this comes after it. */
const END_WITH_CALL = `import net from 'node:net';
  net.Socket.prototype.connect = () => {
    process.once('exit', () => { process.exitCode = ${CALLED}; });
    process.exit();
  };`;

/**
 * Puts the functions that run before the first call to AWS into brackets, in which V8 compiles them with their file;
 * others it reads twice, once to skip them and again when they are called. Which ones run, a run tells.
 *
 * Source: https://v8.dev/blog/preparser, "PIFEs"
 *
 * @throws Error when the run makes no call
 */
export function bracketFirstCall(dist: string): void {
  for (const { url, functions } of coverageOf(join(dist, 'index.js'))) {
    if (!url.startsWith('file:')) continue;
    const file = fileURLToPath(url);
    const text = readFileSync(file, 'utf8');
    const starts = new Map<number, number>();
    const ends = new Map<number, number>();
    for (const { ranges } of functions) {
      const [whole] = ranges;
      if (!whole || whole.count === 0 || !isExpression(text, whole.startOffset, whole.endOffset)) continue;
      count(starts, whole.startOffset);
      count(ends, whole.endOffset);
    }
    const offsets = [...new Set([...starts.keys(), ...ends.keys()])].sort((a, b) => a - b);
    let result = '';
    let last = 0;
    for (const offset of offsets) {
      result +=
        text.slice(last, offset) + ')'.repeat(ends.get(offset) ?? 0) + '('.repeat(starts.get(offset) ?? 0);
      last = offset;
    }
    writeFileSync(file, result + text.slice(last));
  }
}

const count = (map: Map<number, number>, key: number) => map.set(key, (map.get(key) ?? 0) + 1);

/** What may stand before a function that is an expression. */
const BEFORE = /(?:[=(,:?&|!]|return )$/;
/** The same with a name, which may also be a declaration behind a label. */
const BEFORE_NAMED = /(?:[=(,?&|!]|return )$/;

/** Declarations and methods cannot be put into brackets. */
function isExpression(text: string, start: number, end: number): boolean {
  const written = text.slice(start, end);
  if (/^(\(|(async )?[\w$]+=>)/.test(written)) return true;
  // A method may be called async.
  if (/^async ?\(/.test(written)) return written.startsWith('=>', closing(written, written.indexOf('(')) + 1);
  const [, name] = /^(?:async )?function\b\*? ?([\w$]*)/.exec(written) ?? [];
  const before = text.slice(Math.max(0, start - 'return '.length), start);
  return name !== undefined && (name === '' ? BEFORE : BEFORE_NAMED).test(before);
}

/** Where the bracket closes that opens at an offset. */
function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at;
  }
  return -1;
}

/** A preview of the smallest template, up to its first call to AWS. */
function coverageOf(action: string): readonly ScriptCoverage[] {
  const folder = mkdtempSync(join(tmpdir(), 'first-call-'));
  try {
    const coverage = join(folder, 'coverage');
    const workspace = join(folder, 'workspace');
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'template.yaml'), 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n');
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(END_WITH_CALL)}`, action],
      {
        cwd: workspace,
        encoding: 'utf8',
        env: {
          NODE_V8_COVERAGE: coverage,
          HOME: workspace,
          GITHUB_WORKSPACE: workspace,
          'INPUT_STACK-NAME': 'first-call',
          INPUT_NOOP: 'true',
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
          AWS_ACCESS_KEY_ID: 'none',
          AWS_SECRET_ACCESS_KEY: 'none',
          AWS_REGION: 'us-east-1',
        },
      },
    );
    if (status !== CALLED) throw new Error(`a preview came to its end without a call to AWS: ${stderr}`);
    const files = readdirSync(coverage).map((name) => readFileSync(join(coverage, name), 'utf8'));
    return files.flatMap((text) => (JSON.parse(text) as { result: ScriptCoverage[] }).result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
