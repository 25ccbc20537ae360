import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { containersHere, layShell } from '../support/containers.ts';
import { until } from '../support/eventually.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { makeWorkspace, runAction } from '../support/runner.ts';

const here = containersHere();
const reason = withoutGo ?? ('reason' in here ? here.reason : undefined);
if (reason) console.warn(`images in containers are not tested: ${reason}`);
const env = 'env' in here ? here.env : {};

/** A program that speaks the Runtime API and tells what it finds around it; events ask for more. */
const PROGRAM = `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func text(err error) string {
	if err == nil {
		return "fine"
	}
	return err.Error()
}

func main() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/"
	for {
		next, err := http.Get(api + "next")
		if err != nil {
			os.Exit(1)
		}
		event, _ := io.ReadAll(next.Body)
		var asked struct {
			Seconds, Hold, Write int
			Exit                 *int
		}
		_ = json.Unmarshal(event, &asked)
		fmt.Println("to stdout")
		fmt.Fprintln(os.Stderr, "to stderr")
		if asked.Exit != nil {
			os.Exit(*asked.Exit)
		}
		time.Sleep(time.Duration(asked.Seconds) * time.Second)
		held := make([]byte, asked.Hold<<20)
		for at := 0; at < len(held); at += 4096 {
			held[at] = 1
		}
		directory, _ := os.Getwd()
		variables := map[string]string{}
		for _, each := range os.Environ() {
			name, value, _ := strings.Cut(each, "=")
			variables[name] = value
		}
		answer, _ := json.Marshal(map[string]any{
			"args": os.Args[1:], "directory": directory, "user": os.Getuid(), "variables": variables,
			"held": len(held),
			"tmp":  text(os.WriteFile("/tmp/file", make([]byte, asked.Write<<20), 0o600)),
			"root": text(os.WriteFile("/file", nil, 0o600)),
		})
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		if reply, err := http.Post(api+id+"/response", "application/json", bytes.NewReader(answer)); err == nil {
			reply.Body.Close()
		}
	}
}
`;

/** An extension that tells what it hears of; where the program of the function only waits, it answers in its place. */
const EXTENSION = `package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

var api = "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API")

func call(method, path, body string, header http.Header) *http.Response {
	request, _ := http.NewRequest(method, api+path, bytes.NewReader([]byte(body)))
	request.Header = header
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		os.Exit(1)
	}
	return reply
}

func answer() {
	for {
		next := call("GET", "/2018-06-01/runtime/invocation/next", "", http.Header{})
		id := next.Header.Get("Lambda-Runtime-Aws-Request-Id")
		call("POST", "/2018-06-01/runtime/invocation/"+id+"/response", "true", http.Header{})
	}
}

func main() {
	if len(os.Args) > 1 {
		time.Sleep(time.Hour)
	}
	events, _ := json.Marshal(map[string][]string{"events": {"INVOKE", "SHUTDOWN"}})
	registered := call("POST", "/2020-01-01/extension/register", string(events),
		http.Header{"Lambda-Extension-Name": {filepath.Base(os.Args[0])}})
	if os.Getenv("ADAPTS") != "" {
		go answer()
	}
	header := http.Header{"Lambda-Extension-Identifier": {registered.Header.Get("Lambda-Extension-Identifier")}}
	for {
		var event struct{ EventType, RequestId, ShutdownReason string }
		_ = json.NewDecoder(call("GET", "/2020-01-01/extension/event/next", "", header).Body).Decode(&event)
		fmt.Printf("watcher %d: %s %s\\n", os.Getuid(), event.EventType, event.ShutdownReason)
		if event.EventType == "SHUTDOWN" {
			return
		}
	}
}
`;

const DOCKERFILE = `FROM scratch
COPY root /
ENV OF_IMAGE=yes PATH=/bin
ENTRYPOINT ["/entry"]
CMD ["one", "two"]
`;

function imageFunction(properties: object) {
  return {
    Type: 'AWS::Serverless::Function',
    Properties: { PackageType: 'Image', Timeout: 10, MemorySize: 128, ...properties },
    Metadata: { DockerContext: './image', Dockerfile: 'Dockerfile', DockerTag: 'v1' },
  };
}

/** One whose image has extensions. */
const extended = (properties: object, Dockerfile = 'Dockerfile.extended') => ({
  ...imageFunction(properties),
  Metadata: { DockerContext: './image', Dockerfile, DockerTag: 'v1' },
});

