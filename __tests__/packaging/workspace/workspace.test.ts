import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { walk } from '../../../src/packaging/workspace/walk.ts';
import {
  openInside,
  resolveInside,
  type Workspace,
  workspace,
} from '../../../src/packaging/workspace/workspace.ts';

let base: string;
let root: string;
let space: Workspace;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-')));
  root = join(base, 'root');
  mkdirSync(join(root, 'src'), { recursive: true });
  mkdirSync(join(root, '..data'));
  writeFileSync(join(root, 'src', 'a.js'), 'a');
  writeFileSync(join(base, 'secret'), 'secret');
  space = workspace(root, false);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const place = { file: 'template.yaml', line: 3 };

describe('resolveInside', () => {
  it.each([['src'], ['./src/a.js'], ['src/../src'], ['.'], ['..data']])('takes %s', (written) => {
    expect(resolveInside(space, root, written, place)).toHaveProperty('path');
  });

  it.each([
    ['../secret', 'leads out of the workspace'],
    ['../nothing', 'leads out of the workspace'],
    ['/etc/passwd', 'leads out of the workspace'],
    ['link', 'leads out of the workspace'],
    ['folder/secret', 'leads out of the workspace'],
    ['file:///etc/passwd', 'is a URL'],
    ['src\0.js', 'NUL'],
    ['nothing', 'there is no file or folder'],
  ])('refuses %j', (written, message) => {
    symlinkSync('../secret', join(root, 'link'));
    symlinkSync('..', join(root, 'folder'));
    expect(resolveInside(space, root, written, place)).toMatchObject({
      problem: { message: expect.stringContaining(message), place },
    });
  });

  it('takes what leads out when that is allowed', () => {
    expect(resolveInside(workspace(root, true), root, '../secret', place)).toEqual({
      path: join(base, 'secret'),
    });
  });
});

describe('openInside', () => {
  it('sees a folder that was replaced by a link after the check', () => {
    const checked = resolveInside(space, root, 'src/a.js', place);
    if (!('path' in checked)) throw new Error('refused');
    mkdirSync(join(base, 'other'));
    writeFileSync(join(base, 'other', 'a.js'), 'stolen');
    renameSync(join(root, 'src'), join(root, 'gone'));
    symlinkSync('../other', join(root, 'src'));
    expect(() => openInside(space, checked.path)).toThrow('not a regular file of the workspace');
  });

  it('does not wait at a pipe', () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(() => openInside(space, join(root, 'pipe'))).toThrow('not a regular file');
  });

  it('does not follow a link and opens no folder', () => {
    symlinkSync('src/a.js', join(root, 'link'));
    expect(() => openInside(space, join(root, 'link'))).toThrow();
    expect(() => openInside(space, join(root, 'src'))).toThrow('not a regular file');
  });
});

describe('walk', () => {
  const names = () => walk(space, join(root, 'src')).map(({ kind, name }) => `${kind} ${name}`);

  it('sorts by code unit', () => {
    for (const name of ['b', 'B', 'ä', '_', 'a.b', 'a-b']) writeFileSync(join(root, 'src', name), '');
    expect(names()).toEqual(['file B', 'file _', 'file a-b', 'file a.b', 'file a.js', 'file b', 'file ä']);
  });

  it('takes the content behind links that lead elsewhere in the workspace', () => {
    mkdirSync(join(root, 'shared'));
    writeFileSync(join(root, 'shared', 'lib.js'), '');
    symlinkSync('../shared', join(root, 'src', 'shared'));
    symlinkSync('a.js', join(root, 'src', 'z.js'));
    expect(names()).toEqual(['file a.js', 'file shared/lib.js', 'link z.js']);
  });

  it('refuses every link that leads out or nowhere, and circles', () => {
    symlinkSync('../../secret', join(root, 'src', 'out'));
    symlinkSync('nothing', join(root, 'src', 'nowhere'));
    symlinkSync('..', join(root, 'src', 'circle'));
    for (const reason of ['leads back', 'leads nowhere', 'leads out']) expect(names).toThrow(reason);
  });

  it('keeps links to layers, which only Lambda has, and no others that lead out', () => {
    symlinkSync('/opt/nodejs/node_modules', join(root, 'src', 'node_modules'));
    symlinkSync('/opt//python/./lib', join(root, 'src', 'lib'));
    expect(walk(space, join(root, 'src'))).toEqual([
      { kind: 'file', name: 'a.js', path: join(root, 'src', 'a.js') },
      { kind: 'link', name: 'lib', target: '/opt/python/lib' },
      { kind: 'link', name: 'node_modules', target: '/opt/nodejs/node_modules' },
    ]);
    symlinkSync('/opt/../etc/passwd', join(root, 'src', 'passwd'));
    symlinkSync('/option', join(root, 'src', 'option'));
    expect(names).toThrow('the link passwd leads out');
    expect(names).toThrow('the link option leads nowhere');
  });

  it('leaves out what is skipped', () => {
    mkdirSync(join(root, 'src', '.git'));
    expect(walk(space, join(root, 'src'), (name) => name === '.git')).toHaveLength(1);
  });
});
