/**
 * Makes dist/: `node scripts/build.ts [folder]`. TypeScript compiles src/ to lib/, ncc bundles lib/entry.js with a chunk
 * for each dynamic import, and the ways to start become files of one line. The same sources give the same bytes.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin, transform } from 'esbuild';
import { bundleCustomResources } from './custom-resources.ts';
import { directImports } from './direct-imports.ts';
import { bracketFirstCall } from './first-call.ts';
import { late, quickXml, unusedBuiltins, versionOnly, withoutUnused } from './sdk-plugins.ts';

const root = resolve(import.meta.dirname, '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const require = createRequire(import.meta.url);

/**
 * The client that makes the first call of a run, and those that previews use besides: what they share is loaded once, and
 * what only one of them needs with that one.
 */
const FIRST = ['cloudformation.js', 'lambda.js', 'sts.js'];

/** A file that starts a part of the bundle. */
const STARTS = { 'index.js': 'main', 'post.js': 'post', 'cli.js': 'cli', 'server.js': 'server' } as const;

/** Files of their own beside the bundle: what service definitions import. */
const LIBRARY = {
  'service.js': 'service/index.js',
  'decorators.js': 'service/decorators/index.js',
} as const;

/** ncc makes a `require` for each of Node's own modules. */
const REQUIRED = /__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\("([^"]+)"\)/g;

rmSync(join(root, 'lib'), { recursive: true, force: true });
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
run(
  require.resolve('typescript/package.json').replace('package.json', 'bin/tsc'),
  '-p',
  'tsconfig.build.json',
);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
writeFileSync(join(root, 'lib', 'version.js'), `export const VERSION = ${JSON.stringify(version)};\n`);
const sdkPackages = [...(await shakeSdk()), ...(await shakeLibraries())];
run(
  require.resolve('@vercel/ncc/dist/ncc/cli.js'),
  'build',
  'lib/entry.js',
  '--out',
  dist,
  '--license',
  'licenses.txt',
  '--quiet',
);

await buildLibrary();
const consolePackages = await buildConsole();
const evaluatorPackages = await buildEvaluator();
addLicences([...new Set([...sdkPackages, ...consolePackages, ...evaluatorPackages])]);
renameSync(join(dist, 'index.js'), join(dist, 'bundle.js'));
// The library keeps its names.
const isCode = (name: string) => name.endsWith('.js') && !Object.hasOwn(LIBRARY, name);
for (const name of readdirSync(dist)) if (isCode(name)) await shrink(join(dist, name));
for (const [file, part] of Object.entries(STARTS)) {
  const shebang = part === 'cli' ? '#!/usr/bin/env node\n' : '';
  writeFileSync(join(dist, file), `${shebang}import { ${part} } from './bundle.js';\nawait ${part}();\n`);
}
chmodSync(join(dist, 'cli.js'), 0o755);
bracketFirstCall(dist);
await bundleCustomResources(join(dist, 'custom-resources'));
// They stand in pages; nothing imports them.
cpSync(join(root, 'src', 'stages', 'report', 'page'), join(dist, 'page'), { recursive: true });
await buildDrawing();
// Runtime processes read these; nothing imports them.
cpSync(join(root, 'src', 'local', 'runtime', 'bootstrap'), join(dist, 'bootstrap'), {
  recursive: true,
  // Python leaves it where functions were run from the sources.
  filter: (from) => !from.endsWith('__pycache__'),
});

function run(script: string, ...args: string[]): void {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What the first client loads only now and then: ways to credentials, mostly. */
interface Apart {
  /** By specifier, the name of the file that stands for it. */
  readonly files: Map<string, string>;
  readonly plugin: Plugin;
}

/** Leaves dynamic imports to files of their own, beside the one that has them. */
function apart(): Apart {
  const files = new Map<string, string>();
  const plugin: Plugin = {
    name: 'apart',
    setup: ({ onResolve, resolve: resolved }) =>
      onResolve({ filter: /^[^.]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || isBuiltin(path) || pluginData === files) return undefined;
        const found = await resolved(path, { kind, resolveDir, pluginData: files });
        const name = `apart-${path.replaceAll(/[^\w-]+/g, '-')}`;
        files.set(found.path, name);
        return { path: `./${name}.js`, external: true };
      }),
  };
  return { files, plugin };
}

/**
 * Leaves out of the AWS SDK what src/aws/connection/sdk/ does not name. ncc takes the SDK's CommonJS files, which are one piece;
 * esbuild takes its modules.
 *
 * @returns the folders of the packages that went in, which ncc does not see
 */
async function shakeSdk(): Promise<string[]> {
  const folder = join(root, 'lib', 'aws', 'connection', 'sdk');
  const shared = {
    outdir: folder,
    allowOverwrite: true,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  } as const satisfies BuildOptions;
  const others = readdirSync(folder).filter((name) => name.endsWith('.js') && !FIRST.includes(name));
  const { files, plugin } = apart();
  const first = await build({
    ...shared,
    entryPoints: FIRST.map((name) => join(folder, name)),
    splitting: true,
    plugins: [
      plugin,
      quickXml,
      withoutUnused,
      versionOnly,
      directImports,
      late('fs/promises', 'zlib', 'https'),
      unusedBuiltins,
    ],
  });
  const rest = await build({
    ...shared,
    entryPoints: [
      ...others.map((name) => ({ in: join(folder, name), out: name.replace(/\.js$/, '') })),
      // They are found side by side: the order says nothing.
      ...Array.from(files, ([path, name]) => ({ in: path, out: name })).sort((a, b) =>
        a.out < b.out ? -1 : 1,
      ),
    ],
    splitting: true,
    plugins: [quickXml, withoutUnused, versionOnly, late('zlib', 'https'), unusedBuiltins],
  });
  return [...new Set([first, rest].flatMap(({ metafile }) => packagesOf(metafile)))].sort();
}

