import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const USERNAME = 'AWS';
export const PASSWORD = 'pass word';
/** bcrypt of the password above. */
const HASH = '$2b$04$aUVqJP1EAwYwgnJQEeHZ6.EVU5oDHBUzMrosO3X87l4umhbxEVwNC';

export interface TestRegistry {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Why images cannot be tested here, or nothing. Podman and a registry are installed where that is possible without
 * asking anybody.
 */
export function withoutContainerTools(): string | undefined {
  const missing = () => ['podman', 'docker-registry'].filter((name) => spawnSync(name, ['--version']).error);
  if (missing().length === 0) return undefined;
  const apt = [
    ...(process.getuid?.() === 0 ? [] : ['sudo', '-n']),
    'apt-get',
    'install',
    '-y',
    '-qq',
    ...missing(),
  ];
  spawnSync(apt[0] ?? '', apt.slice(1), { timeout: 240_000 });
  const left = missing();
  return left.length === 0
    ? undefined
    : `there is no ${left.join(' and no ')} here: apt-get install ${left.join(' ')}`;
}

/** A real registry on a free port of this machine, with a password. */
export async function startRegistry(): Promise<TestRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  writeFileSync(join(folder, 'htpasswd'), `${USERNAME}:${HASH}\n`);
  const config = {
    version: 0.1,
    log: { formatter: 'text' },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: '127.0.0.1:0' },
    auth: { htpasswd: { realm: 'test', path: join(folder, 'htpasswd') } },
  };
  writeFileSync(join(folder, 'config.yml'), JSON.stringify(config));
  const child = spawn('docker-registry', ['serve', join(folder, 'config.yml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await listeningPort(child);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listeningPort(child: ChildProcess): Promise<string> {
  let text = '';
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => reject(new Error(`the registry did not start: ${text}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      if (port) resolve(port);
    });
  });
}
