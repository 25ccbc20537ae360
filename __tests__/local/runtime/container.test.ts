import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LocalFunction } from '../../../src/local/functions/function.ts';
import { findEngine } from '../../../src/local/runtime/container/engine.ts';
import { containerImage } from '../../../src/local/runtime/container/image.ts';
import { containerVariables } from '../../../src/local/runtime/container/variables.ts';

let folder: string;
const { PATH, DOCKER_HOST } = process.env;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engines-'));
  await mkdir(join(folder, 'bin'));
  process.env.PATH = join(folder, 'bin');
  delete process.env.DOCKER_HOST;
});
afterEach(async () => {
  process.env.PATH = PATH;
  if (DOCKER_HOST !== undefined) process.env.DOCKER_HOST = DOCKER_HOST;
  await rm(folder, { recursive: true });
});

/** A command that tells this of itself, as versions do that are not here. */
async function tool(name: string, told: object | string): Promise<void> {
  const file = join(folder, 'bin', name);
  const line = typeof told === 'string' ? `echo '${told}' >&2; exit 1` : `echo '${JSON.stringify(told)}'`;
  await writeFile(file, `#!/bin/sh\n${line}\n`);
  await chmod(file, 0o755);
}

const fail = (message: string): never => {
  throw new Error(message);
};

const daemon = { ServerVersion: '28.0.0', OperatingSystem: 'Ubuntu 24.04', MemoryLimit: true };
const machine = { host: { serviceIsRemote: false, cgroupControllers: ['memory', 'pids'] } };

describe('what runs containers', () => {
  it('is Docker, where its daemon answers', async () => {
    await tool('docker', daemon);
    await tool('podman', machine);
    expect(await findEngine()).toMatchObject({
      tool: 'docker',
      hostName: '127.0.0.1',
      options: ['--network=host'],
      limitsMemory: true,
    });
    expect(await findEngine('podman')).toMatchObject({ tool: 'podman', hostName: '127.0.0.1' });
  });

  it('is Podman where the daemon of Docker does not answer, or Docker is another name of it', async () => {
    await tool('docker', 'Cannot connect to the Docker daemon');
    await tool('podman', { host: { ...machine.host, cgroupControllers: [] } });
    expect(await findEngine()).toMatchObject({ tool: 'podman', limitsMemory: false });
    await tool('docker', machine);
    expect((await findEngine()).options).toContain('--network=host');
  });

  it('may be in a virtual machine, where this one has a name of its own', async () => {
    await tool('docker', { ...daemon, OperatingSystem: 'Docker Desktop' });
    await tool('podman', { host: { serviceIsRemote: true } });
    const engine = await findEngine('docker');
    expect(engine).toMatchObject({ isElsewhere: true, hostName: 'host.docker.internal', options: [] });
    expect(await findEngine('podman')).toMatchObject({ hostName: 'host.containers.internal', options: [] });
    const environment = { AWS_ENDPOINT_URL: 'http://localhost:4566', NOTE: 'see https://127.0.0.1.example' };
    const fn = { ...FUNCTION, environment };
    expect(containerVariables({ fn }, '127.0.0.1:9001', engine).env).toMatchObject({
      AWS_LAMBDA_RUNTIME_API: 'host.docker.internal:9001',
      AWS_ENDPOINT_URL: 'http://host.docker.internal:4566',
      NOTE: environment.NOTE,
    });
  });

  it('shares user namespaces only where it has none of its own', async () => {
    await tool('docker', { ...daemon, SecurityOptions: ['name=seccomp,profile=builtin', 'name=userns'] });
    expect((await findEngine()).options).toEqual(['--network=host', '--userns=host']);
  });

  it('is refused where its containers do not reach this machine', async () => {
    await tool('docker', { ...daemon, SecurityOptions: ['name=rootless'] });
    await expect(findEngine()).rejects.toThrow(/do not reach .*: it is Docker in rootless mode\. Use Podman/);
    await tool('docker', daemon);
    process.env.DOCKER_HOST = 'ssh://me:secret@far.example';
    await expect(findEngine()).rejects.toThrow('DOCKER_HOST is ssh://far.example, on another machine');
  });

  it('is told in one line where there is none', async () => {
    await tool('docker', 'Cannot connect to the Docker daemon');
    await expect(findEngine()).rejects.toThrow(
      'no container tool works here (docker: Cannot connect to the Docker daemon; podman: not installed). Install',
    );
    const code = { kind: 'image', path: 'image.tar', digest: 'sha256:0' } as const;
    const program = { words: ['/entry', 'x'], directory: '/', alone: false };
    const given = containerImage(FUNCTION, { code, program }, { containerTool: 'podman', warn: fail });
    await expect(given).rejects.toThrow(
      'Boxed: its image needs a container, as /entry is no program that runs by itself, and no container tool works here ' +
        '(podman: not installed). Install and start Docker or Podman to run it here.',
    );
  });
});

const FUNCTION: LocalFunction = {
  logicalId: 'Boxed',
  name: 'boxed',
  runtime: 'image',
  handler: '',
  architecture: 'x86_64',
  code: { kind: 'image', path: 'image.tar', digest: 'sha256:0' },
  layers: [],
  environment: {},
  timeout: 3,
  memory: 128,
  region: 'us-east-1',
  account: '123456789012',
  qualifiers: [],
};

describe('variables of a container', () => {
  const engine = {
    tool: 'docker',
    isElsewhere: false,
    hostName: '127.0.0.1',
    options: [],
    limitsMemory: true,
    env: { PATH: '/usr/bin', COLOUR: 'red', SAME: 'same' },
  } as const;
  const given = (environment: Record<string, string>) =>
    containerVariables({ fn: { ...FUNCTION, environment } }, '127.0.0.1:9001', engine);

  it('are no arguments, which everybody sees', () => {
    const { options, env } = given({ SECRET: 'hidden', SAME: 'same' });
    expect(options.join(' ')).not.toContain('hidden');
    expect(env).toMatchObject({ SECRET: 'hidden', SAME: 'same', AWS_EXECUTION_ENV: 'AWS_Lambda_Image' });
  });

  it('do not change the tool', () => {
    const { options, env } = given({ PATH: '/opt', COLOUR: 'blue', DOCKER_HOST: 'tcp://far' });
    for (const pair of ['PATH=/opt', 'COLOUR=blue', 'DOCKER_HOST=tcp://far']) expect(options).toContain(pair);
    for (const name of ['PATH', 'COLOUR', 'DOCKER_HOST']) expect(env).not.toHaveProperty(name);
  });

  it('leave to the image what Lambda leaves to it', () => {
    const { options } = given({});
    for (const name of ['PATH', 'LD_LIBRARY_PATH', 'LANG', 'TZ', '_HANDLER'])
      expect(options).not.toContain(name);
  });
});
