import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { leadsToLayers, unzip } from '../../packaging/archive/unzip.ts';
import { inlineFileOf } from '../../runtimes.ts';
import type { LocalCode, LocalFunction } from '../functions/function.ts';
import { imageProgram, unpackImage } from './image.ts';

/** A function's files as its process will find them. */
export interface PreparedCode {
  /** `LAMBDA_TASK_ROOT` */
  readonly taskRoot: string;
  /** What would be `/opt`; absent without layers. */
  readonly layers?: string;
}

/** Unpacks what is packed, and lays layers over one another in their order. */
export async function prepareCode(fn: LocalFunction, workDirectory: string): Promise<PreparedCode> {
  await mkdir(workDirectory, { recursive: true });
  await endPackageSearch(workDirectory);
  if (fn.layers.length === 0) {
    const taskRoot = await directoryOf(fn.code, workDirectory, fn);
    // An image brings its `/opt` along.
    return fn.code.kind === 'image' ? { taskRoot, layers: join(taskRoot, 'opt') } : { taskRoot };
  }
  const layers = await layersOf(fn, workDirectory);
  return { taskRoot: await besideLayers(fn, layers, workDirectory), layers };
}

async function layersOf(fn: LocalFunction, workDirectory: string): Promise<string> {
  const layers = await Promise.all(fn.layers.map((layer) => directoryOf(layer, workDirectory, fn)));
  const [only] = layers;
  if (layers.length === 1 && only !== undefined) return only;
  const merged = await mkdtemp(join(workDirectory, 'layers-'));
  for (const layer of layers) await cp(layer, merged, { recursive: true, verbatimSymlinks: true });
  return merged;
}

/** Links to `/opt` lead to the layers of this function. */
async function besideLayers(fn: LocalFunction, layers: string, workDirectory: string): Promise<string> {
  const { code } = fn;
  if (code.kind !== 'zip' || !(await leadsToLayers(code.path))) return directoryOf(code, workDirectory, fn);
  const own = join(workDirectory, `code-${code.hash}-${basename(layers)}`);
  return once(own, (directory) => unzip(code.path, directory, layers));
}

/**
 * Ends Node's search for packages at this folder, as nothing lies above Lambda's. The file appears whole, because
 * functions that run already may be looking for it.
 */
async function endPackageSearch(directory: string): Promise<void> {
  const file = join(directory, 'package.json');
  const written = `${file}.${randomUUID()}`;
  await writeFile(written, '{}');
  await rename(written, file);
}

async function directoryOf(code: LocalCode, workDirectory: string, fn: LocalFunction): Promise<string> {
  switch (code.kind) {
    case 'directory':
      return code.path;
    case 'zip':
      return once(join(workDirectory, `code-${code.hash}`), (directory) => unzip(code.path, directory));
    case 'image':
      // What a container tool runs stays as it is.
      if (!(await imageProgram(fn, code)).alone) return workDirectory;
      return once(join(workDirectory, `image-${code.digest.replace(':', '-')}`), (directory) =>
        unpackImage(code.path, fn.architecture, directory),
      );
    case 'inline': {
      const directory = await mkdtemp(join(workDirectory, 'inline-'));
      await writeFile(join(directory, inlineFileOf(fn.runtime) ?? 'index.js'), code.text);
      return directory;
    }
  }
}

/** Directories that are being filled by this process: functions may share an archive. */
const filling = new Map<string, Promise<string>>();

/** Fills a directory that is there only when it is complete, even if two processes fill it at the same time. */
function once(directory: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const known = filling.get(directory);
  if (known) return known;
  const filled = fillOnce(directory, fill).finally(() => filling.delete(directory));
  filling.set(directory, filled);
  return filled;
}

async function fillOnce(directory: string, fill: (directory: string) => Promise<void>): Promise<string> {
  if (existsSync(directory)) return directory;
  const partial = `${directory}.${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await fill(partial);
  try {
    await rename(partial, directory);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(directory)) throw error;
  }
  return directory;
}