const template = {
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: {
    Boxed: imageFunction({
      Timeout: 5,
      Environment: { Variables: { LINES: 'one\ntwo', HOME: '/tmp', DOCKER_HOST: 'tcp://nowhere' } },
    }),
    Other: imageFunction({ ImageConfig: { Command: ['three'], WorkingDirectory: '/tmp' } }),
    Wrong: imageFunction({ ImageConfig: { EntryPoint: ['/nothing'] } }),
    Watched: extended({}),
    Adapted: extended({
      ImageConfig: { EntryPoint: ['/opt/extensions/watcher', 'wait'] },
      Environment: { Variables: { ADAPTS: 'yes' } },
    }),
    Alone: extended({ ImageConfig: { EntryPoint: ['/program'] } }, 'Dockerfile.alone'),
    Helped: extended({ ImageConfig: { EntryPoint: ['/program'] } }, 'Dockerfile.helped'),
  },
};

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  if (reason) return;
  workspace = await makeWorkspace({
    'template.json': JSON.stringify(template),
    'program/main.go': PROGRAM,
    'extension/main.go': EXTENSION,
  });
  const image = join(workspace.path, 'image');
  const root = join(image, 'root');
  mkdirSync(image);
  layShell(root);
  // A script needs the shell of its image, and that its libraries.
  writeFileSync(join(root, 'entry'), '#!/bin/sh\nexec /program "$@"\n');
  chmodSync(join(root, 'entry'), 0o755);
  writeFileSync(join(image, 'Dockerfile'), DOCKERFILE);
  const extensions = join(image, 'extensions');
  mkdirSync(extensions);
  writeFileSync(join(extensions, 'notes'), 'no program');
  writeFileSync(
    join(image, 'Dockerfile.extended'),
    DOCKERFILE.replace('COPY root /', 'COPY root /\nCOPY extensions /opt/extensions'),
  );
  const alone = DOCKERFILE.replace('COPY root /', 'COPY root/program /\nCOPY extensions /opt/extensions');
  writeFileSync(join(image, 'Dockerfile.alone'), alone);
  writeFileSync(join(image, 'Dockerfile.helped'), `${DOCKERFILE}COPY helper /opt/extensions/helper\n`);
  writeFileSync(join(image, 'helper'), '#!/bin/sh\n');
  chmodSync(join(image, 'helper'), 0o755);
  for (const [folder, file] of [
    ['program', join(root, 'program')],
    ['extension', join(extensions, 'watcher')],
  ] as const) {
    const built = join(workspace.path, 'built');
    execFileSync('go', ['build', '-o', built, 'main.go'], {
      cwd: join(workspace.path, folder),
      env: { ...process.env, ...GO_SETTINGS, CGO_ENABLED: '0' },
    });
    copyFileSync(built, file);
  }
});
afterAll(async () => {
  if (reason) return;
  await workspace.remove();
  const filter = ['images', '--quiet', '--filter', 'reference=localhost/sparta-action-local'];
  for (const image of podman(filter).trim().split('\n')) if (image) podman(['rmi', '--force', image]);
  if ('clean' in here) here.clean();
});

const podman = (args: readonly string[]): string =>
  execFileSync('podman', args, { env: { ...process.env, ...env }, encoding: 'utf8' });

const invoke = async (name: string, event: object) => {
  const result = await runAction({
    workspace: workspace.path,
    inputs: {
      command: 'invoke',
      function: name,
      event: JSON.stringify(event),
      'container-tool': 'podman',
    },
    env,
  });
  return { ...result, answer: JSON.parse(result.outputs.response || 'null') };
};

interface Answer {
  readonly variables: Readonly<Record<string, string>>;
}

/** Containers of any `start` and `invoke`, whatever became of them. */
const containers = (): string =>
  podman(['ps', '--all', '--format', '{{.Names}}', '--filter', 'name=sparta-']);

/** The whole service, served. */
async function start() {
  const child = spawn(
    process.execPath,
    [resolve(import.meta.dirname, '../../dist/cli.js'), 'start', '--container-tool', 'podman'],
    {
      cwd: workspace.path,
      env: { PATH: process.env.PATH, HOME: workspace.path, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = new Promise((done) => child.once('close', done));
  let output = '';
  const url = await new Promise<string>((done, fail) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        output += data;
        const [, found] = /Listening at (\S+)/.exec(output) ?? [];
        if (found !== undefined) done(found);
      });
    child.once('exit', () => fail(new Error(`it did not start:\n${output}`)));
  });
  const call = async (name: string, event: object): Promise<Answer> => {
    const request = { method: 'POST', body: JSON.stringify(event) };
    const reply = await fetch(`${url}/2015-03-31/functions/${name}/invocations`, request);
    return (await reply.json()) as Answer;
  };
  return { child, ended, call, written: () => output };
}

