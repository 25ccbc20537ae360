import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

/** A package of a stranger, who chose the name of somebody's own. */
export interface Stranger {
  readonly name: string;
  readonly version: string;
  /** The one module that it has, named like the package. */
  readonly source: string;
}

/** An index of packages as PyPI and npm's registry have them, on this machine. */
export interface PackageIndex {
  /** For pip and uv. */
  readonly simple: string;
  /** For npm and its cousins. */
  readonly registry: string;
  /** Files that were asked for, by name. */
  readonly taken: readonly string[];
  /** Empties the list. */
  forget(): void;
  stop(): void;
}

const WHEEL = `
import json, sys, zipfile
folder, name, version, source = sys.argv[1:]
module, notes = name.replace('-', '_'), f"{name.replace('-', '_')}-{version}.dist-info/"
files = {
    f'{module}/__init__.py': source,
    notes + 'METADATA': f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n',
    notes + 'WHEEL': 'Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n',
}
files[notes + 'RECORD'] = ''.join(f'{each},,\\n' for each in [*files, notes + 'RECORD'])
with zipfile.ZipFile(f'{folder}/{module}-{version}-py3-none-any.whl', 'w') as z:
    # Without times: the same package is the same file in each run.
    for file, text in files.items(): z.writestr(zipfile.ZipInfo(file), text)
`;

const TARBALL = `
import gzip, io, json, sys, tarfile
folder, name, version, source = sys.argv[1:]
# Without times: the same package is the same file in each run.
packed = gzip.GzipFile(f"{folder}/{name.split('/')[-1]}-{version}.tgz", 'wb', mtime=0)
with packed, tarfile.open(fileobj=packed, mode='w') as t:
    for file, text in {'package.json': json.dumps({'name': name, 'version': version, 'main': 'index.js'}), 'index.js': source}.items():
        entry = tarfile.TarInfo('package/' + file)
        entry.size = len(text.encode())
        t.addfile(entry, io.BytesIO(text.encode()))
`;

/** Serves wheels and tarballs of the packages given. */
export async function startPackageIndex(strangers: {
  readonly python?: readonly Stranger[];
  readonly node?: readonly Stranger[];
}): Promise<PackageIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'index-'));
  const files = join(folder, 'files');
  mkdirSync(files);
  const make = (script: string, { name, version, source }: Stranger): void => {
    const { status, stderr } = spawnSync('python3', ['-c', script, files, name, version, source]);
    if (status !== 0) throw new Error(String(stderr));
  };
  const { python = [], node = [] } = strangers;
  for (const each of python) make(WHEEL, each);
  for (const each of node) make(TARBALL, each);
  const taken: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').replace(/\/$/, '');
    const base = `http://${request.headers.host}`;
    const answer = (type: string, body: string | Buffer): void => {
      response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    const name = basename(path);
    if (path.startsWith('/files/') && readdirSync(files).includes(name)) {
      if (request.method === 'GET') taken.push(name);
      return answer('application/octet-stream', readFileSync(join(files, name)));
    }
    const wheels = path.startsWith('/simple/') ? python.filter((each) => each.name === name) : [];
    if (wheels.length > 0) return answer('text/html', wheels.map((each) => link(files, each)).join('\n'));
    const versions = node.filter((each) => path === `/npm/${each.name}`);
    if (versions.length > 0)
      return answer('application/json', JSON.stringify(packument(files, base, versions)));
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    simple: `${base}/simple`,
    registry: `${base}/npm/`,
    taken,
    forget: () => void taken.splice(0),
    stop() {
      server.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function link(files: string, { name, version }: Stranger): string {
  const file = `${name.replaceAll('-', '_')}-${version}-py3-none-any.whl`;
  const hash = createHash('sha256')
    .update(readFileSync(join(files, file)))
    .digest('hex');
  return `<a href="/files/${file}#sha256=${hash}">${file}</a>`;
}

function packument(files: string, base: string, versions: readonly Stranger[]): unknown {
  const [{ name, version: latest } = { name: '', version: '' }] = versions.slice(-1);
  return {
    name,
    'dist-tags': { latest },
    // Package managers may refuse what was published a moment ago.
    time: Object.fromEntries(versions.map(({ version }) => [version, '2020-01-01T00:00:00.000Z'])),
    versions: Object.fromEntries(
      versions.map(({ version }) => {
        const file = `${basename(name)}-${version}.tgz`;
        const integrity = createHash('sha512')
          .update(readFileSync(join(files, file)))
          .digest('base64');
        const dist = { tarball: `${base}/files/${file}`, integrity: `sha512-${integrity}` };
        return [version, { name, version, main: 'index.js', dist }];
      }),
    ),
  };
}
