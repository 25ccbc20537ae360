/** The release workflow, on a copy of this repository: up to what only GitHub can do, which docs/releasing.md lists. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { makeRepository, type Repository, type WorkflowRun } from '../support/act.ts';
import { NETWORK_SETTINGS } from '../support/network.ts';
import { type ReleasesServer, startReleases } from '../support/releases-server.ts';

const root = resolve(import.meta.dirname, '../..');
const WORKFLOW = '.github/workflows/release.yml';
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const TAG = `v${version}`;

/** By name, what stands in for an action; folders of a workflow's artifacts are below `$ARTIFACTS`. */
const STAND_INS: Readonly<Record<string, string>> = {
  'actions/setup-node': `
inputs: { node-version: {}, package-manager-cache: {}, registry-url: {} }
runs:
  using: composite
  steps: [{ shell: bash, run: 'node --version' }]`,
  'actions/upload-artifact': `
inputs: { name: {}, path: {}, if-no-files-found: {} }
runs:
  using: composite
  steps:
    - shell: bash
      run: mkdir -p "$ARTIFACTS" && cp -R "\${{ inputs.path }}" "$ARTIFACTS/\${{ inputs.name }}"`,
  'actions/download-artifact': `
inputs: { name: {}, path: {} }
runs:
  using: composite
  steps:
    - shell: bash
      run: mkdir -p "\${{ inputs.path }}" && cp -R "$ARTIFACTS/\${{ inputs.name }}/." "\${{ inputs.path }}/"`,
  'actions/attest': `
inputs: { subject-path: {}, sbom-path: {} }
runs:
  using: composite
  steps:
    - shell: bash
      run: |
        sha256sum \${{ inputs.subject-path }} >> "$ARTIFACTS/attested.txt"
        echo "sbom=\${{ inputs.sbom-path }}" >> "$ARTIFACTS/attested.txt"
        if [ -n "\${{ inputs.sbom-path }}" ]; then node -e 'JSON.parse(require("node:fs").readFileSync(process.argv[1]))' "\${{ inputs.sbom-path }}"; fi`,
};

/** npm itself, but that it publishes nothing. */
const NPM = (real: string) => `#!/bin/sh
if [ "$1" = publish ]; then
  echo "npm $*" >> "$ARTIFACTS/published.txt"
  exec "${real}" "$@" --dry-run
fi
exec "${real}" "$@"
`;

let github: ReleasesServer;
let repository: Repository;
let folder: string;
let commit: string;
/** That of this machine: what is locked is locked by its digest. */
let npmCache: string;
const artifact = (name: string) => readFileSync(join(folder, 'artifacts', name), 'utf8');

beforeAll(async () => {
  github = await startReleases();
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  for (const name of ['artifacts', 'programs']) mkdirSync(join(folder, name));
  npmCache = execFileSync('npm', ['config', 'get', 'cache'], { encoding: 'utf8' }).trim();
  const real = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  writeFileSync(join(folder, 'programs', 'npm'), NPM(real), { mode: 0o755 });
  const jobs = Object.values(
    (parse(readFileSync(join(root, WORKFLOW), 'utf8')) as { jobs: Record<string, Job> }).jobs,
  );
  const used = new Set(jobs.flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? [])));
  const actions = Object.fromEntries(
    [...used].flatMap((uses) => {
      const text = STAND_INS[uses.replace(/@.*/, '')];
      return text ? [[uses, `name: stand-in\ndescription: Stands in.${text}\n`]] : [];
    }),
  );
  repository = await makeRepository(
    {},
    { actions, runners: ['ubuntu-24.04-arm'], programs: join(folder, 'programs') },
  );
  copyTracked(repository.path);
  // The others are no part of a release, and act starts them with tags, too.
  for (const name of readdirSync(join(root, '.github/workflows')))
    if (!WORKFLOW.endsWith(name)) rmSync(join(repository.path, '.github/workflows', name));
  const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
  commit = await repository.commit({
    'CHANGELOG.md': changelog.replace('## [Unreleased]', `## [${version}] - 2026-12-01`),
    // The tests are what runs this one.
    '.ci/run': '#!/bin/sh\necho tested\n',
  });
  execFileSync('git', ['update-ref', 'refs/remotes/origin/main', commit], { cwd: repository.path });
});
afterAll(async () => {
  await github.stop();
  await repository.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Job {
  readonly steps: readonly { readonly uses?: string }[];
}

/** What a commit of this folder would have. */
function copyTracked(to: string): void {
  const git = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const listed = execFileSync('git', git, { cwd: root, encoding: 'utf8' }).split('\0');
  const there = listed.filter((name) => name !== '' && existsSync(join(root, name)));
  const archive = execFileSync('tar', ['--create', '--null', '--files-from', '-'], {
    cwd: root,
    input: there.join('\0'),
    maxBuffer: 1e9,
  });
  execFileSync('tar', ['--extract'], { cwd: to, input: archive });
}

const push = (tag: string): Promise<WorkflowRun> => {
  execFileSync('git', ['tag', '--force', tag], { cwd: repository.path });
  github.tags.set(tag, commit);
  const payload = { ref: `refs/tags/${tag}`, after: commit, repository: { full_name: 'acme/orders' } };
  return repository.run(
    { name: 'push', payload: { ...payload, default_branch: 'main' } },
    {
      ...NETWORK_SETTINGS,
      npm_config_cache: npmCache,
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/orders',
      GITHUB_REF_NAME: tag,
      GITHUB_SHA: commit,
      ARTIFACTS: join(folder, 'artifacts'),
    },
  );
};

it('stops before anything is built where the tag is not the version', async () => {
  const { log, ok } = await push('v99.0.0');
  expect(ok).toBe(false);
  expect(log).toContain(`package.json has version ${version}, the tag is v99.0.0`);
  expect(log).not.toContain('npm ci');
  expect(github.releases).toEqual([]);
});

it('releases what two builds agree on', async () => {
  const { log, ok } = await push(TAG);
  expect({ ok, log: ok ? '' : log }).toEqual({ ok: true, log: '' });
  expect(artifact('attested.txt')).toMatch(
    /^([0-9a-f]{64}) {2}release\/sparta-action-[\d.]+\.tgz\nsbom=\n\1 {2}\S+\nsbom=release\/sbom\.cdx\.json\n$/,
  );
  expect(artifact('published.txt')).toMatch(
    /^npm publish \.\/release\/sparta-action-[\d.]+\.tgz --provenance --access public\n$/,
  );
  expect(github.releases).toMatchObject([{ tag_name: TAG, draft: false, immutable: true }]);
  const names = github.releases[0]?.assets.map(({ name }) => name);
  expect(names).toEqual(['sbom.cdx.json', `sparta-action-${version}.tgz`]);
  expect(github.releases[0]?.body).toContain('### Added');
  expect(github.tags.get('v1')).toBe(commit);
  expect(github.violations).toEqual([]);
});
