import { posix } from 'node:path';
import { DEFAULT_RUNTIMES } from '../../runtimes.ts';
import type { BuildDefinition } from '../build-types.ts';
import type { FunctionDefinition } from '../function-types.ts';

/** How the code of a function is made, what Lambda calls in it, and what it runs on. */
export type DefinedCode =
  | {
      readonly kind: 'go' | 'node' | 'python' | 'command' | 'prebuilt';
      /** What the definition names, relative to it: a file, or for Go a folder. */
      readonly source: string;
      /** Lambda's own property. */
      readonly handler: string;
      readonly runtime: string;
    }
  | { readonly kind: 'image' };

/** Languages by the ending of the handler's file. */
const ENDINGS: readonly (readonly [ending: RegExp, kind: 'node' | 'python'])[] = [
  [/\.[cm]?[jt]sx?$/, 'node'],
  [/\.py$/, 'python'],
];

/** What is wrong with how a function says where its code is. */
export interface HandlerFault {
  readonly message: string;
  readonly next: string;
}

const CUSTOM = 'custom';

/** Reads `handler`, `build` and `runtime` of a function together. */
export function functionCode(fn: FunctionDefinition): DefinedCode | HandlerFault {
  const { handler, build, runtime = fn.customRuntime && CUSTOM } = fn;
  if (build?.kind === 'image') return { kind: 'image' };
  if (handler === undefined) {
    return {
      message: 'the function has no code',
      next: 'Set handler, such as src/hello.ts, or build to an image.',
    };
  }
  const [file = '', name] = split(handler);
  const kind = build?.kind ?? ENDINGS.find(([ending]) => ending.test(file))?.[1] ?? 'go';
  switch (kind) {
    case 'go':
      return {
        kind,
        source: folderOf(build, file),
        handler: name ?? 'bootstrap',
        runtime: runtime ?? DEFAULT_RUNTIMES.go,
      };
    case 'node': {
      const base = posix.basename(file).replace(/\.[^.]+$/, '');
      return {
        kind,
        source: file,
        handler: `${base}.${name ?? 'handler'}`,
        runtime: runtime ?? DEFAULT_RUNTIMES.node,
      };
    }
    case 'python': {
      const module = posix.relative(pythonFolder(build, file), file).replace(/\.py$/, '');
      return {
        kind,
        source: file,
        handler: `${module.replaceAll('/', '.')}.${name ?? 'handler'}`,
        runtime: runtime ?? DEFAULT_RUNTIMES.python,
      };
    }
    default:
      if (runtime === undefined) {
        const message = `a function with a build of kind ${kind} has to name its runtime`;
        return { message, next: 'Set runtime, such as nodejs24.x.' };
      }
      return { kind, source: '', handler, runtime };
  }
}

/** The folder of a Python function that is packaged, relative to the definition. */
export const pythonFolder = (build: BuildDefinition | undefined, file: string): string =>
  (build?.kind === 'python' ? build.directory : undefined) ?? posix.dirname(file);

const folderOf = (build: BuildDefinition | undefined, file: string): string =>
  (build?.kind === 'go' ? build.directory : undefined) ?? file;

function split(handler: string): [string, string | undefined] {
  const at = handler.lastIndexOf('#');
  return at < 0 ? [handler, undefined] : [handler.slice(0, at), handler.slice(at + 1)];
}
