/**
 * `npm run test:sam [name]`: builds small projects with SAM CLI and with this action, and compares what each would deploy, file
 * by file.
 */
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzip } from '../src/packaging/archive/unzip.ts';
import { readElf } from '../src/packaging/elf.ts';
import { pythonTools } from './venv.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const PYTHON = `python${/\d+\.\d+/.exec(execFileSync('python3', ['--version'], { encoding: 'utf8' }))?.[0]}`;

interface Case {
  readonly template: string;
  readonly files: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Logical IDs of what is built. */
  readonly ids: readonly string[];
}

const serverless = (...resources: string[]) =>
  `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Arch: { Type: String, Default: x86_64 }
  Stage: { Type: String, Default: dev }
  Rt: { Type: String, Default: ${PYTHON} }
Conditions: { Prod: !Equals [!Ref Stage, prod] }
Mappings: { By: { dev: { arch: x86_64 }, prod: { arch: arm64 } } }
Resources:
${resources.map((each) => `  ${each}\n`).join('')}`;

const fn = (id: string, method: string, properties: string, build = '') =>
  `${id}: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: ${method} ${build && `, BuildProperties: { ${build} }`} }, Properties: { ${properties} } }`;
const layer = (id: string, method: string, properties: string, metadata = '') =>
  `${id}: { Type: AWS::Serverless::LayerVersion, Metadata: { BuildMethod: ${method} ${metadata} }, Properties: { ${properties} } }`;

const GO = {
  'go/go.mod': 'module example.com/go\n\ngo 1.24\n',
  'go/main.go': 'package main\n\nfunc main() {}\n',
};
const go = (id: string, architectures: string) =>
  fn(
    id,
    'go1.x',
    `CodeUri: go, Handler: bootstrap, Runtime: provided.al2023, Architectures: ${architectures}`,
  );
const TS = {
  'src/app.ts':
    'import schema from "./s.graphql";\ndeclare const STAGE: string; declare const shimmed: number;\nexport const handler = async (e: { a?: { b?: string } }) => [e?.a?.b ?? STAGE, shimmed, schema];\n',
  'src/s.graphql': 'type Query { hi: String }',
  'src/shim.js': 'export const shimmed = 1;\n',
  'src/package.json': '{ "name": "src", "version": "1.0.0" }\n',
};

