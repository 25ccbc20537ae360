import { LIMITS } from '../../limits.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { Fault } from '../schema/check.ts';
import type { Service } from '../types.ts';
import type { CheckedFunction } from './facts.ts';

/** Settings that contradict one another. */
export function* settingFaults({ fn, path }: CheckedFunction, service: Service): Generator<Fault> {
  yield* capacityFaults({ fn, path }, service);
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

/** Settings that mean something on a capacity provider only. */
const ON_PROVIDERS = ['accelerator', 'scaling', 'publishToLatest'] as const;

function* capacityFaults(
  { fn, path }: Pick<CheckedFunction, 'fn' | 'path'>,
  { capacityProviders = {} }: Service,
): Generator<Fault> {
  const { scaling, capacityProvider } = fn;
  for (const field of ON_PROVIDERS.filter((each) => fn[each] !== undefined && !hasProvider(fn)))
    yield {
      path: [...path, field],
      message: 'it is for functions on a capacity provider, which this one has not',
      next: 'Set capacityProvider.',
    };
  if ((scaling?.minimum ?? 0) > (scaling?.maximum ?? Number.POSITIVE_INFINITY))
    yield {
      path: [...path, 'scaling'],
      message: `the minimum is ${scaling?.minimum}, which is more than the maximum of ${scaling?.maximum}`,
      next: 'Lower it.',
    };
  const name = capacityProvider?.arn;
  if (typeof name !== 'string' || !Object.hasOwn(capacityProviders, name)) return;
  const [machines, own] = [capacityProviders[name]?.architecture, fn.architecture].map(
    (each = 'x86_64') => each,
  );
  if (machines !== own)
    yield {
      path: [...path, 'architecture'],
      message: `it is ${own}, but the machines of ${name} are ${machines}`,
      next: 'Give both the same architecture.',
    };
}

const hasProvider = ({ capacityProvider, properties = {} }: FunctionDefinition): boolean =>
  capacityProvider !== undefined || properties.CapacityProviderConfig !== undefined;