(reason ? describe.skip : describe)('an image with libraries of its own', () => {
  it('runs as Lambda runs it: program, variables, user, disk', async () => {
    const { answer, stdout, errors } = await invoke('Boxed', { Write: 100 });
    expect(errors).toEqual([]);
    expect(answer).toMatchObject({
      args: ['one', 'two'],
      user: 993,
      root: 'open /file: read-only file system',
      tmp: 'fine',
      variables: {
        AWS_EXECUTION_ENV: 'AWS_Lambda_Image',
        AWS_LAMBDA_FUNCTION_NAME: 'Boxed',
        DOCKER_HOST: 'tcp://nowhere',
        HOME: '/tmp',
        LINES: 'one\ntwo',
        OF_IMAGE: 'yes',
        PATH: '/bin',
      },
    });
    expect(answer.variables).not.toHaveProperty('INPUT_COMMAND');
    // The two come by pipes of their own.
    expect(stdout).toMatch(/START .*\n(.*to stdout\n.*to stderr|.*to stderr\n.*to stdout)\n.*END /);
    expect(stdout).toMatch(/Max Memory Used: [1-9]\d* MB/);
    expect(containers()).toBe('');
  });

  it('is started as its function says', async () => {
    expect((await invoke('Other', {})).answer).toMatchObject({ args: ['three'], directory: '/tmp' });
    const { errors } = await invoke('Wrong', {});
    expect(errors.join()).toMatch(/Runtime exited with error: exit status 127: .*\/nothing/);
  });

  it('has the limits of its function: time, disk, and memory as far as that can be told', async () => {
    expect((await invoke('Boxed', { Seconds: 60 })).errors.join()).toContain(
      'Task timed out after 5.00 seconds',
    );
    expect((await invoke('Boxed', { Write: 600 })).answer.tmp).toBe(
      'write /tmp/file: no space left on device',
    );
    const more = await invoke('Boxed', { Hold: 300 });
    expect(more.stdout).toContain('Boxed used more than its memory of 128 MB');
    expect((await invoke('Boxed', { Hold: 1000 })).errors.join()).toContain('signal: killed');
    expect((await invoke('Boxed', { Exit: 3 })).errors.join()).toContain('exit status 3');
    expect(containers()).toBe('');
  });

  it('has its extensions started, which hear of events and of the end', async () => {
    const { child, ended, call, written } = await start();
    expect(await call('Watched', {})).toMatchObject({ args: ['one', 'two'] });
    child.kill('SIGTERM');
    await ended;
    expect(written()).toMatch(/watcher 993: INVOKE \n[\s\S]*watcher 993: SHUTDOWN spindown\n/);
    expect(written()).not.toContain('State: Ended');
    expect(containers()).toBe('');
  });

  it('needs no client of Lambda where an extension is one', async () => {
    expect((await invoke('Adapted', {})).answer).toBe(true);
    expect(containers()).toBe('');
  });

  it('is not needed where program and extensions run by themselves', async () => {
    const { stdout, answer } = await invoke('Alone', {});
    expect(answer.user).toBe(process.getuid?.());
    expect(stdout).toContain(`watcher ${process.getuid?.()}: INVOKE`);
    expect((await invoke('Helped', {})).answer.user).toBe(993);
  });

  it('goes with start, also when that is killed', async () => {
    const { child, ended, call } = await start();
    // Two at once have an environment each, and each keeps its own.
    const answers = await Promise.all([{ Seconds: 1 }, { Seconds: 1 }].map((event) => call('Boxed', event)));
    const addresses = answers.map(({ variables }) => variables.AWS_LAMBDA_RUNTIME_API);
    expect(new Set(addresses).size).toBe(2);
    const { variables } = await call('Boxed', {});
    expect(addresses).toContain(variables.AWS_LAMBDA_RUNTIME_API);
    expect(containers().trim().split('\n')).toHaveLength(2);
    const running = call('Other', { Seconds: 30 }).catch(() => undefined);
    child.kill('SIGKILL');
    await Promise.all([ended, running]);
    await until(() => containers() === '');
  });
});
