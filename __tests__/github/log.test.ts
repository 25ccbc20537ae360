import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actionLog } from '../../src/github/log.ts';

function recorded(debug = false) {
  const lines: string[] = [];
  return { lines, log: actionLog((line) => lines.push(line), { debug, workspace: process.cwd() }) };
}

describe('the log of a step', () => {
  it('writes groups one after another, though they run side by side', async () => {
    const { lines, log } = recorded();
    let release = () => {};
    const first = log.group('one', async (each) => {
      each.info('1a');
      await new Promise<void>((done) => {
        release = done;
      });
      each.info('1b');
    });
    const second = log.group('two', async (each) => each.info('2a'));
    await second;
    release();
    await first;
    expect(lines).toEqual(['::group::one', '1a', '1b', '::endgroup::', '::group::two', '2a', '::endgroup::']);
  });

  it('makes annotations at files of the workspace; other places are told in words', () => {
    const { lines, log } = recorded();
    log.warning('a', { file: join(process.cwd(), 'package.json'), line: 3 });
    log.warning('b', { file: 'src/main.ts' });
    log.warning('c', { file: 'input source' });
    log.warning('d', { file: '../outside.yaml', line: 2 });
    log.warning('e', { file: '.' });
    expect(lines).toEqual([
      '::warning file=package.json,line=3::a',
      '::warning file=src/main.ts::b',
      '::warning::c (input source)',
      '::warning::d (../outside.yaml:2)',
      '::warning::e (.)',
    ]);
  });

  it('makes annotations with their place, ten of a level', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'log-'));
    await writeFile(join(workspace, 'a,b:c.yaml'), '');
    const lines: string[] = [];
    const log = actionLog((line) => lines.push(line), { debug: false, workspace });
    log.error('bad: 100%\nreally', { file: 'a,b:c.yaml', line: 3, column: 4 });
    expect(lines).toEqual(['::error file=a%2Cb%3Ac.yaml,line=3,col=4::bad: 100%25%0Areally']);
    for (let n = 0; n < 11; n++) log.warning(`w${n}`);
    expect(lines.filter((line) => line.startsWith('::warning'))).toHaveLength(10);
    expect(lines.at(-1)).toContain('warning: w10');
    expect(lines.at(-1)).toMatch(/^GitHub shows 10 warnings of a step/);
    log.warning('::error::w11', { file: '::error::x.yaml', line: 3 });
    expect(lines.at(-1)).toBe('warning: ::error::w11 (::error::x.yaml:3)');
    log.error('still shown');
    expect(lines.at(-1)).toBe('::error::still shown');
    await rm(workspace, { recursive: true });
  });

  it('obeys nothing that a message says', () => {
    const { lines, log } = recorded(true);
    log.info('::set-output name=a::b\n##[error]x\u001b[2J');
    log.debug('::add-mask::x');
    expect(lines.join('\n')).not.toMatch(/^::|##\[|\u001b/m);
  });

  it('hides secrets from then on, debug lines and titles included', async () => {
    const { lines, log } = recorded(true);
    log.secret('canary-1\ncanary-2');
    log.secret('');
    expect(lines).toEqual([
      '::add-mask::canary-1%0Acanary-2',
      '::add-mask::canary-1',
      '::add-mask::canary-2',
    ]);
    await log.group('about canary-1', async (each) => each.debug('canary-2'));
    log.error('canary-1');
    expect(lines.slice(3).join('\n')).not.toContain('canary');
  });

  it('is not made to mask what is everywhere', () => {
    const { lines, log } = recorded();
    log.secret('{\n  "key": "canary"\n}');
    log.secret('ok');
    expect(lines.filter((line) => /::(\{|\}|ok)$/.test(line))).toEqual([]);
    log.info('{ ok }');
    expect(lines.at(-1)).toBe('{ ok }');
  });

  it('obeys no text, wherever it comes in, and shows no secret that an escape cuts into', async () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        ...['::', '##[', 'error', '::add-mask::', '\n', '\r', '\u0085', ' ', '%0A', '\u001b[', ']', ','],
      ),
      fc.constantFrom('canary', '\u001b]0;', '\u0007', '\u202e', 'file=x', 'Y2FuYXJ5'),
    );
    const text = fc.array(hostile, { maxLength: 12 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('debug', 'info', 'warning', 'error'), async (message, level) => {
        const { lines, log } = recorded(true);
        log.secret('canary');
        lines.length = 0;
        log[level](message, { file: message });
        await log.group(message, async (each) => each.group(message, async (inner) => inner[level](message)));
        const shown = lines.join('\n');
        expect(shown).not.toMatch(/canary|Y2FuYXJ5|##\[|[\0-\u0008\u000b-\u001f\u007f-\u009f]/);
        const commands = shown.split('\n').filter((line) => /^[\s\u0085]*::/.test(line));
        const ours = level === 'warning' || level === 'error' ? 4 : 2;
        expect(commands).toHaveLength(ours);
        for (const command of commands) {
          expect(command).toMatch(/^::(group|endgroup|warning|error)( file=[^:,]*)?::/);
        }
      }),
    );
  });

  it('prints debug lines only when asked', () => {
    const { lines, log } = recorded();
    log.debug('x');
    expect(lines).toEqual([]);
  });
});
