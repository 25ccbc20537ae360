import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import { listArchive } from '../../src/packaging/archive/zip-reader.ts';
import { NETWORK_SETTINGS } from '../support/network.ts';
import { makeWorkspace, runCli } from '../support/runner.ts';

let workspace: Awaited<ReturnType<typeof makeWorkspace>>;
/** Where package managers keep what they fetched. */
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'));
});
afterEach(() => workspace.remove());
afterAll(() => rm(home, { recursive: true }));

const template = (properties: string, method: string) =>
  `Transform: AWS::Serverless-2016-10-31\nResources:\n  Hello:\n    Type: AWS::Serverless::Function\n    Properties: { CodeUri: fn, ${properties} }\n    Metadata: { BuildMethod: ${method} }\n`;

/** Builds the function from nothing, and runs what would be deployed. */
async function invoke(env: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const args = ['invoke', 'Hello', '--stack-name', 'x'];
  const all = { ...NETWORK_SETTINGS, HOME: home, ...env };
  const { exitCode, output, stdout } = await runCli(args, workspace.path, all);
  expect([exitCode, exitCode === 0 ? '' : output]).toEqual([0, '']);
  return JSON.parse(stdout);
}

async function archived(): Promise<string[]> {
  const folder = join(workspace.path, '.sparta', 'assets');
  const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.zip'));
  return (await listArchive(join(folder, name))).map((entry) => entry.name);
}

const PYPROJECT = '[project]\nversion = "9.0"\nrequires-python = ">=3.10"\n';
const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n';
const version = spawnSync('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
  encoding: 'utf8',
}).stdout.trim();

const uv = await pythonTools('uv');
const withoutUv = 'missing' in uv ? `uv is not tested: ${uv.missing}` : undefined;
if (withoutUv) console.warn(withoutUv);

describe('a function of a SAM template that takes packages of the repository', () => {
  /** PyPI has an `iniconfig`, too, of a stranger. */
  (withoutUv ? it.skip : it)(
    'runs with the member of its uv workspace, not with what PyPI has of that name',
    async () => {
      workspace = await makeWorkspace({
        'template.yaml': template(`Handler: app.handler, Runtime: python${version}`, 'python-uv'),
        'pyproject.toml': '[tool.uv.workspace]\nmembers = ["fn", "lib"]\n',
        'fn/pyproject.toml': `${PYPROJECT}name = "fn"\ndependencies = ["iniconfig"]\n[tool.uv.sources]\niniconfig = { workspace = true }\n`,
        'fn/app.py': 'import iniconfig\ndef handler(event, context): return iniconfig.OURS\n',
        'lib/pyproject.toml': `${PYPROJECT}name = "iniconfig"\n${SETUPTOOLS}`,
        'lib/src/iniconfig/__init__.py': 'OURS = True\n',
        'uv.lock': `version = 1
requires-python = ">=3.10"

[manifest]
members = ["fn", "iniconfig"]

[[package]]
name = "fn"
version = "9.0"
source = { virtual = "fn" }
dependencies = [{ name = "iniconfig" }]

[package.metadata]
requires-dist = [{ name = "iniconfig", editable = "lib" }]

[[package]]
name = "iniconfig"
version = "9.0"
source = { editable = "lib" }
`,
      });
      expect(await invoke({ PATH: `${'bin' in uv ? uv.bin : ''}:${process.env.PATH}` })).toBe(true);
      expect((await archived()).filter((name) => name.startsWith('iniconfig/'))).toEqual([
        'iniconfig/__init__.py',
      ]);
      expect((await archived()).join('\n')).not.toMatch(/\.pth$|direct_url|__editable__/m);
    },
  );

  it('runs with a package that is required as editable, from the archive alone', async () => {
    workspace = await makeWorkspace({
      'template.yaml': template(`Handler: app.handler, Runtime: python${version}`, `python${version}`),
      'fn/requirements.txt': '-e ../lib\n',
      'fn/app.py': 'import ordlib\ndef handler(event, context): return ordlib.RATE\n',
      'lib/pyproject.toml': `${PYPROJECT}name = "ordlib"\n${SETUPTOOLS}`,
      'lib/src/ordlib/__init__.py': 'RATE = "OLD"\n',
    });
    expect(await invoke()).toBe('OLD');
    expect((await archived()).join('\n')).not.toMatch(/\.pth$|direct_url|__editable__/m);
  });

  it('runs with the member of its npm workspace', async () => {
    workspace = await makeWorkspace({
      'template.yaml': template('Handler: app.handler, Runtime: nodejs24.x', 'nodejs24.x'),
      'package.json': '{ "name": "all", "private": true, "workspaces": ["fn", "is-number"] }',
      'fn/package.json': '{ "name": "fn", "version": "1.0.0", "dependencies": { "is-number": "*" } }',
      'fn/app.js': "exports.handler = async () => require('is-number');\n",
      'is-number/package.json': '{ "name": "is-number", "version": "1.0.0" }',
      'is-number/index.js': "module.exports = 'ours';\n",
    });
    expect(await invoke()).toBe('ours');
    expect(await archived()).toEqual([
      'app.js',
      'node_modules/is-number/index.js',
      'node_modules/is-number/package.json',
      'package.json',
    ]);
  });
});

const BOOTSTRAP = `use std::io::{Read, Write};
use std::net::TcpStream;

fn exchange(api: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(api).unwrap();
    let length = body.len();
    write!(stream, "{head} HTTP/1.1\\r\\nHost: {api}\\r\\nConnection: close\\r\\nContent-Length: {length}\\r\\n\\r\\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn main() {
    let api = std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap();
    loop {
        let next = exchange(&api, "GET /2018-06-01/runtime/invocation/next", "").to_lowercase();
        let id = next.lines().find_map(|line| line.strip_prefix("lambda-runtime-aws-request-id: ")).unwrap();
        exchange(&api, &format!("POST /2018-06-01/runtime/invocation/{id}/response"), common::SAID);
    }
}
`;

const withoutCargo =
  process.platform === 'linux' && spawnSync('cargo', ['--version']).status === 0
    ? undefined
    : 'Rust is not tested: there is no cargo for Linux here';
if (withoutCargo) console.warn(withoutCargo);

(withoutCargo ? it.skip : it)(
  'a function in Rust is built with the package beside it, and runs',
  async () => {
    const manifest = (name: string) => `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n`;
    const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    workspace = await makeWorkspace({
      'template.yaml': template(
        `Handler: bootstrap, Runtime: provided.al2023, Architectures: [${architecture}]`,
        'rust-cargolambda',
      ),
      'fn/Cargo.toml': `${manifest('hello')}[dependencies]\ncommon = { path = "../common" }\n`,
      'fn/src/main.rs': BOOTSTRAP,
      'common/Cargo.toml': manifest('common'),
      'common/src/lib.rs': `pub const SAID: &str = "\\"ours\\"";\n`,
    });
    // Where rustup keeps its compilers: each step has a home of its own.
    const user = process.env.HOME ?? '';
    const env = {
      RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(user, '.rustup'),
      CARGO_HOME: process.env.CARGO_HOME ?? join(user, '.cargo'),
    };
    expect(await invoke(env)).toBe('ours');
    expect(await archived()).toEqual(['bootstrap']);
  },
);
