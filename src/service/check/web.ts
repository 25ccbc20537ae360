import { posix } from 'node:path';
import { LIMITS } from '../../limits.ts';
import type { TemplatePath } from '../../template/types.ts';
import { webBuild } from '../marshal/web-function.ts';
import type { Fault } from '../schema/check.ts';
import type { Service } from '../types.ts';
import type { WebFunctionDefinition } from '../web-types.ts';
import { codeFaults } from './code.ts';
import type { Facts } from './facts.ts';
import { dependencyFaults } from './names.ts';
import { roleFaults } from './roles.ts';

/** What is wrong with the web functions of a service. */
export function* webFaults(service: Service, facts: Facts): Generator<Fault> {
  for (const [name, web] of Object.entries(service.web ?? {})) {
    const path = ['web', name];
    const { role, dependsOn } = web;
    const fn = { ...(role !== undefined && { role }), ...(dependsOn && { dependsOn }) };
    yield* entryFaults(web, path, facts);
    yield* roleFaults({ name, fn, path }, service);
    yield* dependencyFaults({ name, fn, path }, service);
    yield* settingFaults(name, web, service);
  }
}

function* entryFaults(web: WebFunctionDefinition, path: TemplatePath, facts: Facts): Generator<Fault> {
  const { entry, build } = web;
  const at = [...path, 'entry'];
  if ((build?.kind ?? 'node') === 'node' && !/\.[cm]?[jt]sx?$/.test(entry)) {
    yield {
      path: at,
      message: `${entry} is no file of JavaScript or TypeScript, which is all that web functions run`,
      next: 'Name one, such as src/server.ts; for other languages, use a function with url.',
    };
    return;
  }
  if (posix.isAbsolute(entry) || entry.split('/').includes('..')) {
    yield {
      path: at,
      message: `${entry} leads out of the folder of the code`,
      next: 'Write it relative to that.',
    };
    return;
  }
  for (const fault of codeFaults({ name: '', fn: webBuild(web), path }, facts))
    yield { ...fault, path: fault.path.map((step) => (step === 'handler' ? 'entry' : step)) };
}

function* settingFaults(
  name: string,
  web: WebFunctionDefinition,
  { name: service }: Service,
): Generator<Fault> {
  const path = ['web', name];
  const physical = web.functionName ?? `${service}-${name}`;
  if (typeof physical === 'string' && physical.length > LIMITS.function.name)
    yield {
      path: web.functionName === undefined ? path : [...path, 'functionName'],
      message: `${physical} has ${physical.length} characters; names of web functions have at most ${LIMITS.function.name}`,
      next: 'Set functionName to a shorter one.',
    };
  const { logging } = web;
  if (logging?.group !== undefined && (logging.retention ?? logging.kmsKey) !== undefined)
    yield {
      path: [...path, 'logging'],
      message: 'retention and kmsKey are for a log group of its own, but group names another',
      next: 'Remove one of them.',
    };
}
