import { LIMITS } from '../../limits.ts';
import type { Fault } from '../schema/check.ts';
import type { CheckedFunction } from './facts.ts';

/** Settings that contradict one another. */
export function* settingFaults({ fn, path }: CheckedFunction): Generator<Fault> {
  if (fn.timeout !== undefined && fn.timeout > LIMITS.function.timeout && !fn.capacityProvider) {
    yield {
      path: [...path, 'timeout'],
      message: `has to be a whole number from 1 to ${LIMITS.function.timeout}, but is ${fn.timeout}`,
      next: `Only functions on a capacity provider may take longer, up to ${LIMITS.function.managedTimeout}.`,
    };
  }
  const { logging, url, aliases = {}, runtimeManagement, fileSystems, vpc } = fn;
  if (logging?.format !== 'JSON' && (logging?.applicationLevel ?? logging?.systemLevel) !== undefined) {
    yield {
      path: [...path, 'logging'],
      message: 'log levels need the format JSON',
      next: 'Set format: JSON.',
    };
  }
  if (logging?.group !== undefined && (logging.retention ?? logging.kmsKey) !== undefined) {
    yield {
      path: [...path, 'logging'],
      message: 'retention and kmsKey are for a log group of its own, but group names another',
      next: 'Remove one of them.',
    };
  }
  if (typeof url === 'object' && url.alias !== undefined && !Object.hasOwn(aliases, url.alias)) {
    yield {
      path: [...path, 'url', 'alias'],
      message: `the function has no alias ${url.alias}`,
      next: 'Add it to aliases.',
    };
  }
  if (runtimeManagement?.updateOn === 'Manual' && runtimeManagement.runtimeVersionArn === undefined) {
    yield { path: [...path, 'runtimeManagement'], message: 'Manual needs runtimeVersionArn' };
  }
  if (fileSystems && fileSystems.length > 0 && !vpc) {
    yield {
      path: [...path, 'fileSystems'],
      message: 'a file system is reached through a VPC',
      next: 'Set vpc.',
    };
  }
}
