import { execFile, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { ContainerTool } from '../../../packaging/image/image.ts';
import { blobName, type OciImage, openImage, tarHeader } from '../../../packaging/image/oci-archive.ts';
import { ProblemError } from '../../../problem.ts';
import type { LocalCode, LocalFunction } from '../../functions/function.ts';
import type { ImageProgram } from '../image.ts';
import { type ContainerEngine, findEngine } from './engine.ts';
import { type Container, startContainer } from './run.ts';
import type { ContainerSettings } from './variables.ts';

const run = promisify(execFile);

/** Starts the container of an environment, which asks for its events at an address of the Runtime API. */
export type ContainerStart = (settings: ContainerSettings, runtimeApi: string) => Container;

/**
 * Gives the image of a function to what can run it.
 *
 * @throws ProblemError when nothing here can
 */
export async function containerImage(
  fn: LocalFunction,
  { code, program }: { readonly code: Extract<LocalCode, { kind: 'image' }>; readonly program: ImageProgram },
  options: { readonly containerTool?: ContainerTool; readonly warn: (message: string) => void },
): Promise<ContainerStart> {
  const engine = await kept(engines, options.containerTool ?? '', () =>
    findEngine(options.containerTool),
  ).catch((error) => {
    if (!(error instanceof ProblemError)) throw error;
    const { message, ...rest } = error.problems[0] ?? { message: '' };
    throw new ProblemError({
      ...rest,
      subject: fn.logicalId,
      message: `its image needs a container, as ${program.words[0]} is no program that runs by itself, and ${message}`,
    });
  });
  const here = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  if (fn.architecture !== here)
    options.warn(
      `${fn.logicalId}: its image is for ${fn.architecture}, which this machine (${here}) has to emulate`,
    );
  if (!engine.limitsMemory)
    options.warn(`${fn.logicalId}: its memory is not limited, as ${engine.tool} may not do that here`);
  const image = await openImage(code.path, fn.architecture);
  const name = `localhost/sparta-action-local:${image.descriptor.digest.replace(/^\w+:/, '').slice(0, 32)}`;
  await kept(loaded, JSON.stringify([engine.tool, name]), () =>
    loadOnce(image, { engine, name, subject: fn.logicalId }),
  );
  return (settings, runtimeApi) => startContainer({ engine, name, program }, settings, runtimeApi);
}

interface Loading {
  readonly engine: ContainerEngine;
  readonly name: string;
  readonly subject: string;
}

/** Engines that answered, by what was asked for. */
const engines = new Map<string, Promise<ContainerEngine>>();
/** Images that engines have: functions may share one. */
const loaded = new Map<string, Promise<void>>();

/** What is being made or was made already; what failed is tried again. */
function kept<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key);
  if (known) return known;
  const making = make();
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}

async function loadOnce(image: OciImage, loading: Loading): Promise<void> {
  const { engine, name } = loading;
  const known = await run(engine.tool, ['image', 'inspect', name], { env: engine.env }).then(
    () => true,
    () => false,
  );
  if (!known) await load(image, loading);
}

async function load(image: OciImage, { engine, name, subject }: Loading): Promise<void> {
  const child = spawn(engine.tool, ['load'], { env: engine.env, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1000);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // A tool that gives up says why; the broken pipe says nothing.
  const [, code] = await Promise.all([
    pipeline(Readable.from(archiveOf(image, name)), child.stdin).catch(() => undefined),
    ended,
  ]);
  if (code === 0) return;
  const why = said.trim().split('\n').at(-1);
  throw new ProblemError({ subject, message: `${engine.tool} does not take its image: ${why}` });
}

/**
 * The image as `docker save` writes it: what every version of both tools takes, with a name of our choice.
 * Source: Docker image specification v1.2, "Combined Image JSON + Filesystem Changeset Format".
 */
async function* archiveOf({ manifest, stream }: OciImage, name: string): AsyncGenerator<Buffer> {
  const { config, layers } = manifest;
  const description = [{ Config: blobName(config), RepoTags: [name], Layers: layers.map(blobName) }];
  const text = Buffer.from(JSON.stringify(description));
  const pad = (size: number): Buffer => Buffer.alloc((512 - (size % 512)) % 512);
  yield Buffer.concat([tarHeader('manifest.json', text.length), text, pad(text.length)]);
  for (const blob of new Map([config, ...layers].map((each) => [each.digest, each])).values()) {
    yield tarHeader(blobName(blob), blob.size);
    for await (const chunk of stream(blob)) yield chunk as Buffer;
    yield pad(blob.size);
  }
  yield Buffer.alloc(1024);
}
