import { copyFile, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { canonicalJson, sha256 } from '../canonical.ts';
import { fileHash } from '../file-hash.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { TemplateDocument } from '../template/document.ts';
import { noEchoParameters } from '../template/parameters.ts';
import type { Assembly, Asset, NestedTemplate, SourceKind, StackAssembly } from './types.ts';

/** Bumped when a reader of the old form would misread the new one. */
const VERSION = 1;
const FILE = 'assembly.json';

/** `assembly.json`: the assembly with every file by its path below the folder, its digest and its size. */
interface StoredAssembly {
  readonly version: number;
  readonly source: SourceKind;
  readonly stacks: readonly StoredStack[];
}

interface StoredStack extends Omit<StackAssembly, 'template' | 'nested'> {
  readonly template: StoredTemplate;
  readonly nested: readonly (Omit<NestedTemplate, 'template'> & { readonly template: StoredTemplate })[];
  /** NoEcho parameters: their values are not stored and have to be given again. */
  readonly withheld: readonly string[];
}

interface StoredTemplate {
  readonly path: string;
  /** What people are told the template came from. */
  readonly name: string;
  readonly format: 'yaml' | 'json';
  readonly hash: string;
}

/**
 * Writes an assembly so that another job can deploy the very same bytes. Files are complete before `assembly.json`
 * names them. Values of NoEcho parameters are left out.
 *
 * @param folder `.sparta`
 * @returns the path of assembly.json
 */
export async function writeAssembly(assembly: Assembly, folder: string): Promise<string> {
  const stacks: StoredStack[] = [];
  for (const stack of assembly.stacks) stacks.push(await storeStack(stack, folder));
  const stored: StoredAssembly = { version: VERSION, source: assembly.source, stacks };
  const path = join(folder, FILE);
  await writeWhole(path, `${JSON.stringify(JSON.parse(canonicalJson(stored)), undefined, 2)}\n`);
  return path;
}

async function storeStack(stack: StackAssembly, folder: string): Promise<StoredStack> {
  const withheld = noEchoParameters(stack.template.template).filter((name) =>
    Object.hasOwn(stack.parameters, name),
  );
  const store = async (document: TemplateDocument, name: string): Promise<StoredTemplate> => {
    const path = join(stack.id, `${name}.${document.format}`);
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

async function storeAsset(asset: Asset, folder: string): Promise<Asset> {
  if (asset.path === undefined) return asset;
  const inside = relative(folder, asset.path);
  if (!inside.startsWith('..')) return { ...asset, path: posix(inside) };
  const extension = asset.kind === 'image' ? '.tar' : asset.extension;
  const path = join('assets', `${asset.hash.replace(':', '-')}${extension}`);
  await mkdir(join(folder, 'assets'), { recursive: true });
  const temporary = join(folder, `${path}.${process.pid}.tmp`);
  await copyFile(asset.path, temporary);
  await rename(temporary, join(folder, path));
  return { ...asset, path: posix(path) };
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const posix = (path: string): string => path.split(sep).join('/');

/**
 * Reads an assembly that another job wrote, after checking its version and every digest.
 *
 * @throws ProblemError with everything that is not as it was written
 */
export async function readAssembly(folder: string): Promise<Assembly> {
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8');
  let stored: StoredAssembly;
  try {
    stored = JSON.parse(text) as StoredAssembly;
  } catch (error) {
    throw new ProblemError({ message: `bad JSON: ${(error as Error).message}`, place: { file: path } });
  }
  if (stored?.version !== VERSION || !Array.isArray(stored.stacks)) {
    throw new ProblemError({
      message: `the assembly has version ${JSON.stringify(stored?.version)}; this action reads version ${VERSION}`,
      place: { file: path },
      next: 'Build and deploy with the same version of the action.',
    });
  }
  const problems: Problem[] = [];
  const stacks: StackAssembly[] = [];
  for (const stack of stored.stacks) stacks.push(await restoreStack(stack, folder, problems));
  if (problems.length > 0) throw new ProblemError(problems);
  return { source: 'assembly', stacks };
}

async function restoreStack(
  stored: StoredStack,
  folder: string,
  problems: Problem[],
): Promise<StackAssembly> {
  const { parseTemplate } = await import('../template/parse.ts');
  const template = async ({ path, name, hash }: StoredTemplate): Promise<TemplateDocument> => {
    const file = await checked(folder, path, hash, undefined, problems);
    const text = file === undefined ? '{"Resources":{}}' : await readFile(file, 'utf8');
    return parseTemplate(text, name);
  };
  const asset = async (each: Asset): Promise<Asset> => {
    if (each.path === undefined) return each;
    const hash = each.kind === 'image' ? undefined : each.hash;
    return { ...each, path: (await checked(folder, each.path, hash, each.size, problems)) ?? each.path };
  };
  const { withheld: _, ...stack } = stored;
  return {
    ...stack,
    template: await template(stored.template),
    nested: await Promise.all(
      stored.nested.map(async (each) => ({ ...each, template: await template(each.template) })),
    ),
    assets: await Promise.all(stored.assets.map(asset)),
  };
}

/** The absolute path of a file of the assembly, if it is what was written; links and ways out are refused. */
async function checked(
  folder: string,
  path: string,
  hash: string | undefined,
  size: number | undefined,
  problems: Problem[],
): Promise<string | undefined> {
  const absolute = resolve(folder, path);
  const problem = (message: string) => {
    problems.push({
      subject: path,
      message,
      place: { file: join(folder, FILE) },
      next: 'Build the assembly again.',
    });
    return undefined;
  };
  if (relative(folder, absolute).startsWith('..'))
    return problem('the assembly names a file outside of its folder');
  const found = await lstat(absolute).catch(() => undefined);
  if (!found?.isFile()) return problem('the assembly names a file that is not there');
  if (size !== undefined && found.size !== size)
    return problem(`the file has ${found.size} bytes instead of ${size}`);
  if (hash !== undefined && (await fileHash(absolute)) !== hash)
    return problem('the file is not what was built: its digest differs');
  return absolute;
}
