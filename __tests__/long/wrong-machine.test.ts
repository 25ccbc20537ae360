import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import { unzip } from '../../src/packaging/archive/unzip.ts';
import { readElf } from '../../src/packaging/elf.ts';
import { GO_SETTINGS, withoutGo } from '../support/go.ts';
import { NETWORK_SETTINGS } from '../support/network.ts';
import { makeWorkspace, runCli } from '../support/runner.ts';

/** What is built for a machine: how, and which files of the result are native code. */
interface Native {
  readonly type: 'Function' | 'LayerVersion';
  readonly properties: string;
  readonly metadata: string;
  readonly native: RegExp;
}

const TOOLCHAINS: Readonly<Record<string, Native>> = {
  Go: {
    type: 'Function',
    properties: 'CodeUri: go, Handler: bootstrap, Runtime: provided.al2023',
    metadata: 'BuildMethod: go1.x',
    native: /^bootstrap$/,
  },
  Python: {
    type: 'Function',
    properties: 'CodeUri: python, Handler: app.handler, Runtime: python3.13',
    metadata: 'BuildMethod: python3.13',
    native: /^markupsafe\/_speedups\..*\.so$/,
  },
  Node: {
    type: 'Function',
    properties: 'CodeUri: node, Handler: app.handler, Runtime: nodejs22.x',
    metadata: 'BuildMethod: nodejs22.x',
    native: /^node_modules\/@node-rs\/.*\.node$/,
  },
  Wheels: {
    type: 'LayerVersion',
    properties: 'ContentUri: python',
    metadata: 'BuildMethod: python3.13',
    native: /^python\/markupsafe\/_speedups\..*\.so$/,
  },
  Packages: {
    type: 'LayerVersion',
    properties: 'ContentUri: node',
    metadata: 'BuildMethod: nodejs22.x',
    native: /^nodejs\/node_modules\/@node-rs\/.*\.node$/,
  },
  Rust: {
    type: 'Function',
    properties: 'CodeUri: rust, Handler: bootstrap, Runtime: provided.al2023',
    metadata: 'BuildMethod: rust-cargolambda',
    native: /^bootstrap$/,
  },
};

const FILES = {
  'go/go.mod': 'module example.com/go\n\ngo 1.24\n',
  'go/main.go': 'package main\n\nfunc main() {}\n',
  'python/app.py': 'def handler(event, context): return 1\n',
  'python/requirements.txt': 'markupsafe==3.0.3\n',
  'node/app.js': 'exports.handler = async () => 1;\n',
  'node/package.json':
    '{ "name": "n", "version": "1.0.0", "dependencies": { "@node-rs/crc32": "1.10.6" } }\n',
  'rust/Cargo.toml': '[package]\nname = "r"\nversion = "0.1.0"\nedition = "2021"\n',
  'rust/Cargo.lock': 'version = 4\n\n[[package]]\nname = "r"\nversion = "0.1.0"\n',
  'rust/src/main.rs': 'fn main() {}\n',
};

const lambda = await pythonTools('cargo-lambda');
const hasRust =
  !('missing' in lambda) && spawnSync('rustup', ['target', 'add', 'aarch64-unknown-linux-gnu']).status === 0;
if (!hasRust) console.warn('Rust is not built for another machine: there is no cargo-lambda, or no rustup');
const names = Object.keys(TOOLCHAINS).filter((name) => name !== 'Rust' || hasRust);

const home = process.env.HOME ?? homedir();
const ENV = {
  ...GO_SETTINGS,
  ...NETWORK_SETTINGS,
  CARGO_HOME: process.env.CARGO_HOME ?? join(home, '.cargo'),
  RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(home, '.rustup'),
  PATH: `${'missing' in lambda ? '' : `${lambda.bin}:`}${process.env.PATH}`,
};

const HEAD = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Arch: { Type: String, Default: x86_64 }
  Hidden: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /arch }
Mappings: { By: { x86_64: { machine: x86_64 }, arm64: { machine: arm64 } } }
Conditions:
  Arm: !Equals [!Ref Arch, arm64]
  There: !Equals [!Ref Hidden, arm64]
