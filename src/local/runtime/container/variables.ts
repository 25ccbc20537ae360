import { existsSync } from 'node:fs';
import type { LocalFunction } from '../../functions/function.ts';
import { type Credentials, processEnvironment } from '../process-environment.ts';
import type { ContainerEngine } from './engine.ts';

/** What the container of an environment is given. */
export interface ContainerSettings {
  readonly fn: LocalFunction;
  readonly credentials?: Credentials;
  readonly environment?: Readonly<Record<string, string>>;
}

/** What Lambda leaves to images. */
const OF_IMAGES = ['PATH', 'LD_LIBRARY_PATH', 'LANG', 'TZ', '_HANDLER'];

/** What changes how the tools themselves work, or how any program of this machine starts. */
const OF_TOOLS =
  /^(PATH|HOME|USER|LOGNAME|TMPDIR|SHELL|PWD|NOTIFY_SOCKET|LISTEN_.*|DOCKER_.*|BUILDKIT_.*|BUILDAH_.*|PODMAN_.*|_?CONTAINERS?_.*|STORAGE_.*|REGISTRY_.*|XDG_.*|DBUS_.*|SSH_.*|LD_.*|GLIBC_.*|MALLOC_.*|GO[A-Z]+|(HTTPS?|ALL|NO)_PROXY|(https?|all|no)_proxy|SSL_CERT_.*|OTEL_.*)$/;

/** An address of this machine in a URL. */
const THIS_MACHINE = /(?<=:\/\/)(127\.0\.0\.1|localhost)(?=[:/]|$)/g;

/**
 * The variables of a container: as options, and what has to be among the variables of the tool for them. No value is an
 * argument, which every user of the machine sees, unless the tool would take it for its own.
 */
export function containerVariables(
  { fn, environment = {}, ...settings }: ContainerSettings,
  runtimeApi: string,
  { env, hostName }: ContainerEngine,
): { readonly options: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const here = (value: string): string => value.replace(THIS_MACHINE, hostName);
  const all = processEnvironment(fn, { taskRoot: '/var/task' }, runtimeApi.replace('127.0.0.1', hostName), {
    ...settings,
    environment,
    path: '',
  });
  const own = { ...environment, ...fn.environment };
  const options: string[] = [];
  const passed: Record<string, string> = {};
  for (const [name, text] of Object.entries(all)) {
    if (OF_IMAGES.includes(name) && !(name in own)) continue;
    const value = here(text);
    if (OF_TOOLS.test(name) || (name in env && env[name] !== value))
      options.push('--env', `${name}=${value}`);
    else {
      options.push('--env', name);
      passed[name] = value;
    }
  }
  return { options, env: passed };
}

/** Variables that name a file of authorities to trust, which has to be in the container as well. */
const TRUST = ['NODE_EXTRA_CA_CERTS', 'AWS_CA_BUNDLE', 'SSL_CERT_FILE'];

/** Files of this machine that variables of the service name. */
export function trustedFiles(environment: Readonly<Record<string, string>> = {}): string[] {
  const named = TRUST.flatMap((name) => environment[name] ?? []);
  return [...new Set(named)].filter((file) => existsSync(file));
}
