import { resolve } from 'node:path';
import { expect, it } from '@jest/globals';
import { INPUTS, type InputName, parseInputs } from '../../src/inputs.ts';
import { COMMANDS } from '../../src/parse/other-tools.ts';
import { type ProblemError, problemLine } from '../../src/problem.ts';
import { coloursFor } from '../../src/terminal/colours.ts';
import { parseFlags } from '../../src/terminal/flags.ts';
import { asksForHelp, help } from '../../src/terminal/help.ts';
import { terminalLog } from '../../src/terminal/log.ts';
import { readMeanings } from '../../src/terminal/meanings.ts';
import { oldNode } from '../../src/terminal/old-node.ts';
import { progressBar } from '../../src/terminal/progress.ts';
import { terminalWords } from '../../src/terminal/wording.ts';

const plain = coloursFor({}, {});

it.each([
  [{ isTTY: true }, {}, true],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{ isTTY: true }, { TERM: 'xterm' }, true],
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

it.each([
  ['Set the input stack-name.', 'Set --stack-name.'],
  ['input stack-name: a template does not say', '--stack-name: a template does not say'],
  [
    'Check the inputs stack-name and region, or leave resolve out.',
    'Check --stack-name and --region, or leave resolve out.',
  ],
  ['Run again with log-level: debug to see all.', 'Run again with --log-level debug to see all.'],
  ['Allow s3:Put* for the role of the workflow.', 'Allow s3:Put* for the role that you use.'],
  ['Run the job again.', 'Run the command again.'],
  ['Write A=... and B=... on lines of their own.', 'Write A=... and B=..., each after a flag of its own.'],
  ['Delete the object and run the job again.', 'Delete the object and run the command again.'],
  ['the input s3-bucketed, my-timeout: true', 'the input s3-bucketed, my-timeout: true'],
])('says at a terminal: %s', (said, expected) => {
  expect(terminalWords(said)).toBe(expected);
});

it('refuses flags that the command would ignore, and lists the others', () => {
  expect(() =>
    parseFlags(['delete', '--stack-name', 'a', '--termination-protection', 'false', '--noop']),
  ).toThrow('--termination-protection means nothing to delete. Leave it out; it is for provision.');
  expect(() => parseFlags(['--port', '1'])).toThrow('--port means nothing to provision');
  expect(parseFlags(['start-api', '-p', '1', '--static=site']).flags.size).toBe(3);
  expect(help(['start-lambda'])).toContain('--export-endpoint');
  expect(help(['provision'])).not.toMatch(/--export-endpoint|--port/);
});

it.each([
  [['provision', '--drift', 'revert'], 'drift', 'revert'],
  [['provision', '--noop', 'auto'], 'noop', 'auto'],
  [['provision', '--express', 'false'], 'express', 'false'],
  [['provision', '--drift', '--noop'], 'drift', 'true'],
  [['--drift', 'status'], 'drift', 'true'],
] as const)('reads %j as the value that the switch accepts', (args, name, value) => {
  expect(parseFlags(args).flags.get(name)).toBe(value);
});

const read = (args: readonly string[], files: Readonly<Record<string, string>> = {}) => {
  const { flags } = parseFlags(args);
  return parseInputs((name: InputName) => flags.get(name), {
    readText: async (file) => (files[file] === undefined ? undefined : { text: files[file], file }),
  });
};

it('adds up flags that are given again, each in its own form', async () => {
  const files = { 'params.json': '{"A": "1"}' };
  const again = ['--parameters', 'params.json', '--parameters=B=2', '--parameters', '{"C": "3"}'];
  const inputs = await read(
    ['provision', ...again, '--tags', 'a=1', '--tags=', '--tags', 'b: 2', '--stacks', 'X', '--stacks', 'Y,Z'],
    files,
  );
  expect(inputs.parameters).toEqual({ values: { A: '1', B: '2', C: '3' }, keep: [] });
  expect(inputs.tags).toEqual({ values: { a: '1', b: '2' }, keep: [] });
  expect(inputs.stacks).toEqual(['X', 'Y', 'Z']);
  const { env } = await read(['invoke', 'F', '--env', 'A', '--env', 'B=x\nC=y']);
  expect(env).toEqual([{ name: 'A' }, { name: 'B', value: 'x' }, { name: 'C', value: 'y' }]);
});

it('tells of all that is wrong with flags that are given again', async () => {
  const twice = read([
    'provision',
    '--parameters',
    'A=1',
    '--parameters',
    'A=2',
    '--tags',
    'no.json',
    '--tags',
    '- 1',
  ]);
  await expect(twice).rejects.toThrow(
    /input parameters: A is given twice\. Give it once\.\ninput tags: there is no file "no\.json".*\ninput tags: "- 1" is not accepted/,
  );
  expect(() => parseFlags(['provision', '--parameters', 'A=1', 'B=2'])).toThrow(
    '"B=2" is not understood. Write --parameters before each value.',
  );
});

it.each([
  ['invoke', '--events', 'events/a.json', 'events/b.json', 'events/c.json', '--fail-on', 'smoke'],
  ['--events', 'a.json', 'b.json', 'invoke'],
])('asks for quotes where the shell has replaced a pattern: %s %s %s %s', (...args: string[]) => {
  expect(() => parseFlags(args)).toThrow(
    /^the shell has put the names of files in the place of the pattern of --events\. Write it in quotes, such as --events 'events\/\*\*\/\*\.json'\.$/,
  );
});

it.each([
  [
    ['provision', '--command', 'delete'],
    'two values are given for command, "provision" and "delete". Give one',
  ],
  [['--command=delete', '--command=status'], 'two values are given for command, "delete" and "status"'],
  [['invoke', 'A', '--function', 'B'], 'two values are given for function, "A" and "B"'],
  [['provision', 'delete'], '"delete" is not understood. One command is enough'],
  [['--command', 'delete', 'provision'], '"provision" is not understood. One command is enough'],
])('takes one command: %j', (args, says) => {
  expect(() => parseFlags(args)).toThrow(says);
});

it('takes a command that is given both ways', () => {
  expect(parseFlags(['delete', '--yes']).yes).toBe(true);
  expect(() => parseFlags(['provision', '-y'])).toThrow('--yes means nothing here');
  expect(parseFlags(['delete', '--command', 'delete']).flags.get('command')).toBe('delete');
});

it.each([
  ['--no-noop', '--noop=false'],
  ['--no-cache', '--cache=false'],
  ['--no-comment', '--comment=false'],
  ['--no-terminaton-protection', '--termination-protection=false'],
  ['--no-op', '--noop'],
  ['--chache', '--cache'],
])('answers %s with %s', (given, meant) => {
  expect(() => parseFlags(['provision', given])).toThrow(`Write ${meant} if that is meant.`);
});

const problemsOf = (args: readonly string[]): readonly string[] => {
  try {
    parseFlags(args);
    return [];
  } catch (error) {
    return (error as ProblemError).problems.map((problem) => terminalWords(problemLine(problem)));
  }
};

it.each([
  ['deploy', 'provision'],
  ['provison', 'provision'],
  ['up', 'provision'],
  ['apply', 'provision'],
  ['sync', 'provision'],
  ['diff', 'provision --noop'],
  ['preview', 'provision --noop'],
  ['synth', 'provision --noop'],
  ['Deploy', 'provision'],
  ['destroy', 'delete'],
  ['destory', 'delete'],
  ['remove', 'delete'],
  ['info', 'status'],
  ['ls', 'status'],
  ['start-apis', 'start-api'],
  ['offline', 'start'],
])('answers the command %s with %s', (word, meant) => {
  expect(problemsOf([word])).toEqual([`there is no command "${word}". Write ${meant} if that is meant.`]);
});

it.each([
  [['local', 'invoke', 'Hello', '-e', 'e.json'], 'there is no command "local invoke". Write invoke if'],
  [['local', 'start-api'], 'there is no command "local start-api". Write start-api if'],
  [['remote', 'invoke', 'Hello'], 'there is no command "remote invoke". Write invoke if'],
  [['orders'], 'there is no command "orders". --help lists all commands.'],
  [['--command', 'deploy'], 'there is no command "deploy". Write provision if that is meant.'],
  [
    ['status', 'orders'],
    '"orders" is not understood. Write --stack-name=orders if a stack is meant, or --stacks=',
  ],
  [['invoke', 'A', 'B'], '"B" is not understood. One command is enough'],
  [
    ['provision', '--template-file', 't.yaml'],
    'there is no flag --template-file. Write --source if that is meant.',
  ],
  [['provision', '-t', 't.yaml'], 'there is no flag -t. Write --source if that is meant.'],
  [['--profile', 'prod', 'provision'], 'there is no flag --profile. Set AWS_PROFILE in the environment.'],
  [['provision', '--guided'], 'there is no flag --guided. Leave it out: nobody is asked'],
  [['delete', '--force'], 'there is no flag --force. Write --yes if that is meant.'],
  [['provision', '--qwertyuiop', 'x'], 'there is no flag --qwertyuiop. --help lists all flags.'],
])('says one thing of %j', (args, says) => {
  expect(problemsOf(args)).toEqual([expect.stringContaining(says)]);
});

it('says all that it can tell of a line for another tool', () => {
  expect(problemsOf(['deploy', 'Orders', '--dry-run', '--parameter-overrides', 'A=1'])).toEqual([
    'there is no command "deploy". Write provision if that is meant.',
    expect.stringContaining('"Orders" is not understood. Write --stack-name=Orders if'),
    'there is no flag --dry-run. Write --noop if that is meant.',
    'there is no flag --parameter-overrides. Write --parameters if that is meant.',
  ]);
});

it('takes every command and its own short flags as they are', () => {
  for (const command of COMMANDS) expect(problemsOf([command])).toEqual([]);
  expect(problemsOf(['invoke', 'local', '-e', '{}'])).toEqual([]);
  expect(problemsOf(['start-api', '-p', '1', '-w'])).toEqual([]);
});

it('shows help where it is asked for', () => {
  for (const args of [[], ['help'], ['help', 'delete'], ['--stage', 'x', 'delete', '-h']])
    expect(asksForHelp(args)).toBe(true);
  expect(asksForHelp(['invoke', 'help'])).toBe(false);
  expect(help(['help'])).toBe(help([]));
  expect(help(['--stage', 'x', 'delete', '-h'])).toBe(help(['delete']));
});

it('says of one command what its flags mean, in the width of the window', async () => {
  const meanings = await readMeanings(resolve(import.meta.dirname, '../../action.yml'));
  const lines = help(['start'], { meanings, width: 60 }).split('\n');
  const at = lines.findIndex((line) => line.includes('--static '));
  expect(lines.slice(at + 1, at + 3)).toEqual([
    '      A folder whose files answer where no route does.',
    expect.stringContaining('--allow-unverified-iam'),
  ]);
  // Each of them, as a sentence.
  for (const name of Object.keys(INPUTS)) expect(meanings[name]).toMatch(/^[^`]+[.)]$/);
  expect(meanings['fail-on']).toMatch(/^smoke: a smoke test that fails makes/);
  expect(meanings.backend).toMatch(/^Where the tables/);
  expect(meanings.format).toMatch(/^expand: how the template is printed/);
  expect(meanings['log-level']).toBe('info or debug.');
  const said = lines.filter((line) => line.startsWith('      '));
  expect(said.filter((line) => line.length > 60)).toEqual([
    '      All of the service at one port, built and served anew when a file changes.',
  ]);
});

it('has help without them', async () => {
  expect(await readMeanings(resolve(import.meta.dirname, 'no-action.yml'))).toEqual({});
});

it.each([
  ['18.20.8', true],
  ['20.20.2', true],
  ['24.0.0', false],
  ['26.1.0', false],
])('says how to get a newer Node in place of %s, where that is too old', (version, isOld) => {
  const said = oldNode(version, '/clone/dist/cli.js');
  if (isOld)
    expect(said).toContain(
      `this is ${version}. Install it, or have npm fetch it for this program: npx -y -p node@24 -- node /clone/dist/cli.js\n`,
    );
  else expect(said).toBeUndefined();
});
