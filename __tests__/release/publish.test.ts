import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { publishRelease } from '../../scripts/release/publish.ts';
import { type ReleasesServer, startReleases } from '../support/releases-server.ts';

const COMMIT = 'c'.repeat(40);
let github: ReleasesServer;
let folder: string;
let said: string[];

beforeEach(async () => {
  github = await startReleases();
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  for (const name of ['a.tgz', 'sbom.cdx.json']) writeFileSync(join(folder, name), `content of ${name}`);
  github.tags.set('v1.2.0', COMMIT);
  said = [];
});
afterEach(async () => {
  await github.stop();
  rmSync(folder, { recursive: true });
  expect(github.violations).toEqual([]);
});

const publish = (tag = 'v1.2.0') =>
  publishRelease(
    {
      api: github.url,
      repository: 'acme/orders',
      token: 'token-canary',
      tag,
      commit: COMMIT,
      notes: '- Words.',
      files: ['a.tgz', 'sbom.cdx.json'].map((name) => join(folder, name)),
    },
    (line) => said.push(line),
  );

it('attaches everything before the release is published, and moves the major version then', async () => {
  github.tags.set('v1', 'b'.repeat(40)).set('v1.1.0', 'b'.repeat(40));
  await publish();
  expect(github.releases).toMatchObject([
    {
      tag_name: 'v1.2.0',
      body: '- Words.',
      draft: false,
      immutable: true,
      assets: [{ name: 'a.tgz' }, { name: 'sbom.cdx.json' }],
    },
  ]);
  expect(github.tags.get('v1')).toBe(COMMIT);
  expect(said).toEqual([expect.stringMatching(/is published, and is immutable$/), 'v1 is v1.2.0 now']);
});

it('makes the tag of a new major version', async () => {
  await publish();
  expect(github.tags.get('v1')).toBe(COMMIT);
});

it('leaves the major version where it is for a fix of an older one', async () => {
  github.tags.set('v1', 'b'.repeat(40)).set('v1.10.0', 'b'.repeat(40));
  await publish();
  expect(github.tags.get('v1')).toBe('b'.repeat(40));
  expect(said.at(-1)).toBe('v1 stays where it is: there is a later version than v1.2.0');
});

it('continues where an earlier attempt ended', async () => {
  github.releases.push({
    id: 90,
    tag_name: 'v1.2.0',
    body: '',
    draft: true,
    immutable: false,
    assets: [{ name: 'a.tgz', digest: '' }],
  });
  await publish();
  expect(github.releases).toHaveLength(1);
  github.tags.delete('v1');
  await publish();
  expect(github.releases).toHaveLength(1);
  expect(github.tags.get('v1')).toBe(COMMIT);
  expect(said.at(-2)).toMatch(/was published before, and is immutable$/);
});

it('does not take a release with other bytes for its own', async () => {
  await publish();
  writeFileSync(join(folder, 'a.tgz'), 'other bytes');
  await expect(publish()).rejects.toThrow('is published with another a.tgz: release a new version');
});

it('says how a release becomes immutable where it does not, and moves nothing', async () => {
  github.immutable = false;
  await expect(publish()).rejects.toThrow('switch on "Release immutability"');
  expect(github.tags.has('v1')).toBe(false);
});

it('says what GitHub refused', async () => {
  const release = { api: github.url, repository: 'acme/orders', token: 'wrong', tag: 'v1.2.0' };
  await expect(
    publishRelease({ ...release, commit: COMMIT, notes: 'x', files: [] }, () => {}),
  ).rejects.toThrow('GET /repos/acme/orders/releases: GitHub answered 401');
});
