import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Services of a repository; the first two read what they have in common. */
export const SERVICES = [
  'orders',
  'billing',
  'stock',
  'mail',
  'search',
  'users',
  'reports',
  'audit',
] as const;
/** The first one is a canary: others wait for it. */
export const REGIONS = ['eu-central-1', 'us-east-1'] as const;

/** What two of the services read. */
export const SHARED = 'shared/prices.mjs';

const definition = (name: string): string => {
  const reads = name === 'orders' || name === 'billing' ? ['src', `../../${SHARED}`] : ['src'];
  const files = name === 'orders' || name === 'billing' ? `../../${SHARED} src/index.mjs` : 'src/index.mjs';
  return `name: ${name}
functions:
  main:
    handler: index.handler
    runtime: nodejs24.x
    build:
      kind: command
      command: mkdir out && cat ${files} > out/index.mjs && echo built ${name} >> "$BUILD_LOG"
      output: out
      inputs: [${reads.join(', ')}]
`;
};

/** Two regions for each service, the second after the first of all services. */
export const TARGETS = `matrix:
  service: [${SERVICES.map((name) => `services/${name}`).join(', ')}]
  region: [${REGIONS.join(', ')}]
  include:
    - region: ${REGIONS[1]}
      needs: '*-${REGIONS[0]}'
defaults:
  account: '000000000000'
`;

/** Eight services in one repository. */
export const FILES: Readonly<Record<string, string>> = {
  '.gitignore': '.sparta\n',
  'README.md': 'Shop\n',
  'sparta.targets.yml': TARGETS,
  [SHARED]: 'export const price = 1;\n',
  ...Object.fromEntries(
    SERVICES.flatMap((name) => [
      [`services/${name}/sparta.config.yml`, definition(name)],
      [`services/${name}/src/index.mjs`, `export const handler = async () => '${name}';\n`],
    ]),
  ),
};

/** Lines that builds have written. */
export const buildsIn = (log: string): readonly string[] =>
  existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];

/** A repository of a workspace's files. */
export function gitIn(folder: string): { commit(): string } {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-c', 'user.email=dev@example.com', '-c', 'user.name=Dev', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  if (!existsSync(join(folder, '.git'))) git('init', '--quiet', '--initial-branch', 'main');
  return {
    commit() {
      git('add', '-A');
      git('commit', '--quiet', '--allow-empty', '-m', 'change');
      return git('rev-parse', 'HEAD');
    },
  };
}
