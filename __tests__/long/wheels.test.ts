import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import { builder } from '../../src/packaging/toolchains/build.ts';
import {
  pipPlatforms,
  uvPlatform,
  wheelGlibc,
} from '../../src/packaging/toolchains/python/wheel-platforms.ts';
import type { PythonBuild } from '../../src/packaging/toolchains/spec.ts';
import { makeProject, type Project } from '../packaging/support.ts';

const made: Project[] = [];
afterAll(() => {
  for (const each of made) each.remove();
});

const MAKE = `
import sys, zipfile
folder, python, tag = sys.argv[1:]
name = 'native-1.0.dist-info/'
with zipfile.ZipFile(f'{folder}/native-1.0-{python}-{python}-{tag}.whl', 'w') as z:
    z.writestr('native/__init__.py', '')
    z.writestr(name + 'METADATA', 'Metadata-Version: 2.1\\nName: native\\nVersion: 1.0\\n')
    z.writestr(name + 'WHEEL', f'Wheel-Version: 1.0\\nRoot-Is-Purelib: false\\nTag: {python}-{python}-{tag}\\n')
    z.writestr(name + 'RECORD', ''.join(f'{n},,\\n' for n in z.namelist()) + name + 'RECORD,,\\n')`;

const uv = await pythonTools('uv');
const path = {
  // Of the folders that hold uv, none is left.
  pip: (process.env.PATH ?? '')
    .split(':')
    .filter((folder) => !existsSync(join(folder, 'uv')))
    .join(':'),
  uv: `${'missing' in uv ? '' : `${uv.bin}:`}${process.env.PATH}`,
};

async function install(
  installer: 'pip' | 'uv',
  runtime: string,
  tag: string,
  { version = '1.0', ...changes }: Partial<PythonBuild> & { readonly version?: string } = {},
): Promise<readonly string[]> {
  const each = makeProject({
    'requirements.txt': `--no-index\n--find-links wheels\nnative==${version}\n`,
    'wheels/x': '',
    'app.py': '',
  });
  made.push(each);
  const python = `cp${runtime.replace(/\D/g, '')}`;
  expect(spawnSync('python3', ['-c', MAKE, join(each.root, 'wheels'), python, tag]).status).toBe(0);
  const context = { ...each.context, env: { ...process.env, PATH: path[installer] } };
  const spec = { kind: 'python', directory: each.root, runtime, architecture: 'x86_64', ...changes } as const;
  return builder(
    each.output,
    context,
  )(spec).then(
    (result) => [existsSync(join(result.path, changes.into ?? '', 'native')) ? 'installed' : 'missing'],
    (error: Error) => error.message.split('\n'),
  );
}

describe.each(['pip', 'uv'] as const)('wheels that %s takes', (installer) => {
  it.each<[string, string]>([
    // Amazon Linux 2023 has glibc 2.34.
    ['python3.12', 'manylinux_2_34_x86_64'],
    // Amazon Linux 2 has glibc 2.26.
    ['python3.11', 'manylinux_2_26_x86_64'],
    ['python3.10', 'manylinux1_x86_64'],
  ])('are those that %s can load: %s', async (runtime, tag) => {
    expect(await install(installer, runtime, tag)).toEqual(['installed']);
  });

  it('are the same for layers', async () => {
    expect(await install(installer, 'python3.12', 'manylinux_2_28_x86_64', { into: 'python' })).toEqual([
      'installed',
    ]);
  });

  it('are missing where there is no such version', async () => {
    expect(await install(installer, 'python3.12', 'manylinux2014_x86_64', { version: '2.0' })).toEqual([
      'native has no release as a wheel for python3.12 on x86_64 (requirements.txt:3). Correct the version, or build it in a container with a build command.',
    ]);
  });

  it.each<[string, string, string]>([
    [
      'python3.11',
      'manylinux_2_27_x86_64',
      'native needs a newer glibc than the 2.26 of python3.11: its wheels for x86_64 are for newer systems only (requirements.txt:3). Require an older version of it, or use python3.12 or later, which has glibc 2.34.',
    ],
    [
      'python3.12',
      'manylinux_2_35_x86_64',
      'native needs a newer glibc than the 2.34 of python3.12: its wheels for x86_64 are for newer systems only (requirements.txt:3). Require an older version of it, or build it in a container with a build command.',
    ],
    [
      'python3.12',
      'manylinux_2_28_aarch64',
      'native has no release as a wheel for python3.12 on x86_64 (requirements.txt:3). Correct the version, or build it in a container with a build command.',
    ],
  ])('are not those that %s cannot load, and it is said why: %s', async (runtime, tag, message) => {
    expect(await install(installer, runtime, tag)).toEqual([message]);
  });
});

it('platforms of pip are all that a machine can load, with their older names', () => {
  const spec = { runtime: 'python3.11', architecture: 'x86_64' } as const;
  expect(wheelGlibc(spec)).toBe(26);
  const tags = pipPlatforms(spec, 26);
  expect(tags[0]).toBe('manylinux_2_26_x86_64');
  for (const name of ['manylinux2014', 'manylinux2010', 'manylinux1', 'linux', 'manylinux_2_5'])
    expect(tags).toContain(`${name}_x86_64`);
  const arm = pipPlatforms({ architecture: 'arm64' }, 34);
  expect(arm).toContain('manylinux2014_aarch64');
  expect(arm).not.toContain('manylinux1_aarch64');
  expect(uvPlatform(spec, 26)).toBe('x86_64-manylinux_2_17');
  expect(uvPlatform({ architecture: 'arm64' }, 34)).toBe('aarch64-manylinux_2_34');
});
