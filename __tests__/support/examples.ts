import { cp, mkdir, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeWorkspace } from './runner.ts';

const root = resolve(import.meta.dirname, '../..');

/** A copy of an example, as a repository that was checked out and whose packages are installed. */
export async function exampleWorkspace(name: string): ReturnType<typeof makeWorkspace> {
  const workspace = await makeWorkspace({});
  const isSource = (path: string) => !/\/(\.sparta|node_modules|bootstrap)(\/|$)/.test(path);
  await cp(join(root, 'examples', name), workspace.path, { recursive: true, filter: isSource });
  const packages = join(workspace.path, 'node_modules');
  await mkdir(packages);
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(packages, each));
  return workspace;
}
