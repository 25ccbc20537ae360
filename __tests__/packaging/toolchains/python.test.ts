import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { PythonBuild } from '../../../src/packaging/toolchains/spec.ts';
import { makeProject, type Project } from '../support.ts';

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const spec = (directory: string, changes: Partial<PythonBuild> = {}): PythonBuild => ({
  kind: 'python',
  directory,
  runtime: 'python3.13',
  architecture: 'arm64',
  ...changes,
});

/** Writes a wheel with a module, a script and a record. */
function makeWheel(folder: string, tag: string): void {
  const script = `
import sys, zipfile
name = 'greeting-1.0.dist-info/'
with zipfile.ZipFile(f'{sys.argv[1]}/greeting-1.0-{sys.argv[2]}.whl', 'w') as z:
    z.writestr('greeting/__init__.py', 'def main(): print("hello")\\n')
    z.writestr(name + 'METADATA', 'Metadata-Version: 2.1\\nName: greeting\\nVersion: 1.0\\n')
    z.writestr(name + 'WHEEL', f'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {sys.argv[2]}\\n')
    z.writestr(name + 'entry_points.txt', '[console_scripts]\\ngreet = greeting:main\\n')
    z.writestr(name + 'RECORD', ''.join(f'{n},,\\n' for n in z.namelist()) + name + 'RECORD,,\\n')`;
  expect(spawnSync('python3', ['-c', script, folder, tag]).status).toBe(0);
}

const REQUIREMENTS = '--no-index\n--find-links wheels\n\ngreeting==1.0\n';

describe('Python', () => {
  it('puts sources and wheels for the platform together, the same in any place', async () => {
    const trees: string[][] = [];
    for (const folder of ['a', 'another/place']) {
      const each = project({ [`${folder}/app.py`]: 'import greeting\n' });
      const directory = join(each.root, folder);
      each.write({
        [`${folder}/requirements.txt`]: REQUIREMENTS,
        [`${folder}/wheels/x`]: '',
        [`${folder}/__pycache__/app.pyc`]: '',
      });
      makeWheel(join(directory, 'wheels'), 'cp313-cp313-manylinux_2_28_aarch64');
      const { path, from } = await builder(each.output, each.context)(spec(directory));
      expect(from).toBe('toolchain');
      const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((item) =>
        item.isFile(),
      );
      const paths = names.map((item) => join(item.parentPath, item.name).slice(path.length + 1)).sort();
      expect(paths).toEqual(
        expect.arrayContaining([
          'app.py',
          'bin/greet',
          'greeting/__init__.py',
          'greeting-1.0.dist-info/METADATA',
        ]),
      );
      expect(paths.join('\n')).not.toMatch(/pyc|INSTALLER|REQUESTED|direct_url/);
      expect(readFileSync(join(path, 'bin/greet'), 'utf8')).toMatch(/^#!\/usr\/bin\/env python3\n/);
      trees.push(
        paths
          .filter((name) => !name.startsWith('wheels/'))
          .map((name) => `${name}\n${readFileSync(join(path, name), 'utf8')}`),
      );
    }
    expect(trees[1]).toEqual(trees[0]);
  });

  it('says which requirement has no wheel for the platform, at its line', async () => {
    const { root, output, context } = project({
      'app.py': '',
      'requirements.txt': REQUIREMENTS,
      'wheels/x': '',
    });
    makeWheel(join(root, 'wheels'), 'cp313-cp313-manylinux_2_28_x86_64');
    await expect(builder(output, context)(spec(root))).rejects.toMatchObject({
      problems: [
        {
          message: 'greeting has no release as a wheel for python3.13 on arm64',
          place: { file: 'requirements.txt', line: 4 },
        },
      ],
    });
  });

  it('takes the dependencies of a pyproject.toml, and refuses those in the form of Poetry', async () => {
    const pyproject = '[project]\nname = "x"\nversion = "1"\ndependencies = ["greeting>=1"]\n';
    const { root, output, context, write } = project({
      'app.py': '',
      'pyproject.toml': pyproject,
      'wheels/x': '',
    });
    makeWheel(join(root, 'wheels'), 'py3-none-any');
    const env = {
      ...context.env,
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: join(root, 'wheels'),
      UV_NO_INDEX: '1',
      UV_FIND_LINKS: join(root, 'wheels'),
    };
    const { path } = await builder(output, { ...context, env })(spec(root));
    expect(existsSync(join(path, 'greeting', '__init__.py'))).toBe(true);
    write({ 'pyproject.toml': '[tool.poetry.dependencies]\nx = "1"\n' });
    await expect(builder(output, context)(spec(root))).rejects.toThrow('write them to requirements.txt');
  });

  it('tells every syntax error with its place, unless Python here is older than the runtime', async () => {
    const { root, output, context } = project({
      'a.py': 'def f(:\n',
      'b/c.py': 'x = 1\n  y = 2\n',
      'good.py': 'x = 1\n',
    });
    await expect(builder(output, context)(spec(root, { runtime: 'python3.9' }))).rejects.toMatchObject({
      problems: [
        { place: { file: 'a.py', line: 1 }, message: expect.stringContaining('SyntaxError') },
        { place: { file: 'b/c.py', line: 2 } },
      ],
    });
    expect((await builder(output, context)(spec(root, { runtime: 'python3.99' }))).from).toBe('toolchain');
  });
});
