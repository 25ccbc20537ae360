import { DEFAULT_RUNTIMES, languageVersion } from '../../../runtimes.ts';
import type { NodeBuild } from '../spec.ts';

/** Code that calls `require` in an ES module: bundled CommonJS packages do. */
const REQUIRE =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * The command line of one build. What the author of the service sets himself takes the place of ours.
 *
 * @param output the folder that receives the bundles
 */
export function esbuildArguments(spec: NodeBuild, format: 'esm' | 'cjs', output: string): string[] {
  const { options = [], entries, external, externalAwsSdk, minify, sourceMap } = spec;
  const given = new Set(options.map(nameOf));
  const defaults = [
    `--target=${targetOf(spec.runtime)}`,
    `--format=${format}`,
    ...(minify ? ['--minify', '--keep-names'] : []),
    ...(sourceMap ? ['--sourcemap=linked', '--sources-content=false'] : []),
    ...(format === 'esm' ? ['--out-extension:.js=.mjs', `--banner:js=${REQUIRE}`] : []),
    '--log-level=warning',
    '--log-limit=0',
  ];
  return [
    ...entries.map((entry) => `./${entry.replace(/^\.\//, '')}`),
    '--bundle',
    '--platform=node',
    `--outdir=${output}`,
    ...defaults.filter((option) => !given.has(nameOf(option))),
    ...(externalAwsSdk ? ['--external:@aws-sdk/*', '--external:@smithy/*'] : []),
    ...external.map((name) => `--external:${name}`),
    ...options,
    '--color=false',
  ];
}

/** `--banner:js=...` and `--banner:css=...` are two; of other lists each item adds to the rest. */
const nameOf = (option: string): string =>
  (/^--(banner|footer|out-extension):[^=]+/.exec(option) ?? /^--[^:=]+/.exec(option) ?? [option])[0];

/** Source: esbuild documentation, "Target"; the oldest runtimes had a minor version in their name. */
const targetOf = (runtime: string): string =>
  `node${languageVersion('node', runtime) ?? languageVersion('node', DEFAULT_RUNTIMES.node)}`;
