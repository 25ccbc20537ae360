import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from '../../src/log.ts';
import { fileIndex } from '../../src/packaging/inputs/file-index.ts';
import { observer } from '../../src/packaging/inputs/observe.ts';
import {
  builder,
  buildIdentity,
  earlierBuild,
  type ToolchainBuild,
} from '../../src/packaging/toolchains/build.ts';
import { buildStore } from '../../src/packaging/toolchains/build-store.ts';
import type { BuildContext } from '../../src/packaging/toolchains/context.ts';
import type { FileBuild } from '../../src/packaging/toolchains/spec.ts';

/** A log that keeps its lines. */
export function memoryLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  const keep = (level: string) => (message: string) => {
    lines.push(`${level} ${message}`);
  };
  const log = {
    lines,
    debug: keep('debug'),
    info: keep('info'),
    warning: keep('warning'),
    error: keep('error'),
    secret: () => undefined,
    redact: (text: string) => text,
  };
  return { ...log, group: (_title, body) => body(memoryLog()) };
}

export interface Project {
  /** The workspace, links resolved. */
  readonly root: string;
  readonly context: BuildContext & { readonly log: ReturnType<typeof memoryLog> };
  /** Receives what builds make. */
  readonly output: string;
  write(files: Readonly<Record<string, string>>): void;
  remove(): void;
}

/** A workspace of its own in a temporary folder. */
export function makeProject(files: Readonly<Record<string, string>>): Project {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'build-')));
  const root = join(base, 'work');
  mkdirSync(root);
  const write = (added: Readonly<Record<string, string>>): void => {
    for (const [name, text] of Object.entries(added)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
      if (text.startsWith('#!')) chmodSync(join(root, name), 0o755);
    }
  };
  write(files);
  const context = {
    space: { root, allowOutside: false },
    log: memoryLog(),
    signal: new AbortController().signal,
    env: process.env,
    tools: join(base, 'tools'),
    version: '1.2.3',
    files: fileIndex(),
    answers: new Map(),
  };
  return {
    root,
    context,
    output: join(root, '.sparta', 'build'),
    write,
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** Whether the toolchain runs for it, as a new run would find out. */
export async function isBuiltAgain(
  { output, context }: Project,
  spec: FileBuild,
  changes: Partial<BuildContext> = {},
): Promise<boolean> {
  return (await builder(output, { ...context, answers: new Map(), ...changes })(spec)).from === 'toolchain';
}

/** Why it would be built again, by the same tools; `undefined`: it would not. */
export async function whyBuiltAgain(
  { output, context }: Project,
  spec: ToolchainBuild,
): Promise<string | undefined> {
  const identity = await buildIdentity(spec, context);
  const earlier = earlierBuild(identity, buildStore(output, context.files), observer(context));
  return 'build' in earlier ? undefined : earlier.because;
}
