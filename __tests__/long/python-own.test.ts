import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import { builder } from '../../src/packaging/toolchains/build.ts';
import type { PythonBuild } from '../../src/packaging/toolchains/spec.ts';
import { makeProject, type Project } from '../packaging/support.ts';
import { type PackageIndex, startPackageIndex } from '../support/package-index.ts';

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const uv = await pythonTools('uv');
const poetryFiles = await pythonTools('poetry');
/** Its script knows only the place where it was installed; the interpreter can be moved. */
const scripts = makeProject({
  poetry: `#!/bin/sh\nexec ${'bin' in poetryFiles ? poetryFiles.bin : ''}/python -m poetry "$@"\n`,
});
const poetry = 'bin' in poetryFiles ? { bin: scripts.root } : poetryFiles;
const path = (...tools: readonly Awaited<ReturnType<typeof pythonTools>>[]): string => {
  const without = (process.env.PATH ?? '').split(':').filter((folder) => !existsSync(join(folder, 'uv')));
  return [...tools.flatMap((each) => ('bin' in each ? [each.bin] : [])), ...without].join(':');
};

/** Builds wheels without anything from an index: as editable, one that points to the sources. */
const BACKEND = `
import os, zipfile
def wheel(folder, files, tag='py3-none-any', requires=()):
    notes = f'{NAME}-9.0.dist-info/'
    with zipfile.ZipFile(f'{folder}/{NAME}-9.0-{tag}.whl', 'w') as z:
        for name, text in files.items(): z.writestr(name, text)
        z.writestr(notes + 'METADATA', f'Metadata-Version: 2.1\\nName: {NAME}\\nVersion: 9.0\\n' + ''.join(f'Requires-Dist: {each}\\n' for each in requires))
        z.writestr(notes + 'WHEEL', f'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: {tag}\\n')
        z.writestr(notes + 'RECORD', ''.join(f'{each},,\\n' for each in [*z.namelist(), notes + 'RECORD']))
    return f'{NAME}-9.0-{tag}.whl'
def build_wheel(folder, config_settings=None, metadata_directory=None):
    open('left-behind', 'w').close()
    return wheel(folder, {f'{NAME}/__init__.py': open(f'src/{NAME}/__init__.py').read()}, TAG, REQUIRES)
def build_editable(folder, config_settings=None, metadata_directory=None):
    return wheel(folder, {f'_{NAME}.pth': os.path.abspath('src')})
`;

const lib = (folder: string, name: string, { tag = 'py3-none-any', requires = '[]', toml = '' } = {}) => ({
  [`${folder}/pyproject.toml`]: `[project]\nname = "${name}"\nversion = "9.0"\nrequires-python = ">=3.10"\n[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n${toml}`,
  [`${folder}/backend.py`]: `NAME, TAG, REQUIRES = '${name}', '${tag}', ${requires}\n${BACKEND}`,
  [`${folder}/src/${name}/__init__.py`]: `WHO = 'the author'\n`,
});

const APP = { 'fn/app.py': 'import shared\ndef handler(event, context): return shared.WHO\n' };
const FN = '[project]\nname = "fn"\nversion = "1.0"\nrequires-python = ">=3.10"\ndependencies = ["shared"]\n';

let index: PackageIndex;
beforeAll(async () => {
  index = await startPackageIndex({
    python: [
      { name: 'shared', version: '99.0', source: "WHO = 'a stranger'\n" },
      { name: 'deeper', version: '99.0', source: "WHO = 'a stranger'\n" },
    ],
  });
});
afterAll(() => {
  index.stop();
  scripts.remove();
});

const spec = (each: Project, changes: Partial<PythonBuild> = {}): PythonBuild => ({
  kind: 'python',
  directory: join(each.root, 'fn'),
  runtime: 'python3.13',
  architecture: 'arm64',
  ...changes,
});

