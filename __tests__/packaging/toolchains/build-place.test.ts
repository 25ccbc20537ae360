import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import { buildPlace, leavePlace } from '../../../src/packaging/toolchains/build-place.ts';
import type { BuildContext } from '../../../src/packaging/toolchains/context.ts';
import { makeProject, type Project } from '../support.ts';

let project: Project;
let temporary: string;
let context: BuildContext;
beforeEach(() => {
  project = makeProject({ 'fn/a': 'a' });
  temporary = realpathSync(mkdtempSync(join(tmpdir(), 'place-')));
  context = { ...project.context, env: { ...process.env, RUNNER_TEMP: temporary } };
});
afterEach(() => {
  project.remove();
  rmSync(temporary, { recursive: true });
});

const spec = (root: string) => ({
  kind: 'command' as const,
  directory: join(root, 'fn'),
  command: 'pwd > $OUT/place',
  output: { variable: 'OUT' },
  environment: {},
});

describe('the place of a build', () => {
  it('is the same in each run, so that what has it in it is the same', async () => {
    const other = makeProject({ 'fn/a': 'a' });
    const places = [];
    for (const { root, output, context: own } of [project, other]) {
      const { path } = await builder(output, { ...own, env: context.env })(spec(root));
      places.push(readFileSync(join(path, 'place'), 'utf8'));
    }
    other.remove();
    expect(places[1]).toBe(places[0]);
    expect(readdirSync(join(temporary, readdirSync(temporary)[0] ?? ''))).toEqual([]);
  });

  it('is another one while a run has it, and free once that run was killed', async () => {
    const running = spawn('sleep', ['60']);
    const first = await buildPlace(spec(project.root), context);
    writeFileSync(join(first, 'left'), 'x');
    writeFileSync(`${first}.pid`, String(running.pid));
    const second = await buildPlace(spec(project.root), context);
    expect(second).not.toBe(first);
    leavePlace(second);
    running.kill('SIGKILL');
    await new Promise((done) => running.once('exit', done));
    expect(await buildPlace(spec(project.root), context)).toBe(first);
    expect(readdirSync(first)).toEqual([]);
    leavePlace(first);
    expect(existsSync(first)).toBe(false);
  });

  it("is nobody else's: a link in its way is not followed", async () => {
    const place = await buildPlace(spec(project.root), context);
    leavePlace(place);
    rmSync(dirname(place), { recursive: true });
    symlinkSync(project.root, dirname(place));
    const another = await buildPlace(spec(project.root), context);
    expect(another.startsWith(join(temporary, 'sparta-build-'))).toBe(true);
    expect(dirname(another)).toBe(temporary);
    expect(readdirSync(project.root)).toEqual(['fn']);
  });

  it('is taken by one of many that want it at once', async () => {
    const script = `
      import { buildPlace } from ${JSON.stringify(join(process.cwd(), 'src/packaging/toolchains/build-place.ts'))};
      console.log(await buildPlace({ kind: 'x' }, { space: { root: '/w', allowOutside: false }, env: process.env }));
      setInterval(() => undefined, 1000);`;
    const run = () =>
      new Promise<string>((done) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
          env: context.env as NodeJS.ProcessEnv,
        });
        child.stdout.once('data', (data: Buffer) => {
          done(String(data).trim());
        });
        made.push(() => child.kill());
      });
    const made: (() => void)[] = [];
    // What a killed run left is there for all of them.
    const [left] = [spawnSync('true').pid];
    const place = await buildPlace({ kind: 'x' }, { ...context, space: { root: '/w', allowOutside: false } });
    writeFileSync(`${place}.pid`, String(left));
    const places = await Promise.all(Array.from({ length: 6 }, run));
    for (const stop of made) stop();
    expect(new Set(places).size).toBe(6);
  });
});
