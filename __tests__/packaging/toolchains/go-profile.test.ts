import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { goMeasured } from '../../../src/local/profile/go.ts';
import { goProfiler } from '../../../src/local/profile/go-connection.ts';
import type { Frame, Measured } from '../../../src/local/profile/types.ts';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import { profilingFlags } from '../../../src/packaging/toolchains/go-profile.ts';
import type { GoBuild } from '../../../src/packaging/toolchains/spec.ts';
import { describeWithGo } from '../../support/go.ts';
import { makeProject, type Project } from '../support.ts';

const MODULE = 'module example.com/hot\n\ngo 1.16\n';

/** Burns CPU time in one function, says so, and stays. Other processes have none of that time. */
const MAIN = `package main

import (
	"fmt"
	"syscall"
	"time"
)

var sum float64

func used() time.Duration {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

//go:noinline
func burn(milliseconds time.Duration) {
	for end := used() + milliseconds*time.Millisecond; used() < end; {
		for at := 0; at < 100000; at++ {
			sum += float64(at) * 1.5
		}
	}
}

func main() {
	burn(300)
	fmt.Println("ready")
	time.Sleep(time.Hour)
}
`;

const made: Project[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};

const spec = (directory: string, changes: Partial<GoBuild> = {}): GoBuild => ({
  kind: 'go',
  directory,
  architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
  tags: [],
  ldflags: '',
  generate: false,
  environment: {},
  profiled: true,
  ...changes,
});

