import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { withoutContainerTools } from '../packaging/image/registry.ts';

/** Podman without anything of the host's: works in containers too. */
const PLAIN = { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };

/** Variables with which podman runs containers here, or why it does not. */
export type ContainersHere =
  | { readonly env: Readonly<Record<string, string>>; clean(): void }
  | { readonly reason: string };

/** Tries to run a container: with podman as it is, then with runc, which takes cgroups of both versions at once. */
export function containersHere(): ContainersHere {
  const reason = withoutContainerTools();
  if (reason) return { reason };
  const folder = mkdtempSync(join(tmpdir(), 'containers-'));
  const root = join(folder, 'root');
  layShell(root);
  const fails = (env: Readonly<Record<string, string>>): string | undefined => {
    const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];
    const args = ['run', '--rm', '--network=host', ...limits, '--rootfs', root, '/bin/sh', '-c', 'exit 0'];
    const { status, stderr } = spawnSync('podman', args, {
      env: { ...process.env, ...env },
      encoding: 'utf8',
      timeout: 60_000,
    });
    return status === 0 ? undefined : `podman runs no containers here: ${stderr.trim().split('\n').at(-1)}`;
  };
  try {
    const why = fails(PLAIN);
    if (why === undefined) return { env: PLAIN, clean: () => undefined };
    if (spawnSync('runc', ['--version']).error && process.getuid?.() === 0) {
      spawnSync('apt-get', ['install', '-y', '-qq', 'runc'], { timeout: 240_000 });
    }
    const own = mkdtempSync(join(tmpdir(), 'containers-conf-'));
    const settings = join(own, 'containers.conf');
    writeFileSync(settings, '[engine]\nruntime = "runc"\n');
    const env = { ...PLAIN, CONTAINERS_CONF: settings };
    const clean = () => rmSync(own, { recursive: true, force: true });
    if (fails(env) === undefined) return { env, clean };
    clean();
    return { reason: why };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lays out the root of an image: a shell with the libraries that it needs, from this machine. */
export function layShell(root: string): void {
  mkdirSync(join(root, 'tmp'), { recursive: true });
  chmodSync(join(root, 'tmp'), 0o1777);
  const needed = execFileSync('ldd', ['/bin/sh'], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
  for (const file of ['/bin/sh', ...needed]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
}
