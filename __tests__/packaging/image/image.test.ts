import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { buildImage, findContainerTool, imageKey } from '../../../src/packaging/image/image.ts';
import { imageMachine, openImage } from '../../../src/packaging/image/oci-archive.ts';
import { pushImage } from '../../../src/packaging/image/push-image.ts';
import { settleImage } from '../../../src/packaging/image/settle-image.ts';
import type { ImageBuild } from '../../../src/packaging/toolchains/spec.ts';
import { makeProject, type Project } from '../support.ts';
import { PASSWORD, startRegistry, type TestRegistry, USERNAME, withoutContainerTools } from './registry.ts';

const reason = withoutContainerTools();
if (reason) console.warn(`images are not tested: ${reason}`);

const FILES = {
  'img/Dockerfile':
    'FROM scratch AS first\nARG WHO=nobody\nLABEL who=$WHO\nCOPY hello /hello\nFROM first\nCOPY . /all\nCMD ["/hello"]\n',
  'img/hello': '#!/bin/true\n',
};

/** Podman without anything of the host's: works in containers too. */
const ENV = { STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };

const made: Project[] = [];
function project(): Project {
  const each = makeProject(FILES);
  const context = { ...each.context, env: { ...process.env, ...ENV } };
  made.push(each);
  return { ...each, context };
}

const spec = ({ root }: Project, changes: Partial<ImageBuild> = {}): ImageBuild => ({
  kind: 'image',
  directory: join(root, 'img'),
  architecture: 'arm64',
  args: {},
  labels: {},
  ...changes,
});

(reason ? describe.skip : describe)('an image', () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());
  afterEach(() => {
    for (const each of made.splice(0)) each.remove();
  });

  const push = (archive: string, changes: object = {}) =>
    pushImage({
      archive,
      architecture: 'arm64',
      registry: { url: registry.url, username: USERNAME, password: PASSWORD },
      repository: 'team/service',
      signal: new AbortController().signal,
      ...changes,
    });

  it('has the platform that is asked for, or the own one of the tool', async () => {
    const each = project();
    const machine = async (changes: Partial<ImageBuild>) => {
      const asked = spec(each, { architecture: undefined, ...changes });
      return imageMachine((await buildImage(asked, 'podman', each.output, each.context)).path);
    };
    // One after another, of one Dockerfile: what the tool has cached of the first must not stand for the next.
    expect(await machine({ architecture: 'arm64' })).toMatch(/^linux\/arm64/);
    expect(await machine({ architecture: 'x86_64' })).toBe('linux/amd64');
    expect(await machine({ platform: 'linux/arm/v7' })).toBe('linux/arm/v7');
    expect(await machine({})).toBe(process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64');
  });

  it('has the same digest in any place, with its labels, arguments and platform', async () => {
    const digests = [];
    for (const each of [project(), project()]) {
      const asked = spec(each, { args: { WHO: 'me' }, labels: { stage: 'prod' } });
      const { path, digest, size } = await buildImage(asked, 'podman', each.output, each.context);
      expect(readdirSync(each.output)).toEqual([`${digest.replace(':', '-')}.tar`]);
      expect(readFileSync(path).length).toBe(size);
      const { manifest, stream } = await openImage(path, 'arm64');
      const config = JSON.parse(
        (await stream(manifest.config).setEncoding('utf8').toArray()).join(''),
      ) as object;
      expect(config).toMatchObject({
        architecture: 'arm64',
        config: { Cmd: ['/hello'], Labels: { who: 'me', stage: 'prod' } },
      });
      digests.push(digest);
    }
    expect(digests[1]).toBe(digests[0]);
  });

  it('is pushed by digest, once, and can be pulled', async () => {
    const each = project();
    const { path, digest } = await buildImage(spec(each), 'podman', each.output, each.context);
    const host = new URL(registry.url).host;
    const uri = `${host}/team/service@${digest}`;
    expect(await push(path)).toEqual({ uri, digest, sent: true });
    expect(await push(path)).toEqual({ uri, digest, sent: false });
    expect(await push(path, { tag: 'latest' })).toEqual({ uri, digest, sent: true });
    const pulled = spawnSync(
      'podman',
      ['pull', '--tls-verify=false', '--creds', `${USERNAME}:${PASSWORD}`, '--platform', 'linux/arm64', uri],
      {
        env: { ...process.env, ...ENV },
        encoding: 'utf8',
      },
    );
    expect(pulled.stderr).toContain('Writing manifest');
    expect(pulled.status).toBe(0);
  });

  it('gets the layers compressed that a tool saved as they are', async () => {
    const each = project();
    const { path, digest } = await buildImage(spec(each), 'podman', each.output, each.context);
    const saved = join(each.root, 'saved.tar');
    uncompress(path, saved);
    const settled = await settleImage(saved, join(each.root, 'settled'), 'arm64');
    const { manifest } = await openImage(settled.path, 'arm64');
    expect(manifest.layers.map(({ mediaType }) => mediaType)).toEqual(
      manifest.layers.map(() => 'application/vnd.oci.image.layer.v1.tar+gzip'),
    );
    expect(settled.digest).toMatch(/^sha256:/);
    expect((await push(settled.path, { repository: 'settled' })).digest).toBe(settled.digest);
    expect(spawnSync('tar', ['-tf', settled.path], { encoding: 'utf8' }).stdout).toContain('index.json');
    expect((await settleImage(settled.path, join(each.root, 'again'), 'arm64')).digest).toBe(settled.digest);
    expect(digest).toMatch(/^sha256:/);
  });

  it('is refused with a clear error for wrong credentials and damaged archives', async () => {
    const each = project();
    const { path } = await buildImage(spec(each), 'podman', each.output, each.context);
    const wrong = { url: registry.url, username: USERNAME, password: 'wrong' };
    await expect(push(path, { registry: wrong, repository: 'other' })).rejects.toThrow(
      /HTTP 401 .*Check the permissions/,
    );
    const bytes = readFileSync(path);
    const { manifest } = await openImage(path, 'arm64');
    const at = bytes.indexOf(`blobs/${manifest.layers[0]?.digest.replace(':', '/')}`) + 512 + 20;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(path, bytes);
    await expect(push(path, { repository: 'damaged' })).rejects.toThrow('the archive is damaged');
  });

  it('says the Dockerfile and what the tool said when it cannot be built', async () => {
    const each = project();
    each.write({ 'img/Dockerfile': 'FROM scratch\nCOPY nothing /\n' });
    await expect(buildImage(spec(each), 'podman', each.output, each.context)).rejects.toThrow(
      /podman build failed .*nothing.*\(img\/Dockerfile\)/s,
    );
    await expect(
      buildImage(spec(each, { dockerfile: '../../x' }), 'podman', each.output, each.context),
    ).rejects.toThrow('leads out of the workspace');
    expect(readdirSync(each.output)).toEqual([]);
  });

  it('has a key of its context and settings', () => {
    const each = project();
    const key = (changes: Partial<ImageBuild> = {}) => imageKey(spec(each, changes), each.context);
    const keys = [
      key(),
      key({ args: { A: 'b' } }),
      key({ target: 'first' }),
      key({ architecture: 'x86_64' }),
    ];
    expect(key()).toBe(keys[0]);
    each.write({ 'img/hello': 'changed' });
    expect(new Set([...keys, key()]).size).toBe(5);
  });

  it('is built with the first tool that works', async () => {
    const { context } = project();
    expect(['docker', 'podman']).toContain(await findContainerTool(undefined, context));
    expect(await findContainerTool('podman', context)).toBe('podman');
    const nowhere = { ...context, env: { PATH: '/nowhere' } };
    await expect(findContainerTool(undefined, nowhere)).rejects.toThrow(
      'docker and podman cannot be used here',
    );
  });
});

