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
