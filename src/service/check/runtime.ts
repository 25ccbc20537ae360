import { buildOf, DEFAULT_RUNTIMES, deprecatedFrom, RUNTIMES } from '../../runtimes.ts';
import { closest } from '../../text/closest.ts';
import { functionCode } from '../marshal/handler.ts';
import type { Fault } from '../schema/check.ts';
import type { CheckedFunction, Facts } from './facts.ts';

/** A runtime that is none, or does not run what the build makes. */
export function* runtimeFaults({ fn, path }: CheckedFunction, { today }: Facts): Generator<Fault> {
  const { runtime, customRuntime } = fn;
  if (customRuntime !== undefined && runtime !== undefined && runtime !== 'custom')
    yield {
      path: [...path, 'runtime'],
      message: `with customRuntime the runtime is custom, not ${runtime}`,
      next: 'Leave runtime out.',
    };
  if (customRuntime === undefined && runtime === 'custom')
    yield {
      path: [...path, 'runtime'],
      message: 'the runtime custom says nothing without customRuntime',
      next: 'Add customRuntime, with arn and alias.',
    };
  if (runtime === undefined || runtime === 'custom') return;
  if (RUNTIMES.includes(runtime)) {
    const code = functionCode(fn);
    const isBuilt = 'kind' in code && Object.hasOwn(DEFAULT_RUNTIMES, code.kind);
    if (!isBuilt || buildOf(runtime) === code.kind) return;
    yield {
      path: [...path, 'runtime'],
      message: `${runtime} does not run what the handler ${fn.handler ?? ''} is built to`,
      next: 'Leave runtime out, or name one of its language.',
    };
    return;
  }
  const meant = closest(
    runtime,
    RUNTIMES.filter((each) => (deprecatedFrom(each) ?? today) >= today),
  );
  yield {
    path: [...path, 'runtime'],
    message: `there is no runtime ${runtime}`,
    next: meant ? `Write ${meant} if that is meant.` : 'See the list of Lambda runtimes.',
  };
}

/** A runtime that is deprecated. */
export function* runtimeWarnings({ fn, path }: CheckedFunction, { today }: Facts): Generator<Fault> {
  const code = functionCode(fn);
  if (!('runtime' in code)) return;
  const date = deprecatedFrom(code.runtime);
  if (date === undefined || date > today) return;
  yield {
    path: [...path, 'runtime'],
    message: `the runtime ${code.runtime} is deprecated since ${date}: Lambda patches it no more, and later refuses to create or update its functions`,
    next: 'Move to a newer one.',
  };
}