const CASES: Readonly<Record<string, Case>> = {
  architectures: {
    template: serverless(
      go('Ref', '[!Ref Arch]'),
      go('If', '[!If [Prod, arm64, x86_64]]'),
      go('Mapped', '[!FindInMap [By, !Ref Stage, arch]]'),
    ),
    files: GO,
    parameters: { Arch: 'arm64', Stage: 'prod' },
    ids: ['Ref', 'If', 'Mapped'],
  },
  runtime: {
    template: serverless(fn('Fn', PYTHON, 'CodeUri: py, Handler: app.handler, Runtime: !Ref Rt')),
    files: { 'py/app.py': '', 'py/requirements.txt': 'markupsafe==3.0.3\n' },
    ids: ['Fn'],
  },
  conditions: {
    template: serverless(
      fn('Fn', 'nodejs22.x', 'CodeUri: !If [Prod, one, two], Handler: app.handler, Runtime: nodejs22.x'),
    ),
    files: { 'one/app.js': '1', 'two/app.js': '2' },
    parameters: { Stage: 'prod' },
    ids: ['Fn'],
  },
  esbuild: {
    template: serverless(
      fn(
        'Fn',
        'esbuild',
        'CodeUri: src, Handler: app.handler, Runtime: nodejs22.x',
        `Minify: false, Target: es2019, Define: ['STAGE="prod"'], Inject: [shim.js], Banner: ['js=/*mine*/'], Footer: ['js=/*end*/'], OutExtension: [.js=.cjs], Loader: [.graphql=text], MainFields: 'module,main', KeepNames: true, LegalComments: none, TreeShaking: 'false', EntryPoints: [app.ts]`,
      ),
    ),
    files: TS,
    ids: ['Fn'],
  },
  entries: {
    template: serverless(
      fn(
        'Fn',
        'esbuild',
        'CodeUri: ., Handler: api/orders.get, Runtime: nodejs22.x',
        'Minify: false, Target: es2020, EntryPoints: [src/api/orders.ts, src/jobs/clean.ts]',
      ),
    ),
    files: {
      'package.json': '{ "name": "x", "version": "1.0.0" }\n',
      'src/api/orders.ts': 'export const get = async (): Promise<number> => 1;\n',
      'src/jobs/clean.ts': 'export const run = async (): Promise<number> => 2;\n',
    },
    ids: ['Fn'],
  },
  handlers: {
    template: serverless(
      fn('Fn', 'esbuild', 'CodeUri: ., Handler: lib/deep/app.get, Runtime: nodejs22.x', 'Target: es2020'),
    ),
    files: {
      'package.json': '{ "name": "x", "version": "1.0.0" }\n',
      'lib/deep/app.js': 'exports.get = async () => 1;\n',
    },
    ids: ['Fn'],
  },
  loops: {
    template: serverless(
      "Fn::ForEach::Workers: [N, [Alpha, Beta], { '${N}Worker': { Type: AWS::Serverless::Function, Properties: { CodeUri: './src/${N}', Handler: !Sub '${N}.handler', Runtime: nodejs22.x } } }]",
      "Fn::ForEach::Made: [N, [One, Two], { 'Made${N}': { Type: AWS::Serverless::Function, Metadata: { BuildMethod: makefile }, Properties: { CodeUri: made, Handler: app.handler, Runtime: nodejs22.x } } }]",
    ),
    files: {
      'src/Alpha/Alpha.js': '1',
      'src/Beta/Beta.js': '2',
      'made/Makefile':
        'build-MadeOne:\n\techo 1 > $(ARTIFACTS_DIR)/app.js\nbuild-MadeTwo:\n\techo 2 > $(ARTIFACTS_DIR)/app.js\n',
    },
    ids: ['AlphaWorker', 'BetaWorker', 'MadeOne', 'MadeTwo'],
  },
  layers: {
    template: serverless(
      layer('Py', PYTHON, 'ContentUri: py'),
      layer('Bare', PYTHON, 'ContentUri: bare'),
      layer('Node', 'nodejs22.x', 'ContentUri: node'),
      layer(
        'Wheels',
        PYTHON,
        'ContentUri: wheels, CompatibleArchitectures: [arm64]',
        ', BuildArchitecture: arm64',
      ),
      layer('Made', 'makefile', 'ContentUri: made'),
    ),
    files: {
      'py/greetings/__init__.py': 'HI = 1\n',
      'py/limits.py': '',
      'py/requirements.txt': 'six==1.17.0\n',
      'bare/greetings/__init__.py': 'HI = 1\n',
      'node/index.js': 'exports.x = 1\n',
      'node/lib/hi.js': '',
      'node/package.json': '{ "name": "node", "version": "1.0.0", "dependencies": { "ms": "2.1.3" } }\n',
      'wheels/requirements.txt': 'markupsafe==3.0.3\n',
      'made/Makefile': 'build-Made:\n\tmkdir -p $(ARTIFACTS_DIR)/any\n\tcp Makefile $(ARTIFACTS_DIR)/any/\n',
    },
    ids: ['Py', 'Bare', 'Node', 'Wheels', 'Made'],
  },
  parents: {
    template: serverless(
      fn(
        'Auto',
        PYTHON,
        `CodeUri: src/orders, Handler: src.orders.app.handler, Runtime: ${PYTHON}`,
        'ParentPackageMode: auto',
      ),
      fn(
        'Explicit',
        PYTHON,
        `CodeUri: src/orders, Handler: a.b.app.handler, Runtime: ${PYTHON}`,
        'ParentPackageMode: explicit, ParentPackages: a.b',
      ),
    ),
    files: { 'src/orders/app.py': '', 'src/orders/requirements.txt': 'six==1.17.0\n' },
    ids: ['Auto', 'Explicit'],
  },
};

/** What says by whom and when packages were installed, or is written by each tool in its own way. */
const NOTES =
  /(^|\/)(__pycache__\/.*|\.package-lock\.json)$|\.dist-info\/(INSTALLER|REQUESTED|RECORD|direct_url\.json|uv_.*)$/;

