import { randomUUID } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { canonicalJson, sha256 } from '../hash/canonical.ts';
import { fileHash } from '../hash/file-hash.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { TemplateDocument } from '../template/document.ts';
import { noEchoParameters } from '../template/parameters.ts';
import {
  STORED_ASSEMBLY,
  type StoredAssembly,
  type StoredAsset,
  type StoredStack,
  type StoredTemplate,
  VERSION,
} from './stored.ts';
import type { Assembly, Asset, StackAssembly } from './types.ts';

const FILE = 'assembly.json';

/**
 * Writes an assembly so that another job can deploy the very same bytes. Files are complete before `assembly.json`
 * names them. Values of NoEcho parameters are left out.
 *
 * @param folder `.sparta`
 * @param name of one of several assemblies in the folder, which share their archives: its file is `<name>.assembly.json`
 * @returns the path of assembly.json
 */
export async function writeAssembly(assembly: Assembly, folder: string, name = ''): Promise<string> {
  const stacks: StoredStack[] = [];
  for (const stack of assembly.stacks) stacks.push(await storeStack(stack, folder, name));
  const stored: StoredAssembly = { version: VERSION, source: assembly.source, stacks };
  const path = join(folder, name === '' ? FILE : `${name}.${FILE}`);
  await writeWhole(path, `${JSON.stringify(JSON.parse(canonicalJson(stored)), undefined, 2)}\n`);
  return path;
}

async function storeStack(stack: StackAssembly, folder: string, within: string): Promise<StoredStack> {
  const withheld = noEchoParameters(stack.template.template).filter((name) =>
    Object.hasOwn(stack.parameters, name),
  );
  const store = async (document: TemplateDocument, name: string): Promise<StoredTemplate> => {
    const path = join(within, stack.id, `${name}.${document.format}`);
    await writeWhole(join(folder, path), document.text);
    return { path: posix(path), name: document.file, format: document.format, hash: sha256(document.text) };
  };
  return {
    ...stack,
    template: await store(stack.template, 'template'),
    nested: await Promise.all(
      stack.nested.map(async (each) => ({
        ...each,
        template: await store(each.template, join('nested', each.id)),
      })),
    ),
    assets: await Promise.all(stack.assets.map((asset) => storeAsset(asset, folder))),
    parameters: Object.fromEntries(
      Object.entries(stack.parameters).filter(([name]) => !withheld.includes(name)),
    ),
    withheld,
  };
}

async function storeAsset(asset: Asset, folder: string): Promise<StoredAsset> {
  if (asset.path === undefined) return asset;
  const path = await storeFile(asset.path, asset, folder);
  if (asset.kind !== 'image') return { ...asset, path };
  return { ...asset, path, fileHash: await fileHash(asset.path) };
}

/** The path below the folder; a file from somewhere else is copied in. */
async function storeFile(file: string, asset: Asset, folder: string): Promise<string> {
  if (isInside(folder, file)) return posix(relative(folder, file));
  const extension = asset.kind === 'image' ? '.tar' : asset.extension;
  const path = join('assets', `${asset.hash.replace(':', '-')}${extension}`);
  await whole(join(folder, path), (temporary) => copyFile(file, temporary));
  return posix(path);
}

const writeWhole = (path: string, content: string): Promise<void> =>
  whole(path, (temporary) => writeFile(temporary, content));

