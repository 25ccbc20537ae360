import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionHost } from '../../src/local/function-host.ts';
import type { LocalFunction } from '../../src/local/functions/function.ts';
import { hostFunctions } from '../../src/local/host.ts';
import type { InvokeError, InvokeResult, InvokeSuccess } from '../../src/local/invoke.ts';
import type { HostOptions } from '../../src/local/runtime/environment-pool.ts';

export const fixtures = join(import.meta.dirname, 'fixtures');

/** A function of the fixtures; Node unless told otherwise. */
export function localFunction(over: Partial<LocalFunction> = {}): LocalFunction {
  return {
    logicalId: 'Hello',
    name: over.logicalId ?? 'Hello',
    runtime: 'nodejs24.x',
    handler: 'behaviour.handler',
    architecture: 'x86_64',
    code: { kind: 'directory', path: join(fixtures, 'node') },
    layers: [],
    environment: {},
    timeout: 60,
    memory: 128,
    region: 'us-east-1',
    account: '123456789012',
    qualifiers: [],
    ...over,
  };
}

export interface TestHost extends FunctionHost {
  /** Everything that functions wrote. */
  readonly written: () => string;
  readonly warnings: readonly string[];
}

/** A host with a work directory of its own, which `stop` removes. */
export function testHost(functions: readonly LocalFunction[], options: Partial<HostOptions> = {}): TestHost {
  const workDirectory = mkdtempSync(join(tmpdir(), 'local-'));
  const warnings: string[] = [];
  let text = '';
  const host = hostFunctions(functions, {
    workDirectory,
    output: (more) => {
      text += more;
    },
    warn: (message) => warnings.push(message),
    ...options,
  });
  return {
    ...host,
    warnings,
    written: () => text,
    async stop() {
      await host.stop();
      rmSync(workDirectory, { recursive: true, force: true });
    },
  };
}

export function succeeded(result: InvokeResult): InvokeSuccess {
  if (result.kind !== 'success')
    throw new Error(
      `expected success, got ${JSON.stringify(result.kind === 'throttled' ? result : result.error)}`,
    );
  return result;
}

export function failed(result: InvokeResult): InvokeError {
  if (result.kind !== 'function-error') throw new Error(`expected a function error, got ${result.kind}`);
  return result;
}

export const jsonOf = (result: InvokeResult): unknown => JSON.parse(succeeded(result).payload.toString());