/** Runs a program until it is ready, and has it asked for something. */
async function whileReady<T>(program: string, variable: string, ask: () => Promise<T>): Promise<T> {
  const child = spawn(program, {
    env: { _SPARTA_PROFILE: variable },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  try {
    expect(String((await once(child.stdout, 'data'))[0])).toBe('ready\n');
    return await ask();
  } finally {
    child.kill('SIGKILL');
    await closed;
  }
}

async function measured(
  { root, output, context }: Project,
  changes: Partial<GoBuild> = {},
): Promise<Measured> {
  const { path } = await builder(output, context)(spec(root, changes));
  const profiler = await goProfiler();
  try {
    return await whileReady(join(path, 'bootstrap'), profiler.variable, () => profiler.measured());
  } finally {
    profiler.stop();
  }
}

/** Time of the calls of a function, wherever they are. */
const timeOf = (frame: Frame | undefined, name: string): number =>
  frame === undefined
    ? 0
    : frame.name === name
      ? frame.total
      : frame.children.reduce((sum, child) => sum + timeOf(child, name), 0);

/** Most of the time was spent where it was. */
function expectBurnt({ calls, notes }: Measured): void {
  expect(notes.join('\n')).toMatch(/^Go took \d+ samples, one for each 10 ms of CPU time/);
  expect(timeOf(calls, 'main.burn')).toBeGreaterThan(100_000);
  expect(timeOf(calls, 'main.burn')).toBeGreaterThan(0.8 * (calls?.total ?? 0));
}

describeWithGo('a program of Go that profiles itself', () => {
  it('says where its time went, as Go itself reads it, and its folder stays as it was', async () => {
    const hot = project({ 'go.mod': MODULE, 'main.go': MAIN });
    const { path, stored } = await builder(hot.output, hot.context)(spec(hot.root));
    expect(readdirSync(hot.root).sort()).toEqual(['.sparta', 'go.mod', 'main.go']);
    const chunks: Buffer[] = [];
    const server = createServer({ allowHalfOpen: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const connected = once(server, 'connection');
    server.on('connection', (socket) => socket.write('.'));
    await whileReady(join(path, 'bootstrap'), `127.0.0.1:${port} token`, async () => {
      const [socket] = await connected;
      socket.on('data', (chunk: Buffer) => chunks.push(chunk)).end();
      await once(socket, 'close');
    });
    server.close();
    const sent = Buffer.concat(chunks);
    expect(sent.toString('latin1', 0, 5)).toBe('token');
    // Not beside the sources, which would be others then.
    const file = `${hot.output}.pprof`;
    writeFileSync(file, sent.subarray(5));
    const { calls, notes } = await goMeasured(sent.subarray(5));
    expectBurnt({ ...(calls && { calls }), notes });
    // Names and totals of the peer, of every function.
    const table = execFileSync('go', ['tool', 'pprof', '-top', '-unit=ms', '-nodecount=1000', file], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    const rows = [
      ...table.matchAll(/^ *([\d.]+)(?:ms)? .*? ([\d.]+)(?:ms)? +[\d.]+% +(.+?)(?: \(inline\))?$/gm),
    ];
    expect(rows.length).toBeGreaterThan(1);
    for (const [, , total, name = ''] of rows)
      expect([name, timeOf(calls, name) / 1000]).toEqual([name, Number(total)]);
    expect(timeOf(calls, 'main.burn')).toBeGreaterThan(0);

    // What is deployed is another build, and has nothing of it.
    const { profiled: _, ...plain } = spec(hot.root);
    const deployed = await builder(hot.output, hot.context)(plain);
    expect(deployed.stored).not.toBe(stored);
    expect(readFileSync(join(deployed.path, 'bootstrap')).includes('_SPARTA_PROFILE')).toBe(false);
    expect(readFileSync(join(path, 'bootstrap')).includes('_SPARTA_PROFILE')).toBe(true);
  });

  it('has one more file, which Go itself would not write otherwise, and finds nothing in', async () => {
    const hot = project({ 'go.mod': MODULE, 'main.go': MAIN });
    const [flag, overlay = ''] = await profilingFlags(
      hot.root,
      {},
      { directory: hot.root, scratch: hot.root },
    );
    expect(flag).toBe('-overlay');
    const { Replace } = JSON.parse(readFileSync(overlay, 'utf8')) as { Replace: Record<string, string> };
    const [[name = '', source = ''] = [], ...others] = Object.entries(Replace);
    expect([relative(hot.root, name), others]).toEqual(['00sparta_profile.go', []]);
    renameSync(source, name);
    const go = (...args: string[]) =>
      execFileSync('go', args, { cwd: hot.root, encoding: 'utf8', stdio: 'pipe' });
    expect(go('vet', '.')).toBe('');
    expect(execFileSync('gofmt', ['-l', '.'], { cwd: hot.root, encoding: 'utf8' })).toBe('');
  });

  it('has its own names for what it imports, and takes the place of no file', async () => {
    const hot = project({
      'go.mod': MODULE,
      'main.go': MAIN.replace('burn(300)', 'bytes(net + os + pprof + strings)').replace(
        'func main',
        `var net, os, pprof = 100, 100, 50

func bytes(milliseconds int) { burn(time.Duration(milliseconds)) }

func main`,
      ),
      '00sparta_profile.go': 'package main\n\nvar strings = 50\n',
    });
    expectBurnt(await measured(hot));
  });

  it('measures variables of its package, which are set before main', async () => {
    const hot = project({
      'go.mod': MODULE,
      'main.go': MAIN.replace('	burn(300)\n', ''),
      '0first.go': 'package main\n\nvar _ = func() bool { burn(300); return true }()\n',
    });
    expectBurnt(await measured(hot));
  });

  it('may be in a folder of another name, with tags, generated files and vendored packages', async () => {
    const hot = project({
      'go.mod': `${MODULE}\nrequire example.com/other v1.0.0\n`,
      'vendor/modules.txt': '# example.com/other v1.0.0\n## explicit; go 1.16\nexample.com/other\n',
      'vendor/example.com/other/other.go': 'package other\n\nconst Name = "other"\n',
      'cmd/orders/main.go': MAIN.replace('burn(300)', 'burn(made)').replace(
        '	"time"\n)',
        '	"time"\n\n	_ "example.com/other"\n)\n\n//go:generate sh -c "printf \'package main\\n\\nconst made = 300\\n\' > made.go"',
      ),
      'cmd/orders/tagged.go': '//go:build mine\n// +build mine\n\npackage main\n\nvar _ = made\n',
      'cmd/orders/never.go': '//go:build !mine\n// +build !mine\n\npackage main\n\nvar made = 1\n',
    });
    expectBurnt(await measured(hot, { package: './cmd/orders', tags: ['mine'], generate: true }));
    expect(readdirSync(join(hot.root, 'cmd/orders')).sort()).toEqual(['main.go', 'never.go', 'tagged.go']);
  });

  it('keeps an overlay of the project itself', async () => {
    const hot = project({
      'go.mod': MODULE,
      'main.go': 'package main\n\nfunc main() { replaced }\n',
      'real.txt': MAIN,
    });
    const overlay = { Replace: { [join(hot.root, 'main.go')]: join(hot.root, 'real.txt') } };
    hot.write({ 'overlay.json': JSON.stringify(overlay) });
    expectBurnt(await measured(hot, { environment: { GOFLAGS: '-overlay=overlay.json' } }));
  });

  const itWithC = spawnSync('gcc', ['--version']).status === 0 ? it : it.skip;
  itWithC('may have parts in C', async () => {
    const hot = project({
      'go.mod': MODULE,
      'main.go': MAIN.replace('burn(300)', 'burn(time.Duration(length()))'),
      'length.go':
        'package main\n\n// int length(void) { return 300; }\nimport "C"\n\nfunc length() int { return int(C.length()) }\n',
    });
    expectBurnt(await measured(hot, { environment: { CGO_ENABLED: '1' } }));
  });

  it('runs as ever where nobody asks', async () => {
    const hot = project({ 'go.mod': MODULE, 'main.go': MAIN });
    const { path } = await builder(hot.output, hot.context)(spec(hot.root));
    await whileReady(join(path, 'bootstrap'), '', async () => undefined);
  });

  it('says why there is none', async () => {
    const hot = project({
      'go.mod': MODULE,
      'other/other.go': `package other

import (
	"bytes"
	"runtime/pprof"
)

var _ = pprof.StartCPUProfile(&bytes.Buffer{})
`,
      'main.go': MAIN.replace('	"time"\n)', '	"time"\n\n	_ "example.com/hot/other"\n)'),
    });
    expect(await measured(hot)).toEqual({
      notes: ['There is no profile: Go says: cpu profiling already in use.'],
    });
  });
});
