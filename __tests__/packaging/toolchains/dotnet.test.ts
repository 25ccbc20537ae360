import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../../src/packaging/toolchains/build.ts';
import type { DotnetBuild } from '../../../src/packaging/toolchains/spec.ts';
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

const spec = (directory: string, changes: Partial<DotnetBuild> = {}): DotnetBuild => ({
  kind: 'dotnet',
  directory,
  architecture: 'arm64',
  layer: false,
  ...changes,
});

/** Stands for the SDK, which is not on every machine: says what it was asked for, or fails as the compiler does. */
const SDK = `#!/usr/bin/env python3
import os, sys, zipfile
args = sys.argv[1:]
if args == ['--version']: print('10.0.100')
elif args == ['lambda', 'help']:
    if os.environ.get('WITHOUT_TOOLS'): sys.exit('Could not execute because the specified command or file was not found.')
    print('Amazon Lambda Tools for .NET Core applications (7.0.1)')
elif args[:3] == ['lambda', 'package', '--output-package']:
    if 'bad' in open('Function.cs').read():
        print(os.getcwd() + '/Function.cs(3,7): error CS0103: The name bad does not exist [' + os.getcwd() + '/fn.csproj]')
        sys.exit(1)
    with zipfile.ZipFile(args[3], 'w') as z:
        z.writestr('arguments.txt', ' '.join(args[4:]).replace(os.path.dirname(os.getcwd()), '<root>'))
        z.writestr('shared.txt', open('../shared/Shared.cs').read())
        program = zipfile.ZipInfo('bootstrap')
        program.external_attr = 0o100755 << 16
        z.writestr(program, '')
`;

const FILES = {
  'bin/dotnet': SDK,
  'app.sln': '',
  'fn/fn.csproj': '<Project/>',
  'fn/Function.cs': 'good',
  'shared/Shared.cs': 'shared',
};

const withSdk = ({ root, context }: Project) => ({
  ...context,
  env: { ...context.env, PATH: `${join(root, 'bin')}:${process.env.PATH}` },
});

const withoutPython =
  spawnSync('python3', ['--version']).status === 0
    ? undefined
    : '.NET is not tested: there is no python3 here';
if (withoutPython) console.warn(withoutPython);

(withoutPython ? describe.skip : describe)('.NET', () => {
  it('unpacks what Amazon.Lambda.Tools packed, from a copy that has the projects beside it', async () => {
    const each = project(FILES);
    const { path } = await builder(each.output, withSdk(each))(spec(join(each.root, 'fn')));
    expect(readdirSync(path).sort()).toEqual(['arguments.txt', 'bootstrap', 'shared.txt']);
    expect(readFileSync(join(path, 'shared.txt'), 'utf8')).toBe('shared');
    expect(statSync(join(path, 'bootstrap')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(path, 'arguments.txt'), 'utf8')).toBe(
      '--function-architecture arm64 --msbuild-parameters --runtime linux-arm64 -p:ContinuousIntegrationBuild=true -p:PathMap=<root>=/sources',
    );
    const layer = await builder(each.output, withSdk(each))(spec(join(each.root, 'fn'), { layer: true }));
    expect(readdirSync(layer.path)).toEqual(['dotnet']);
  });

  it('reports errors at their lines', async () => {
    const each = project({ ...FILES, 'fn/Function.cs': 'bad' });
    await expect(builder(each.output, withSdk(each))(spec(join(each.root, 'fn')))).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('CS0103: The name bad does not exist'),
          place: { file: 'fn/Function.cs', line: 3, column: 7 },
        },
      ],
    });
  });

  it('says what is missing', async () => {
    const each = project(FILES);
    const build = (env: Readonly<Record<string, string>>) => {
      const context = withSdk(each);
      return builder(each.output, { ...context, answers: new Map(), env: { ...context.env, ...env } })(
        spec(join(each.root, 'fn')),
      );
    };
    await expect(build({ PATH: '/nowhere' })).rejects.toMatchObject({
      problems: [{ message: 'dotnet was not found', next: expect.stringContaining('actions/setup-dotnet') }],
    });
    await expect(build({ WITHOUT_TOOLS: '1' })).rejects.toMatchObject({
      problems: [{ next: expect.stringContaining('dotnet tool install -g Amazon.Lambda.Tools') }],
    });
  });
});
