import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { workspace } from '../../src/packaging/workspace/workspace.ts';
import { findSource } from '../../src/sources/find.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'find-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    const [name = '', text = ''] = file.split('=');
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), text);
  }
}

const find = (folder = '.', source?: string) =>
  findSource(workspace(root, false), join(root, folder), source && join(root, folder, source));

it('names the folders below that could be deployed, the nearest first', async () => {
  await write('services/deep/template.yml', 'orders/template.yaml', 'hello/sparta.config.ts', 'docs/a.md');
  await expect(find()).rejects.toThrow(
    /nothing to deploy found in this folder: .*\. Something is in hello\/, orders\/, services\/deep\/: set the input working-directory to the one that is meant\.$/,
  );
  await expect(find('services')).rejects.toThrow('Something is in services/deep/: set the input working-dir');
  await expect(find('services', '.')).rejects.toThrow(
    'Something is in deep/: set the input source to the one',
  );
});

it('says how an application of CDK that was not synthesized is made ready', async () => {
  await write('cdk.json={}');
  await expect(find()).rejects.toThrow('Run cdk synth before, which writes cdk.out');
});

it('takes the version file of a cloud assembly for no assembly', async () => {
  await write('cdk.out/cdk.out={}', 'cdk.out/A.template.json={}');
  await expect(find('.', 'cdk.out')).rejects.toThrow(
    /^input source: cdk\.out cannot be used: it holds no manifest\.json\. Run cdk synth again\.$/,
  );
  expect(await find()).toEqual({ kind: 'cdk', path: join(root, 'cdk.out') });
});

it('names CDK applications and programs that are built on Sparta', async () => {
  const goMod = 'go.mod=module x\nrequire github.com/mweagle/Sparta/v3 v3.0.0\n';
  await write(
    `go/${goMod}`,
    'go/cmd/app/main.go=package main\n',
    'go/lib/lib.go=package lib\n',
    'web/cdk.out/x=',
  );
  await expect(find()).rejects.toThrow('Something is in web/, go/cmd/app/: set the input');
});

it('names neither what others installed nor what was built, and not too many', async () => {
  await write('node_modules/x/template.yaml', '.aws-sam/build/template.yaml', 'a/b/c/d/e/template.yaml');
  await symlink(root, join(root, 'loop'));
  await expect(find()).rejects.toThrow(/Set the input source, or the input working-directory\.$/);
  await write(...Array.from('abcdefg', (name) => `${name}/template.yaml`));
  await expect(find()).rejects.toThrow('Something is in a/, b/, c/, d/, e/ and 2 more: set the input');
});

it('finds what is in the folder itself, whatever is below', async () => {
  await write('template.yaml', 'orders/template.yaml');
  expect(await find()).toMatchObject({ kind: 'template' });
});