/** Files below a folder: their contents, the targets of links, and the machine of native code. */
function contents(folder: string): Map<string, string> {
  const items = readdirSync(folder, { recursive: true, withFileTypes: true });
  const found = items.flatMap((each): [string, string][] => {
    const path = join(each.parentPath, each.name);
    const name = path.slice(folder.length + 1);
    if (NOTES.test(name)) return [];
    if (each.isSymbolicLink()) return [[name, `link to ${readlinkSync(path)}`]];
    if (!each.isFile()) return [];
    const bytes = readFileSync(path);
    const machine = name === 'bootstrap' ? readElf(bytes)?.machine : undefined;
    return [[name, machine ?? bytes.toString('base64')]];
  });
  return new Map(found.sort());
}

function checkOut(folder: string, { template, files }: Case): void {
  for (const [name, content] of Object.entries({ ...files, 'template.yaml': template })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

const ENV = {
  ...process.env,
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  SAM_CLI_TELEMETRY: '0',
  // The same esbuild for both.
  PATH: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
};

async function bySam(python: string, folder: string, each: Case): Promise<Map<string, Map<string, string>>> {
  const given = Object.entries(each.parameters ?? {}).map(([name, value]) => `${name}=${value}`);
  const overrides = given.length > 0 ? ['--parameter-overrides', ...given] : [];
  await run(python, ['-m', 'samcli', 'build', '--language-extensions', ...overrides], {
    cwd: folder,
    env: ENV,
  });
  return new Map(each.ids.map((id) => [id, contents(join(folder, '.aws-sam', 'build', id))]));
}

interface Stored {
  readonly stacks: readonly {
    readonly assets: readonly {
      readonly path: string;
      readonly targets: readonly { readonly path: readonly string[] }[];
    }[];
  }[];
}

async function byAction(folder: string, each: Case): Promise<Map<string, Map<string, string>>> {
  // Found beside the sources, as a project has it.
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['esbuild', '@esbuild'])
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  const given = Object.entries(each.parameters ?? {}).map(([name, value]) => `${name}=${value}`);
  const parameters = given.length > 0 ? ['--parameters', given.join('\n')] : [];
  const args = ['provision', '--noop', '--stack-name', 's', ...parameters];
  await run(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { cwd: folder, env: ENV });
  const stored = JSON.parse(readFileSync(join(folder, '.sparta', 'assembly.json'), 'utf8')) as Stored;
  const found = new Map<string, Map<string, string>>();
  for (const { path, targets } of stored.stacks[0]?.assets ?? []) {
    const unpacked = join(folder, '.sparta', `unpacked-${found.size}`);
    await unzip(join(folder, '.sparta', path), unpacked);
    for (const target of targets) found.set(target.path[1] ?? '', contents(unpacked));
  }
  return found;
}

/** Lines about what differs. */
function differences(
  id: string,
  sam: ReadonlyMap<string, string> = new Map(),
  ours: ReadonlyMap<string, string> = new Map(),
): string[] {
  const names = [...new Set([...sam.keys(), ...ours.keys()])].sort();
  return names.flatMap((name) => {
    const [theirs, own] = [sam.get(name), ours.get(name)];
    if (theirs === own) return [];
    if (own === undefined) return [`${id}: ${name} is only in what SAM builds`];
    return theirs === undefined ? [`${id}: ${name} is only in ours`] : [`${id}: ${name} differs`];
  });
}

const tools = await pythonTools('sam-cli');
if ('missing' in tools) {
  console.error(`SAM CLI is missing: ${tools.missing}.`);
  process.exit(1);
}
const filter = process.argv[2];
for (const [name, each] of Object.entries(CASES)) {
  if (filter !== undefined && name !== filter) continue;
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'sam-builds-')));
  try {
    const [theirs, ours] = [join(base, 'sam'), join(base, 'action')];
    for (const folder of [theirs, ours]) checkOut(folder, each);
    const sam = await bySam(join(tools.bin, 'python'), theirs, each);
    const own = await byAction(ours, each);
    const found = each.ids.flatMap((id) => differences(id, sam.get(id), own.get(id)));
    console.log(`${found.length === 0 ? 'same' : 'DIFFERS'}  ${name}: ${each.ids.join(', ')}`);
    for (const line of found) console.log(`  ${line}`);
    if (found.length > 0) process.exitCode = 1;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    console.log(`FAILS  ${name}: ${stdout}${stderr || error}`);
    process.exitCode = 1;
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