/** The environment of a project that knows no index but ours. */
const settings = (PATH: string) => ({
  ...process.env,
  PATH,
  UV_DEFAULT_INDEX: index.simple,
  UV_NO_CACHE: '1',
  PIP_INDEX_URL: index.simple,
  PIP_NO_CACHE_DIR: '1',
  POETRY_CACHE_DIR: join(scripts.root, 'cache'),
});

const build = (each: Project, tools: string, changes: Partial<PythonBuild> = {}) =>
  builder(each.output, { ...each.context, answers: new Map(), env: settings(tools) })(spec(each, changes));

/** What the handler answers, from nothing but the folder that would be packaged. */
const answer = (folder: string): string =>
  spawnSync(
    'python3',
    ['-I', '-B', '-c', `import sys; sys.path.insert(0, '.'); import app; print(app.handler(0, 0))`],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  ).stdout.trim();

const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => `${item.name}\n${readFileSync(join(item.parentPath, item.name), 'latin1')}`)
    .join('\n');

/** Nothing of a stranger, no place of this machine, and the sources as they were. */
async function expectOwn(each: Project, built: Promise<{ readonly path: string }>): Promise<void> {
  const { path: folder } = await built;
  expect(answer(folder)).toBe('the author');
  expect(everything(folder)).not.toMatch(/\/tmp\/|file:\/\/|\.pth$/m);
  expect(index.taken).toEqual([]);
  expect(existsSync(join(each.root, 'lib', 'left-behind'))).toBe(false);
}

const uvWorkspace = () =>
  project({
    ...APP,
    ...lib('lib', 'shared'),
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["fn", "lib"]\n',
    'fn/pyproject.toml': `${FN}[tool.uv.sources]\nshared = { workspace = true }\n`,
  });

/** The index is served by this process, which must not wait. */
const lock = (each: Project, folder: string, program: 'uv' | 'poetry' = 'uv') =>
  promisify(execFile)(program, ['lock'], {
    cwd: join(each.root, folder),
    env: settings(path(program === 'uv' ? uv : poetry)),
  });

const withoutUv = 'missing' in uv ? `uv is not tested: ${uv.missing}` : undefined;
if (withoutUv) console.warn(withoutUv);

