import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockedPackages } from '../../../src/packaging/archive/packages/lock-files.ts';

const root = resolve(import.meta.dirname, '../../..');
const named = (file: string, text: string) =>
  lockedPackages(file, text).map(({ name, version }) => `${name} ${version}`);

describe('packages of a lock file', () => {
  it('are read of npm, with licences and install scripts', () => {
    const text = readFileSync(resolve(root, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(text) as { packages: object };
    const found = lockedPackages('package-lock.json', text);
    expect(found).toHaveLength(Object.keys(packages).length - 1);
    expect(found.find(({ name }) => name === 'esbuild')).toMatchObject({ licence: 'MIT', installs: true });
  });

  it.each([
    [
      'app/pnpm-lock.yaml',
      "packages:\n\n  '@acme/one@1.2.0':\n    resolution: {integrity: x}\n\n  two@3.0.0-rc.1(one@1.2.0):\n    x: y\n\n  /three@4.0.0:\n    x: y\n",
      ['@acme/one 1.2.0', 'two 3.0.0-rc.1', 'three 4.0.0'],
    ],
    [
      'yarn.lock',
      '# yarn lockfile v1\n\n"@acme/one@^1.0.0", "@acme/one@^1.2.0":\n  version "1.2.0"\n  resolved "x"\n\ntwo@^3.0.0:\n  version "3.1.0"\n',
      ['@acme/one 1.2.0', 'two 3.1.0'],
    ],
    [
      'yarn.lock',
      '"@acme/one@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "x"\n\n"two@npm:3":\n  version: 3.1.0\n',
      ['@acme/one 1.2.0', 'two 3.1.0'],
    ],
    ['uv.lock', '[[package]]\nname = "one"\nversion = "1.0"\nsource = {}\n', ['one 1.0']],
    [
      'requirements.txt',
      'one==1.0 \\\n    --hash=sha256:x\ntwo[extra]==2.0; python_version > "3"\nthree>=1\n',
      ['one 1.0', 'two 2.0'],
    ],
    [
      'go.mod',
      'module example.com/app\n\ngo 1.26\n\nrequire (\n\tgithub.com/acme/one v1.2.0\n\texample.com/two/v3 v3.0.0 // indirect\n)\nrequire gopkg.in/four.v1 v1.0.0\n',
      ['github.com/acme/one v1.2.0', 'example.com/two/v3 v3.0.0', 'gopkg.in/four.v1 v1.0.0'],
    ],
    ['package-lock.json', '{', []],
    ['package-lock.json', 'null', []],
    ['README.md', 'one==1.0', []],
  ])('are read of %s', (file, text, packages) => {
    expect(named(file, text)).toEqual(packages);
  });
});
