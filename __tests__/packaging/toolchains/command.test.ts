import { readdirSync, readFileSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { CommandBuild } from '../../../src/packaging/toolchains/spec.ts';
import { isBuiltAgain, makeProject, type Project } from '../support.ts';

let project: Project;
beforeEach(() => {
  project = makeProject({ 'src/a': '#!/bin/sh\n', 'src/b': 'b', 'shared/lib': 'lib' });
});
afterEach(() => project.remove());

const build = (changes: Partial<CommandBuild>) => builder(project.output, project.context)(spec(changes));
const spec = (changes: Partial<CommandBuild>): CommandBuild => ({
  kind: 'command',
  directory: project.root,
  command: 'cp -r src dist',
  output: 'dist',
  environment: {},
  ...changes,
});

describe('a command', () => {
  it('runs once, and its folder is kept', async () => {
    const first = await build({});
    expect(readdirSync(first.path)).toEqual(['a', 'b']);
    expect(statSync(join(first.path, 'a')).mode & 0o111).not.toBe(0);
    expect((await build({})).from).toBe('reused');
    project.write({ 'src/b': 'changed' });
    expect((await build({})).from).toBe('toolchain');
  });

  it('sees its environment, and none of the tokens', async () => {
    const context = { ...project.context, env: { ...process.env, GITHUB_TOKEN: 'canary' } };
    const asked = spec({
      command: 'mkdir out && env > out/env',
      output: 'out/env',
      environment: { STAGE: 'prod' },
    });
    const { path } = await builder(project.output, context)(asked);
    const env = readFileSync(join(path, 'env'), 'utf8');
    expect(env).toContain('STAGE=prod');
    expect(env).not.toContain('canary');
  });

  it('may link to other parts of the workspace, but not out of it', async () => {
    symlinkSync('../shared', join(project.root, 'src', 'shared'));
    const { path } = await build({});
    expect(readFileSync(join(path, 'shared', 'lib'), 'utf8')).toBe('lib');
    await expect(build({ command: 'mkdir out && ln -s /etc out/etc', output: 'out' })).rejects.toThrow(
      'leads out of the workspace',
    );
    await expect(build({ command: 'true', output: '/etc' })).rejects.toThrow('leads out of the workspace');
  });

  it.each([
    ['exit 3', 'dist', 'failed in . (exit code 3)'],
    ['true', 'dist', 'there is no file or folder "dist"'],
    ['mkdir dist', 'dist', 'left dist empty'],
    ['echo "src/x.ts(1,2): error TS1: bad"; exit 1', 'dist', 'TS1: bad (src/x.ts:1:2)'],
  ])('%j: says what is wrong', async (command, output, message) => {
    await expect(build({ command, output })).rejects.toThrow(message);
    expect(readdirSync(project.output)).toEqual([]);
  });

  it('is run again for what it read, its settings and its variables', async () => {
    const { context, write } = project;
    const again = (changes: Partial<CommandBuild> = {}, env: Record<string, string> = {}) =>
      isBuiltAgain(project, spec(changes), { env: { ...context.env, ...env } });
    expect(await again()).toBe(true);
    expect(await again()).toBe(false);
    write({ 'src/new': '' });
    expect(await again()).toBe(true);
    expect(await again({ environment: { A: 'b' } })).toBe(true);
    expect(await again({}, { STAGE: 'prod' })).toBe(true);
    expect(await again({}, { GITHUB_RUN_ID: '1' })).toBe(false);
    expect(await again({ command: 'cp -r src dist && echo 1' })).toBe(true);
    expect(await again()).toBe(false);
  });

  it('runs in a copy: what is there stays as it is', async () => {
    const { path } = await build({
      command: 'echo changed > src/a; mkdir dist; cp src/a dist',
      output: 'dist',
    });
    expect(readFileSync(join(path, 'a'), 'utf8')).toBe('changed\n');
    expect(readdirSync(project.root).sort()).toEqual(['.sparta', 'shared', 'src']);
    expect(readFileSync(join(project.root, 'src', 'a'), 'utf8')).toBe('#!/bin/sh\n');
  });

  it('has its copy with links and times as they are, also where temporary files are in the workspace', async () => {
    const { root, write, context } = project;
    write({ 'temp/x': 'x', 'src/late': 'x' });
    symlinkSync('../shared/lib', join(root, 'src', 'link'));
    utimesSync(join(root, 'src', 'late'), 1_000_000, 1_000_000 + 2 ** -11);
    const env = { ...context.env, RUNNER_TEMP: join(root, 'temp') };
    const asked = spec({
      command: [
        'sh',
        '-c',
        'ls -R . > $MADE/all; readlink src/link > $MADE/link; stat -c %.4Y src/late > $MADE/time',
      ],
      output: { variable: 'MADE' },
    });
    const { path } = await builder(project.output, { ...context, env })(asked);
    const text = (name: string) => readFileSync(join(path, name), 'utf8').trim();
    expect(text('all')).not.toContain('sparta-build-');
    expect(text('link')).toBe('../shared/lib');
    expect(text('time')).toBe('1000000.0004');
  });

  it('writes where a variable says, which is not below its sources', async () => {
    const { path } = await build({ command: ['sh', '-c', 'cp -r . "$MADE"'], output: { variable: 'MADE' } });
    expect(readdirSync(path).sort()).toEqual(['shared', 'src']);
  });

  it('leaves what is prebuilt alone', async () => {
    const path = join(project.root, 'src');
    expect(await builder(project.output, project.context)({ kind: 'prebuilt', path })).toMatchObject({
      path,
      from: 'prebuilt',
    });
  });
});