/** The folders of the packages that a bundle has files of. */
function packagesOf({ inputs }: Metafile): string[] {
  const folders = Object.keys(inputs).flatMap(
    (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

/**
 * The same for the packages that read templates: esbuild takes their modules, where ncc would take the CommonJS files.
 *
 * @returns the folders of the packages
 */
async function shakeLibraries(): Promise<string[]> {
  const folder = join(root, 'lib', 'template', 'read', 'libraries');
  const { metafile } = await build({
    entryPoints: readdirSync(folder).flatMap((name) => (name.endsWith('.js') ? [join(folder, name)] : [])),
    outdir: folder,
    allowOverwrite: true,
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  return packagesOf(metafile);
}

/**
 * The page of the console: a script, the flame graph that only profiles need, and what a browser takes as it is.
 *
 * @returns the folders of the packages that went in
 */
async function buildConsole(): Promise<string[]> {
  const from = join(root, 'src', 'console', 'page');
  const folder = join(dist, 'console');
  const { metafile } = await build({
    entryPoints: [join(from, 'console.mjs'), join(from, 'flame.mjs')],
    outdir: folder,
    external: ['/flame.js'],
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    // The library's own style is not ours.
    loader: { '.css': 'empty' },
    logLevel: 'error',
  });
  for (const name of ['index.html', 'console.css', 'icon.svg'])
    copyFileSync(join(from, name), join(folder, name));
  return packagesOf(metafile);
}

/** What draws further views in a page; its packages are in the bundle as well. */
async function buildDrawing(): Promise<void> {
  await build({
    entryPoints: [join(root, 'lib', 'picture', 'svg', 'draw.js')],
    outfile: join(dist, 'page', 'drawing.js'),
    bundle: true,
    // The page's own script comes after it, in the same element.
    format: 'iife',
    globalName: 'drawing',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
}

/**
 * The thread that evaluates expressions of state machines: it is started by its file.
 *
 * @returns the folders of the packages that went in
 */
async function buildEvaluator(): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [join(root, 'lib', 'local', 'state-machines', 'language', 'evaluator.js')],
    outfile: join(dist, 'evaluator.js'),
    metafile: true,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
  return packagesOf(metafile);
}

/** What definitions import, each as one file, with the types that editors read. */
async function buildLibrary(): Promise<void> {
  const starts = Object.entries(LIBRARY);
  for (const [file, entry] of starts) {
    await build({
      entryPoints: [join(root, 'lib', entry)],
      outfile: join(dist, file),
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node24',
      // Messages name decorators.
      keepNames: true,
      logLevel: 'error',
    });
  }
  copyTypes(starts.map(([, entry]) => entry.replace(/\.js$/, '.d.ts')));
  for (const name of ['service', 'targets'])
    copyFileSync(join(root, `src/${name}/${name}.schema.json`), join(dist, `${name}.schema.json`));
}

/** Copies declarations with all that they import. */
function copyTypes(entries: readonly string[]): void {
  const copied = new Set<string>();
  const copy = (file: string): void => {
    if (copied.has(file)) return;
    copied.add(file);
    const text = readFileSync(join(root, 'lib', file), 'utf8');
    mkdirSync(dirname(join(dist, 'types', file)), { recursive: true });
    writeFileSync(join(dist, 'types', file), text);
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.[^']+)'/g))
      copy(join(dirname(file), path).replace(/(\.d)?\.[jt]s$/, '.d.ts'));
  };
  entries.forEach(copy);
}

/** Adds the licences of packages to those that ncc collected, in its form: name, licence, text. */
function addLicences(folders: readonly string[]): void {
  const path = join(dist, 'licenses.txt');
  const texts = folders.map((folder) => {
    const { name, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Record<
      string,
      string
    >;
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    return [name, license, ...(file ? [readFileSync(join(root, folder, file), 'utf8')] : [])].join('\n');
  });
  const all = [readFileSync(path, 'utf8').trimEnd(), ...texts].join('\n\n');
  writeFileSync(path, `${all.replaceAll('\r\n', '\n')}\n`);
}

/** Less to read and to do is less to wait for at each start. */
async function shrink(file: string): Promise<void> {
  const text = readFileSync(file, 'utf8').replace(REQUIRED, (written, name: string) =>
    isBuiltin(name) ? `process.getBuiltinModule("${name}")` : written,
  );
  const { code } = await transform(text, {
    format: 'esm',
    target: 'node24',
    minify: true,
    legalComments: 'none',
  });
  // ncc takes createRequire from it, which nobody calls any more.
  writeFileSync(file, code.replace(/^import"module";/, ''));
}
