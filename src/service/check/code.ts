import { posix } from 'node:path';
import type { TemplatePath } from '../../template/types.ts';
import { functionCode } from '../marshal/handler.ts';
import type { Fault } from '../schema/check.ts';
import type { CheckedFunction, Facts } from './facts.ts';

/** Code that cannot be told, or is not on the disk. */
export function* codeFaults({ fn, path }: CheckedFunction, { kindOf }: Facts): Generator<Fault> {
  const code = functionCode(fn);
  if ('message' in code) {
    yield { path, ...code };
    return;
  }
  const { build } = fn;
  const at = fn.handler === undefined ? [...path, 'build'] : [...path, 'handler'];
  const wanted: readonly (readonly [
    path: string | undefined,
    kind: 'file' | 'folder' | 'any',
    at: TemplatePath,
  ])[] =
    code.kind === 'go'
      ? [[code.source, 'folder', at]]
      : code.kind === 'node' || code.kind === 'python'
        ? [[code.source, 'file', at]]
        : build?.kind === 'image'
          ? [
              [build.directory, 'folder', [...path, 'build', 'directory']],
              [
                posix.join(build.directory, build.dockerfile ?? 'Dockerfile'),
                'file',
                [...path, 'build', 'dockerfile'],
              ],
            ]
          : build?.kind === 'prebuilt'
            ? [[build.path, 'any', [...path, 'build', 'path']]]
            : [];
  const folder = build && 'directory' in build && build.kind !== 'image' ? build.directory : undefined;
  const checks = [...wanted, [folder, 'folder', [...path, 'build', 'directory']] as const];
  for (const [file, kind, where] of checks) {
    if (file === undefined) continue;
    const found = kindOf(file);
    if (found === undefined) {
      yield {
        path: where,
        message: `there is no ${kind === 'any' ? 'file or folder' : kind} ${file}`,
        next: 'Paths are relative to the definition.',
      };
    } else if (kind !== 'any' && found !== kind) {
      yield { path: where, message: `${file} is a ${found}, but has to be a ${kind}` };
    }
  }
}