(reason ? describe.skip : describe)('pushImage', () => {
  it('tries again after a passing failure', async () => {
    const each = project();
    const registry = await startRegistry();
    const failed = new Set<string>();
    const flaky = createServer(async (request, response) => {
      const key = `${request.method}`;
      const body = Buffer.concat(await request.toArray());
      if (request.method !== 'HEAD' && !failed.has(key)) {
        failed.add(key);
        response.writeHead(503).end();
        return;
      }
      const answer = await fetch(new URL(request.url ?? '', registry.url), {
        method: request.method ?? 'GET',
        headers: {
          authorization: request.headers.authorization ?? '',
          'content-type': request.headers['content-type'] ?? '',
          host: request.headers.host ?? '',
        },
        ...(body.length > 0 && { body }),
      });
      const location = answer.headers.get('location')?.replace(registry.url, '');
      response.writeHead(answer.status, { ...(location && { location }) }).end(await answer.text());
    });
    await new Promise<void>((resolve) => flaky.listen(0, '127.0.0.1', resolve));
    try {
      const { path } = await buildImage(spec(each), 'podman', each.output, each.context);
      const address = flaky.address();
      if (typeof address !== 'object' || !address) throw new Error('no port');
      const pushed = await pushImage({
        archive: path,
        architecture: 'arm64',
        registry: { url: `http://127.0.0.1:${address.port}`, username: USERNAME, password: PASSWORD },
        repository: 'flaky',
        signal: new AbortController().signal,
      });
      expect(pushed.sent).toBe(true);
      expect([...failed].sort()).toEqual(['PATCH', 'POST', 'PUT']);
    } finally {
      flaky.close();
      await registry.stop();
      for (const left of made.splice(0)) left.remove();
    }
  });
});

/** Makes of an archive what Docker saves: layers as they are. */
function uncompress(from: string, to: string): void {
  const script = `
import gzip, hashlib, io, json, sys, tarfile
blobs, digest = {}, lambda data: hashlib.sha256(data).hexdigest()
with tarfile.open(sys.argv[1]) as source:
    files = {m.name: source.extractfile(m).read() for m in source.getmembers() if m.isfile()}
index = json.loads(files['index.json'])
manifest = json.loads(files['blobs/' + index['manifests'][0]['digest'].replace(':', '/')])
def add(data):
    blobs['blobs/sha256/' + digest(data)] = data
    return 'sha256:' + digest(data)
add(files['blobs/' + manifest['config']['digest'].replace(':', '/')])
for layer in manifest['layers']:
    data = gzip.decompress(files['blobs/' + layer['digest'].replace(':', '/')])
    layer.update(mediaType='application/vnd.oci.image.layer.v1.tar', digest=add(data), size=len(data))
data = json.dumps(manifest).encode()
index['manifests'][0].update(digest=add(data), size=len(data))
blobs['index.json'] = json.dumps(index).encode()
with tarfile.open(sys.argv[2], 'w') as target:
    for name, data in blobs.items():
        info = tarfile.TarInfo(name); info.size = len(data); target.addfile(info, io.BytesIO(data))`;
  const { status, stderr } = spawnSync('python3', ['-c', script, from, to], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}