(withoutUv ? describe.skip : describe)('Packages of the author in Python, with uv', () => {
  it('come from the member of a workspace whose lock file is in its root', async () => {
    const each = uvWorkspace();
    await lock(each, '.');
    await expectOwn(each, build(each, path(uv)));
  });

  it('come from a path that tool.uv.sources names, and from what that names in turn', async () => {
    const each = project({
      ...APP,
      ...lib('lib', 'shared', {
        requires: '["deeper"]',
        toml: '[tool.uv.sources]\ndeeper = { path = "../deeper" }\n',
      }),
      ...lib('deeper', 'deeper'),
      'fn/pyproject.toml': `${FN}[tool.uv.sources]\nshared = { path = "../lib", editable = true }\n`,
      'fn/app.py':
        'import shared, deeper\ndef handler(event, context): return shared.WHO if shared.WHO == deeper.WHO else ""\n',
    });
    each.write({
      'lib/pyproject.toml': readFileSync(join(each.root, 'lib/pyproject.toml'), 'utf8').replace(
        'requires-python',
        'dependencies = ["deeper"]\nrequires-python',
      ),
    });
    await expect(build(each, path(uv))).rejects.toMatchObject({
      problems: [
        {
          message: 'shared is meant as tool.uv.sources says, but there is no uv.lock in fn',
          place: { file: 'fn/pyproject.toml' },
          next: 'Run uv lock, and commit uv.lock.',
        },
      ],
    });
    await lock(each, 'fn');
    await expectOwn(each, build(each, path(uv)));
    each.write({ 'fn/requirements.txt': '../lib\n' });
    await expectOwn(each, build(each, path(uv)));
  });

  it('are not looked for in an index when a member has no lock file, or a list names them alone', async () => {
    const each = uvWorkspace();
    await expect(build(each, path(uv))).rejects.toMatchObject({
      problems: [
        { message: 'shared is in lib, but there is no uv.lock in .', place: { file: 'fn/pyproject.toml' } },
      ],
    });
    each.write({ 'fn/requirements.txt': 'shared\n' });
    await expect(build(each, path(uv))).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining(
            'shared would come from a package index, but it is a package of the project',
          ),
          place: { file: 'fn/requirements.txt' },
        },
      ],
    });
    index.forget();
  });

  it('come from the index that one package is bound to, although another has the name', async () => {
    const other = await startPackageIndex({
      python: [{ name: 'shared', version: '1.0', source: "WHO = 'the author'\n" }],
    });
    try {
      const each = project({
        ...APP,
        'fn/pyproject.toml': `${FN}[tool.uv.sources]\nshared = { index = "ours" }\n[[tool.uv.index]]\nname = "ours"\nurl = "${other.simple}"\nexplicit = true\n`,
      });
      await lock(each, 'fn');
      expect(answer((await build(each, path(uv))).path)).toBe('the author');
      expect(index.taken).toEqual([]);
    } finally {
      other.stop();
    }
  });

  it('are taken anew from a folder of wheels, whatever uv remembers of the same version', async () => {
    const wheel = (each: Project, who: string) => {
      each.write({ 'wheels/note': '' });
      each.write({ 'lib/src/shared/__init__.py': `WHO = '${who}'\n` });
      const script = "import backend; backend.build_wheel('../wheels')";
      expect(spawnSync('python3', ['-c', script], { cwd: join(each.root, 'lib') }).status).toBe(0);
    };
    const projects = {
      'requirements.txt': { 'fn/requirements.txt': '--no-index\n--find-links ../wheels\nshared\n' },
      'uv.lock': { 'fn/pyproject.toml': `${FN}[tool.uv]\nno-index = true\nfind-links = ["../wheels"]\n` },
      'pyproject.toml': {
        'fn/pyproject.toml': `${FN}[tool.uv]\nno-index = true\nfind-links = ["../wheels"]\n`,
      },
    };
    for (const [where, files] of Object.entries(projects)) {
      const each = project({ ...APP, ...lib('lib', 'shared'), ...files });
      wheel(each, 'old');
      // uv's cache is there in each run of a runner of one's own.
      const { UV_NO_CACHE: _, UV_DEFAULT_INDEX: __, ...others } = settings(path(uv));
      const env = { ...others, UV_CACHE_DIR: join(each.root, '..', 'cache') };
      if (where === 'uv.lock') await promisify(execFile)('uv', ['lock'], { cwd: join(each.root, 'fn'), env });
      const said = async () =>
        answer((await builder(each.output, { ...each.context, answers: new Map(), env })(spec(each))).path);
      expect([where, await said()]).toEqual([where, 'old']);
      wheel(each, 'new');
      expect([where, await said()]).toEqual([where, 'new']);
    }
  });

  it('are named by setup.py alone', async () => {
    const { 'lib/pyproject.toml': _, ...files } = lib('lib', 'shared');
    const each = project({
      ...APP,
      ...files,
      'lib/pyproject.toml':
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
      'lib/setup.py': "from setuptools import setup\nsetup(name='shared')\n",
      'fn/requirements.txt': '../lib ; python_version >= "3.10"\n',
    });
    await expectOwn(each, build(each, path(uv)));
    await expectOwn(each, build(each, path()));
  });

  it('are refused where they are compiled here for another machine or Python', async () => {
    const each = project({
      ...APP,
      ...lib('lib', 'shared', { tag: 'cp39-cp39-linux_x86_64' }),
      'fn/requirements.txt': '../lib\n',
    });
    await expect(build(each, path(uv))).rejects.toThrow(
      'shared is compiled when it is built, here to shared-9.0-cp39-cp39-linux_x86_64.whl',
    );
  });
});

