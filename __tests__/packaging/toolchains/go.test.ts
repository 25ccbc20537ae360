import { spawnSync } from 'node:child_process';
import { appendFileSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { GoBuild } from '../../../src/packaging/toolchains/spec.ts';
import { describeWithGo } from '../../support/go.ts';
import { makeProject, type Project } from '../support.ts';

const MODULE = 'module example.com/hello\n\ngo 1.24\n';
const MAIN = `package main

import "fmt"

var buildID string

func main() { fmt.Println("hello", buildID) }
`;

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const spec = (directory: string, changes: Partial<GoBuild> = {}): GoBuild => ({
  kind: 'go',
  directory,
  architecture: 'x86_64',
  tags: [],
  ldflags: '',
  generate: false,
  environment: {},
  ...changes,
});

describeWithGo('Go', () => {
  it('builds the same bootstrap in any place, and not again when nothing changed', async () => {
    const one = project({ 'go.mod': MODULE, 'main.go': MAIN });
    const other = project({ 'main.go': MAIN, 'go.mod': MODULE });
    const build = builder(one.output, one.context);
    const flags = { ldflags: '-X main.buildID=42' };
    const [first, twin] = await Promise.all([build(spec(one.root, flags)), build(spec(one.root, flags))]);
    expect(twin).toBe(first);
    expect(first.from).toBe('toolchain');
    const second = await builder(other.output, other.context)(spec(other.root, flags));
    const binary = readFileSync(join(first.path, 'bootstrap'));
    expect(binary.equals(readFileSync(join(second.path, 'bootstrap')))).toBe(true);
    expect(statSync(join(first.path, 'bootstrap')).mode & 0o111).not.toBe(0);
    expect(one.context.log.lines.filter((line) => line.includes('go build'))).toHaveLength(1);

    one.context.log.lines.length = 0;
    const again = await builder(one.output, one.context)(spec(one.root, flags));
    expect(again).toMatchObject({ from: 'reused', path: first.path });
    expect(again.took).toBe(Math.round(first.took));
    expect(one.context.log.lines.join('\n')).not.toContain('go build');
  });

  it('builds again when the stored result was changed', async () => {
    const { root, output, context } = project({ 'go.mod': MODULE, 'main.go': MAIN });
    const first = await builder(output, context)(spec(root));
    appendFileSync(join(first.path, 'bootstrap'), 'evil');
    const again = await builder(output, context)(spec(root));
    expect(again.from).toBe('toolchain');
    expect(readFileSync(join(again.path, 'bootstrap')).toString('latin1')).not.toMatch(/evil$/);
  });

  it('builds for arm64 with tags and generated code', async () => {
    const { root, output, context } = project({
      'go.mod': MODULE,
      'main.go': `package main\n\n//go:generate sh -c "printf 'package main\\n\\nconst made = 1\\n' > made.go"\n\nfunc main() { println(made, tagged) }\n`,
      'tagged.go': '//go:build lambdabinary && mine\n\npackage main\n\nconst tagged = 2\n',
    });
    const { path } = await builder(
      output,
      context,
    )(spec(root, { architecture: 'arm64', tags: ['mine'], generate: true }));
    expect(readFileSync(join(path, 'bootstrap')).readUInt16LE(18)).toBe(183);
  });

  it('tells errors with their places', async () => {
    const { root, output, context } = project({
      'svc/go.mod': MODULE,
      'svc/main.go': 'package main\n\nfunc main() { x() }\n',
    });
    await expect(builder(output, context)(spec(join(root, 'svc')))).rejects.toMatchObject({
      problems: [{ message: 'undefined: x', place: { file: 'svc/main.go', line: 3, column: 15 } }],
    });
  });

  it('says what to do without Go', async () => {
    const { root, output, context } = project({ 'go.mod': MODULE });
    await expect(builder(output, { ...context, env: { PATH: '/nowhere' } })(spec(root))).rejects.toThrow(
      'go was not found. Install Go',
    );
  });

  it('takes a module of the workspace, not the one of that name that the proxy has', async () => {
    const each = project({
      'go.work': 'go 1.24\n\nuse (\n\t./fn\n\t./uuid\n)\n',
      'fn/go.mod': 'module example.com/fn\n\ngo 1.24\n\nrequire github.com/google/uuid v1.6.0\n',
      'fn/main.go':
        'package main\n\nimport (\n\t"fmt"\n\n\t"github.com/google/uuid"\n)\n\nfunc main() { fmt.Println(uuid.Who) }\n',
      'uuid/go.mod': 'module github.com/google/uuid\n\ngo 1.24\n',
      'uuid/uuid.go': 'package uuid\n\nconst Who = "the author"\n',
    });
    const here = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    // Nothing can be fetched, so nothing was.
    const context = { ...each.context, env: { ...each.context.env, GOPROXY: 'off' } };
    const built = spec(join(each.root, 'fn'), { architecture: here });
    const { path } = await builder(each.output, context)(built);
    expect(spawnSync(join(path, 'bootstrap'), { encoding: 'utf8' }).stdout).toBe('the author\n');
    each.write({ 'go.work': 'go 1.24\n\nuse ./fn\n' });
    await expect(builder(each.output, { ...context, answers: new Map() })(built)).rejects.toThrow(
      'github.com/google/uuid',
    );
  });
});
