import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Extensions, extensionsIn, extensionsOf, watchExtension } from '../extensions.ts';
import { EXTENSIONS } from '../image.ts';
import type { RuntimeApi } from '../runtime-api.ts';
import type { ContainerEngine } from './engine.ts';

const run = promisify(execFile);

/** A container that is being started, or runs. */
export interface NamedContainer {
  readonly engine: ContainerEngine;
  readonly name: string;
  /** What the engine calls its image. */
  readonly image: string;
}

/** Milliseconds between two looks at whether a container runs. */
const LOOK = 50;

/** Extensions of images that were looked into, by tool and name. */
const known = new Map<string, readonly string[]>();

/**
 * Starts the extensions that an image has, in the container of its function: as soon as that runs, because a program that
 * an extension adapts to Lambda asks for no event by itself.
 */
export function startContainerExtensions(
  container: NamedContainer,
  output: (text: string) => void,
  api: RuntimeApi,
): Extensions {
  const { engine } = container;
  let isOver = false;
  const starting = namesOf(container, () => isOver).then((names) =>
    extensionsOf(
      isOver ? [] : names.map((name) => watchExtension(name, { child: start(name), api, output })),
    ),
  );
  function start(name: string): ChildProcess {
    return spawn(engine.tool, ['exec', container.name, `${EXTENSIONS}/${name}`], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: engine.env,
    });
  }
  const kill = (): void => {
    isOver = true;
    void starting.then((extensions) => extensions.kill());
  };
  return {
    ready: starting.then(({ ready }) => ready),
    kill,
    async end(graceMs) {
      isOver = true;
      await (await starting).end(graceMs);
    },
  };
}

/** The names of the extensions of a container's image: of one whose container ended before, nobody knows. */
async function namesOf(container: NamedContainer, isOver: () => boolean): Promise<readonly string[]> {
  const key = JSON.stringify([container.engine.tool, container.image]);
  while (!isOver() && known.get(key)?.length !== 0) {
    if (await isRunning(container)) {
      const names = known.get(key) ?? (await look(container));
      // A container that is gone has no files to look at.
      if (names.length > 0 || (await isRunning(container))) known.set(key, names);
      return names;
    }
    await pause(LOOK);
  }
  return [];
}

async function isRunning({ engine, name }: NamedContainer): Promise<boolean> {
  const asked = ['inspect', '--format', '{{.State.Running}}', name];
  const { stdout } = await run(engine.tool, asked, { env: engine.env }).catch(() => ({ stdout: '' }));
  return stdout.trim() === 'true';
}

/** Not every image has a program that lists files. */
async function look({ engine, name }: NamedContainer): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sparta-extensions-'));
  try {
    await run(engine.tool, ['cp', `${name}:${EXTENSIONS}`, folder], { env: engine.env });
    return extensionsIn(join(folder, basename(EXTENSIONS)));
  } catch {
    // As of most images, there is no such folder.
    return [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
