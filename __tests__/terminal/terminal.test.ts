import { expect, it } from '@jest/globals';
import { coloursFor } from '../../src/terminal/colours.ts';
import { terminalLog } from '../../src/terminal/log.ts';
import { progressBar } from '../../src/terminal/progress.ts';

const plain = coloursFor({}, {});

it.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{}, {}, false],
  [{}, { FORCE_COLOR: '1' }, true],
  [{ isTTY: true }, { FORCE_COLOR: '0' }, false],
])('colours on %j with %j: %s', (stream, env, coloured) => {
  expect(coloursFor(stream, env).red('x') !== 'x').toBe(coloured);
});

it('indents what a group says, and hides secrets', async () => {
  const lines: string[] = [];
  const log = terminalLog((line) => lines.push(line), { debug: false, colours: plain });
  log.secret('canary');
  await log.group('Upload', async (each) => each.info('one\ntwo canary\u001b[2J'));
  log.error('bad', { file: 't.yaml', line: 3 });
  expect(lines).toEqual(['Upload', '  one\n  two ***', 'error bad (t.yaml:3)']);
});

it('shows groups that run side by side one after another, and one in another in its place', async () => {
  const lines: string[] = [];
  const log = terminalLog((line) => lines.push(line), { debug: false, colours: plain });
  let release = () => {};
  const first = log.group('one', async (each) => {
    await each.group('inner', async (inner) => inner.info('a\nb'));
    await new Promise<void>((done) => {
      release = done;
    });
    each.info('c');
  });
  await log.group('two', async (each) => each.info('d'));
  release();
  await first;
  expect(lines).toEqual(['one', '  inner', '    a\n    b', '  c', 'two', '  d']);
});

it('lets no text reach the terminal as anything else, in colour or not', async () => {
  for (const colours of [plain, coloursFor({}, { FORCE_COLOR: '1' })]) {
    const lines: string[] = [];
    const log = terminalLog((line) => lines.push(line), { debug: true, colours });
    log.secret('canary');
    const hostile = '\u001b[2Jcan\u001b[31mary\u001b]0;t\u0007\u202e\r\0';
    await log.group(hostile, async (each) => each.debug(hostile));
    log.warning(hostile, { file: hostile });
    const text = lines.join('\n').replaceAll(/\u001b\[\d+m/g, '');
    expect(text).not.toMatch(/canary|[\0-\u0008\u000b-\u001f\u202e]/);
  }
});

it('draws a bar of resources done on a terminal, and nothing elsewhere', () => {
  const written: string[] = [];
  const stream = { isTTY: true, write: (text: string) => written.push(text) };
  const bar = progressBar(stream, 2, plain);
  bar.seen({ logicalId: 'A', status: 'CREATE_IN_PROGRESS', type: 'T' });
  bar.seen({ logicalId: 'A', status: 'CREATE_COMPLETE', type: 'T' });
  bar.seen({ logicalId: 'orders', status: 'CREATE_COMPLETE', type: 'AWS::CloudFormation::Stack' });
  expect(written.map((text) => /\d\/\d/.exec(text)?.[0])).toEqual(['0/2', '1/2', '1/2']);
  const silent: string[] = [];
  progressBar({ write: (text) => silent.push(text) }, 2, plain).seen({
    logicalId: 'A',
    status: 'X_COMPLETE',
    type: 'T',
  });
  expect(silent).toEqual([]);
});