describe('Packages of the author in Python, with pip', () => {
  it('that are required as editable are installed as they are, from files that name other files, too', async () => {
    const each = project({
      ...APP,
      ...lib('lib', 'shared'),
      'fn/requirements.txt': '-r ../requirements/common.txt\n',
      'requirements/common.txt': '# shared by all\n-e ../lib\n',
    });
    await expectOwn(each, build(each, path()));
    if (!withoutUv) await expectOwn(each, build(each, path(uv)));
  });

  it('are refused where only uv knows which they are', async () => {
    const each = uvWorkspace();
    each.write({
      'fn/requirements.txt': '../lib\n',
      ...lib('lib', 'shared', { toml: '[tool.uv.sources]\nx = { path = "../x" }\n' }),
    });
    await expect(build(each, path())).rejects.toMatchObject({
      problems: [
        {
          message: 'uv was not found, and only uv reads where packages come from here',
          place: { file: 'lib/pyproject.toml' },
          next: expect.stringContaining('astral-sh/setup-uv'),
        },
      ],
    });
  });

  it('are refused where they are compiled here for another machine or Python', async () => {
    const [version = ''] =
      /\d+\.\d+/.exec(spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout) ?? [];
    const tag = `cp${version.replace('.', '')}`;
    const each = project({
      ...APP,
      ...lib('lib', 'shared', {
        tag: `${tag}-${tag}-linux_${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}`,
      }),
      'fn/requirements.txt': '../lib\n',
    });
    await expect(build(each, path(), { runtime: 'python3.9' })).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringMatching(
            /^shared is compiled when it is built, here for cp.*; the function runs on Python 3\.9$/,
          ),
          place: { file: 'fn/requirements.txt' },
        },
      ],
    });
  });
});

const withoutPoetry = 'missing' in poetry ? `Poetry is not tested: ${poetry.missing}` : undefined;
if (withoutPoetry) console.warn(withoutPoetry);

(withoutPoetry ? describe.skip : describe)('Packages of the author in Python, with Poetry', () => {
  const files = (dependencies: string) => ({
    ...APP,
    ...lib('lib', 'shared'),
    'fn/pyproject.toml': `[tool.poetry]\nname = "fn"\nversion = "1.0"\ndescription = ""\nauthors = []\npackage-mode = false\n[tool.poetry.dependencies]\npython = ">=3.10"\n${dependencies}\n[[tool.poetry.source]]\nname = "ours"\nurl = "${index.simple}"\npriority = "primary"\n`,
  });

  it('come from paths, editable or not, beside what has hashes', async () => {
    for (const develop of ['true', 'false']) {
      const each = project(files(`shared = { path = "../lib", develop = ${develop} }\ndeeper = "*"`));
      await expect(build(each, path(poetry))).rejects.toMatchObject({
        problems: [
          {
            message: expect.stringContaining('there is no poetry.lock'),
            place: { file: 'fn/pyproject.toml' },
          },
        ],
      });
      await lock(each, 'fn', 'poetry');
      index.forget();
      const tools = develop === 'true' || withoutUv ? path(poetry) : path(poetry, uv);
      const { path: folder } = await build(each, tools);
      expect(answer(folder)).toBe('the author');
      expect(existsSync(join(folder, 'deeper', '__init__.py'))).toBe(true);
      expect(everything(folder)).not.toMatch(/\/tmp\/|file:\/\/|\.pth$/m);
      expect(index.taken).not.toContain('shared-99.0-py3-none-any.whl');
      await expect(build(each, path(uv))).rejects.toMatchObject({
        problems: [
          {
            message: 'Poetry, or its plugin export, was not found, and the requirements are in its lock file',
            place: { file: 'fn/poetry.lock' },
          },
        ],
      });
    }
    index.forget();
  });
});