/** Whoever sees the file sees all of it. */
async function whole(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function isInside(folder: string, path: string): boolean {
  const inside = relative(folder, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}

const posix = (path: string): string => path.split(sep).join('/');

/**
 * Reads an assembly that another job wrote, after checking its version, its shape and every digest. Nothing of it is
 * executed.
 *
 * @param path the folder, or the file of one of several assemblies in a folder
 * @throws ProblemError with everything that is not as it was written
 */
export async function readAssembly(path: string): Promise<Assembly> {
  const file = path.endsWith('.json') ? path : join(path, FILE);
  const folder = dirname(file);
  const stored = await readStored(file);
  const root = await realpath(folder);
  const problems: Problem[] = [];
  const stacks: StackAssembly[] = [];
  for (const stack of stored.stacks) {
    const restored = await restoreStack(stack, { file, folder, root, problems });
    if (restored) stacks.push(restored);
  }
  if (problems.length > 0) throw new ProblemError(problems);
  return { source: 'assembly', stacks };
}

async function readStored(path: string): Promise<StoredAssembly> {
  const place = { file: path };
  const next = 'Build and deploy with the same version of the action.';
  const content = await readFile(path, 'utf8').catch((error: Error) => {
    throw new ProblemError({ message: `the assembly cannot be read: ${error.message}`, place });
  });
  let stored: StoredAssembly;
  try {
    stored = JSON.parse(content) as StoredAssembly;
  } catch (error) {
    throw new ProblemError({ message: `bad JSON: ${(error as Error).message}`, place });
  }
  if (stored?.version !== VERSION) {
    const message = `the assembly has version ${JSON.stringify(stored?.version)}; this action reads version ${VERSION}`;
    throw new ProblemError({ message, place, next });
  }
  const wrong = STORED_ASSEMBLY(stored, '');
  if (wrong.length > 0) throw new ProblemError(wrong.map((message) => ({ message, place, next })));
  return stored;
}

interface Reading {
  /** assembly.json, for messages. */
  readonly file: string;
  readonly folder: string;
  /** The folder without links on the way. */
  readonly root: string;
  readonly problems: Problem[];
}

/** `undefined` when one of its templates is not as it was written. */
async function restoreStack(stored: StoredStack, reading: Reading): Promise<StackAssembly | undefined> {
  const { withheld: _, ...stack } = stored;
  const template = await restoreTemplate(stored.template, reading);
  const nested = await Promise.all(
    stored.nested.map(async (each) => ({ ...each, template: await restoreTemplate(each.template, reading) })),
  );
  const assets = await Promise.all(stored.assets.map((asset) => restoreAsset(asset, reading)));
  const whole = nested.flatMap((each) => (each.template ? [{ ...each, template: each.template }] : []));
  return template && whole.length === nested.length
    ? { ...stack, template, nested: whole, assets }
    : undefined;
}

async function restoreTemplate(
  { path, name, format, hash }: StoredTemplate,
  reading: Reading,
): Promise<TemplateDocument | undefined> {
  const file = await checked(path, { hash }, reading);
  if (file === undefined) return undefined;
  const { parseTemplate } = await import(/* webpackMode: "eager" */ '../template/read/parse.ts');
  try {
    return parseTemplate(await readFile(file), name, format);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    reading.problems.push(...error.problems);
    return undefined;
  }
}

async function restoreAsset(stored: StoredAsset, reading: Reading): Promise<Asset> {
  if (stored.path === undefined) return stored;
  if (stored.kind !== 'image')
    return { ...stored, path: (await checked(stored.path, stored, reading)) ?? stored.path };
  const { fileHash: hash, ...image } = stored;
  return {
    ...image,
    path: (await checked(stored.path, { hash, size: stored.size }, reading)) ?? stored.path,
  };
}

/** The absolute path of a file of the assembly, if it is what was written; links and ways out are refused. */
async function checked(
  path: string,
  { hash, size }: { readonly hash: string | undefined; readonly size?: number },
  { file, folder, root, problems }: Reading,
): Promise<string | undefined> {
  const absolute = resolve(folder, path);
  const wrong = await wrongWith();
  if (wrong === undefined) return absolute;
  const place = { file };
  problems.push({ subject: path, message: wrong, place, next: 'Build the assembly again.' });
  return undefined;

  async function wrongWith(): Promise<string | undefined> {
    if (isAbsolute(path) || !isInside(folder, absolute))
      return 'the assembly names a file outside of its folder';
    const found = await lstat(absolute).catch(() => undefined);
    if (!found?.isFile()) return 'the assembly names a file that is not there';
    if (!isInside(root, await realpath(absolute)))
      return 'the assembly names a file behind a link out of its folder';
    if (size !== undefined && found.size !== size)
      return `the file has ${found.size} bytes instead of ${size}`;
    if (hash === undefined) return 'the assembly does not tell its digest';
    if ((await fileHash(absolute)) !== hash) return 'the file is not what was built: its digest differs';
    return undefined;
  }
}