`;

/** A resource of each toolchain, whose architecture is written in one way. */
function template(architectures: string | undefined, loop = false, globals = ''): string {
  const lines = names.map((name) => {
    const { type, properties, metadata } = TOOLCHAINS[name] as Native;
    const property = type === 'Function' ? 'Architectures' : 'CompatibleArchitectures';
    const written = architectures === undefined ? '' : `, ${property}: ${architectures}`;
    // Globals say nothing of layers.
    const own =
      type === 'LayerVersion' && globals !== '' ? ', CompatibleArchitectures: [!Ref Arch]' : written;
    const id = loop ? `'${name}&{A}'` : name;
    return `${id}: { Type: 'AWS::Serverless::${type}', Metadata: { ${metadata} }, Properties: { ${properties}${own} } }`;
  });
  const body = loop
    ? `  Fn::ForEach::Machines:\n    - A\n    - [x86_64, arm64]\n    - ${lines.join('\n      ')}\n`
    : lines.map((line) => `  ${line}\n`).join('');
  return `${HEAD}${globals}Resources:\n${body}`;
}

type Machine = 'x86_64' | 'arm64';
const BOTH = ['x86_64', 'arm64'] as const;

interface Stored {
  readonly stacks: readonly {
    readonly assets: readonly {
      readonly path: string;
      readonly targets: readonly { readonly path: readonly (string | number)[] }[];
    }[];
  }[];
}

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
beforeAll(async () => {
  workspace = await makeWorkspace(FILES);
});
afterAll(() => workspace.remove());

/** The machines of the native code that would be deployed, by `<logical ID>` or `<logical ID> <side of Fn::If>`. */
async function machines(text: string, parameters: string): Promise<Record<string, string>> {
  writeFileSync(join(workspace.path, 'template.yaml'), text);
  const args = ['provision', '--noop', '--stack-name', 's', '--parameters', parameters];
  const { exitCode, output } = await runCli(args, workspace.path, ENV);
  expect(`${exitCode === 0 ? '' : output}`).toBe('');
  const folder = join(workspace.path, '.sparta');
  const { stacks } = JSON.parse(readFileSync(join(folder, 'assembly.json'), 'utf8')) as Stored;
  const found: Record<string, string> = {};
  for (const { path, targets } of stacks[0]?.assets ?? []) {
    const unpacked = mkdtempSync(join(tmpdir(), 'machine-'));
    await unzip(join(folder, path), unpacked);
    for (const target of targets) {
      const [, id = ''] = target.path.map(String);
      const side = target.path.includes('Key') ? ` ${target.path.slice(-1)}` : '';
      if (target.path.includes('Bucket')) continue;
      const name = names.find((each) => id.startsWith(each)) ?? '';
      found[`${id}${side}`] = nativeIn(unpacked, TOOLCHAINS[name] as Native);
    }
    rmSync(unpacked, { recursive: true });
  }
  return found;
}

function nativeIn(folder: string, { native }: Native): string {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    native.test(name),
  );
  return files.map((name) => readElf(readFileSync(join(folder, name)))?.machine ?? name).join();
}

const all = (machine: string, id = (name: string) => name): Record<string, string> =>
  Object.fromEntries(names.map((name) => [id(name), machine]));

(withoutGo ? describe.skip : describe)('native code is for the machine that runs it', () => {
  it.each(
    BOTH.flatMap((machine): [string, Machine, string, string][] => [
      ['a literal', machine, template(`[${machine}]`), ''],
      ['a parameter', machine, template('[!Ref Arch]'), `Arch=${machine}`],
      ['a condition', machine, template('[!If [Arm, arm64, x86_64]]'), `Arch=${machine}`],
      ['a mapping', machine, template('[!FindInMap [By, !Ref Arch, machine]]'), `Arch=${machine}`],
      [
        'Globals',
        machine,
        template(undefined, false, 'Globals: { Function: { Architectures: [!Ref Arch] } }\n'),
        `Arch=${machine}`,
      ],
    ]),
  )('that %s names: %s', async (_, machine, text, parameters) => {
    expect(await machines(text, parameters || 'Arch=x86_64')).toEqual(all(machine));
  });

  it('that each item of a loop names', async () => {
    expect(await machines(template('[!Ref A]', true), 'Arch=x86_64')).toEqual({
      ...all('x86_64', (name) => `${name}x8664`),
      ...all('arm64', (name) => `${name}arm64`),
    });
  });

  it('that only the deployment decides on: one for each side', async () => {
    expect(await machines(template('[!If [There, arm64, x86_64]]'), 'Arch=x86_64')).toEqual({
      ...all('arm64', (name) => `${name} 1`),
      ...all('x86_64', (name) => `${name} 2`),
    });
  });
});
