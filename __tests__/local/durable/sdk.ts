import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pinnedModules } from '../../../scripts/pinned-modules.ts';
import { pythonTools } from '../../../scripts/venv.ts';
import type { LocalFunction } from '../../../src/local/functions/function.ts';
import { localFunction } from '../functions.ts';

const run = promisify(execFile);

/** Folders with the fixtures, beside AWS's own SDKs. */
export interface DurableCode {
  readonly node: string;
  readonly python: string;
  /** Where Python finds its SDK. */
  readonly pythonPath: string;
  remove(): void;
}

/** @throws Error when the SDKs cannot be had */
export async function durableCode(): Promise<DurableCode> {
  const [modules, tools] = await Promise.all([pinnedModules('durable'), pythonTools('durable')]);
  if ('missing' in modules) throw new Error(modules.missing);
  if ('missing' in tools) throw new Error(tools.missing);
  const folder = mkdtempSync(join(tmpdir(), 'durable-'));
  cpSync(join(import.meta.dirname, 'fixtures'), folder, { recursive: true });
  symlinkSync(modules.modules, join(folder, 'node_modules'));
  const { stdout } = await run(join(tools.bin, 'python'), [
    '-c',
    'import sysconfig; print(sysconfig.get_path("purelib"))',
  ]);
  return {
    node: folder,
    python: folder,
    pythonPath: stdout.trim(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A durable function of `fixtures/cases.mjs`. */
export const durableFunction = (
  code: DurableCode,
  name: string,
  over: Partial<LocalFunction> = {},
): LocalFunction =>
  localFunction({
    logicalId: name,
    handler: `cases.${name}`,
    code: { kind: 'directory', path: code.node },
    timeout: 30,
    memory: 512,
    durable: { executionTimeout: 1_000_000 },
    ...over,
  });
