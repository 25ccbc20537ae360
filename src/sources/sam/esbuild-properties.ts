import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { NodeBuild } from '../../packaging/toolchains/spec.ts';
import { isObject, type Json, type JsonObject, own, scalarText } from '../../template/types.ts';
import { mapOf } from './code-resource.ts';
import type { Settings } from './settings.ts';

/** What of the metadata is no option of esbuild. */
const OURS = ['EntryPoints', 'UseNpmCi'];
/** Set by every build for Lambda, whatever stands there. Source: aws-lambda-builders, workflow nodejs_npm_esbuild. */
const FIXED = ['Bundle', 'Platform', 'Outdir'];

/**
 * The options of esbuild that are passed on, as SAM's metadata writes their names. Left out are those that start servers,
 * watch files, or name files of the build itself.
 * Source: esbuild documentation, "API", and `esbuild --help` of 0.28.
 */
const OPTIONS = [
  'AbsPaths',
  'Alias',
  'AllowOverwrite',
  'AssetNames',
  'Banner',
  'Charset',
  'ChunkNames',
  'Conditions',
  'Define',
  'Drop',
  'DropLabels',
  'EntryNames',
  'External',
  'Footer',
  'Format',
  'GlobalName',
  'IgnoreAnnotations',
  'Inject',
  'Jsx',
  'JsxDev',
  'JsxFactory',
  'JsxFragment',
  'JsxImportSource',
  'JsxSideEffects',
  'KeepNames',
  'LegalComments',
  'LineLimit',
  'Loader',
  'LogLevel',
  'LogLimit',
  'LogOverride',
  'MainFields',
  'MangleCache',
  'MangleProps',
  'MangleQuoted',
  'Minify',
  'MinifyIdentifiers',
  'MinifySyntax',
  'MinifyWhitespace',
  'OutExtension',
  'Outbase',
  'Packages',
  'PreserveSymlinks',
  'PublicPath',
  'Pure',
  'ReserveProps',
  'ResolveExtensions',
  'SourceRoot',
  'Sourcemap',
  'SourcesContent',
  'Splitting',
  'Supported',
  'Target',
  'TreeShaking',
  'Tsconfig',
  'TsconfigRaw',
];

export const ESBUILD_PROPERTIES: readonly string[] = [...OURS, ...FIXED, ...OPTIONS];

/** Options that say what files are called, below the folder that receives them. */
const NAMES = new Set(['AssetNames', 'ChunkNames', 'EntryNames']);
/** Options whose values are one list, divided by commas; any other list is an option for each of its items. */
const COMMA_LISTS = new Set(['Conditions', 'DropLabels', 'MainFields', 'ResolveExtensions', 'Target']);

/** Where a kind of function says what runs. */
interface Kind {
  readonly handler: string;
  readonly byDefault: string;
  readonly variables: string;
  /** The file that a handler is in. */
  readonly entry: (handler: string) => string;
  /** The handler in a bundle that has the name of its file only. */
  readonly inBundle: (handler: string) => string;
}

const FUNCTION: Kind = {
  handler: 'Handler',
  byDefault: '',
  variables: 'Environment.Variables',
  entry: (handler) => handler.split('.')[0] ?? '',
  inBundle: (handler) => posix.basename(handler),
};

/** Its entry point is a file. */
const WEB: Kind = {
  handler: 'EntryPoint',
  byDefault: 'index.js',
  variables: 'EnvironmentVariables',
  entry: (file) => file,
  inBundle: (file) => `${posix.parse(file).name}.js`,
};

/** A bundle, and what the template has to say so that Lambda finds it. */
export interface Bundle {
  readonly build: NodeBuild;
  /** Values of properties of the function in place of its own, by dotted path. */
  readonly properties: JsonObject;
}

/**
 * What SAM makes of `BuildMethod: esbuild`.
 * Source: AWS SAM developer guide, "Building Node.js Lambda functions with esbuild"; aws-lambda-builders 1.66,
 * `EsbuildCommandBuilder`: true is `--name`, false is nothing, text is `--name=text`, a list is `--name:item` for each.
 *
 * @param directory that the code property names; absolute
 * @throws ProblemError
 */
export function esbuildBundle(settings: Settings, directory: string): Bundle {
  const given = settings.buildProperties('esbuild', ESBUILD_PROPERTIES);
  const kind = settings.resource.type.endsWith('::WebFunction') ? WEB : FUNCTION;
  const handler = settings.text('Properties', kind.handler) ?? kind.byDefault;
  const entries = entryPoints(settings, given, kind.entry(handler), directory);
  const variables = kind.variables
    .split('.')
    .reduce((map, step) => mapOf(own(map, step)), settings.resource.properties);
  const nodeOptions = settings.ask(own(variables, 'NODE_OPTIONS') ?? null);
  const withMaps = { ...(hasSourceMaps(nodeOptions) && { Sourcemap: true }), ...given };
  const options = OPTIONS.flatMap((name) => optionsOf(settings, name, own(withMaps, name)));
  // Given as false, it is still given: only what is not there has SAM's default.
  if (!Object.hasOwn(given, 'Minify')) options.push('--minify');
  const runtime = settings.text('Properties', 'Runtime') ?? '';
  return {
    build: {
      kind: 'node',
      directory,
      entries,
      runtime,
      format: formatOf(given),
      options,
      install: true,
      minify: false,
      sourceMap: false,
      externalAwsSdk: false,
      external: [],
    },
    properties: {
      ...foundHandler(handler, entries, given, kind),
      ...(withMaps.Sourcemap && sourceMapsOn(nodeOptions, kind)),
    },
  };
}

const formatOf = ({ Format }: JsonObject): 'esm' | 'cjs' => (Format === 'esm' ? 'esm' : 'cjs');

/** The files that are named, else that of the handler; without an extension, a `.ts` before a `.js`. */
function entryPoints(
  settings: Settings,
  { EntryPoints }: JsonObject,
  byDefault: string,
  directory: string,
): readonly string[] {
  const written = EntryPoints ?? [byDefault];
  const wrong = (message: string) =>
    settings.wrong(
      message,
      'Name the files that export handlers, relative to the folder of the code.',
      'Metadata',
      'BuildProperties',
    );
  if (!Array.isArray(written) || !written.every((each) => typeof each === 'string' && each !== ''))
    throw wrong('EntryPoints is no list of files');
  if (written.length === 0) throw wrong('EntryPoints is empty');
  return written.map(scalarText).map((entry) => {
    const found = posix.extname(entry) === '' ? ['.ts', '.js'].map((end) => `${entry}${end}`) : [entry];
    const file = found.find((each) => existsSync(join(directory, each)));
    if (file === undefined) throw wrong(`the entry point ${JSON.stringify(entry)} is not there`);
    return file;
  });
}

function optionsOf(settings: Settings, name: string, value: Json | undefined): string[] {
  if (value === undefined || value === null || value === false) return [];
  const flag = `--${name.replace(/(?<=.)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`;
  if (value === true) return [flag];
  if (isObject(value)) {
    throw settings.wrong(
      `BuildProperties.${name} is a map, which esbuild has no form for`,
      'Write a list of name=value.',
      'Metadata',
      'BuildProperties',
      name,
    );
  }
  if (NAMES.has(name) && scalarText(value).split('/').includes('..')) {
    throw settings.wrong(
      `BuildProperties.${name} leads out of the folder that receives the bundles`,
      'Leave out what goes up.',
      'Metadata',
      'BuildProperties',
      name,
    );
  }
  if (!Array.isArray(value)) return [`${flag}=${scalarText(value)}`];
  const items = value.map(scalarText);
  return COMMA_LISTS.has(name) ? [`${flag}=${items.join(',')}`] : items.map((item) => `${flag}:${item}`);
}

/**
 * The bundle has the name of the entry's file, not of its folder: where no bundle is what the handler names, the handler
 * is the file alone, as `sam build` writes it.
 */
function foundHandler(
  handler: string,
  entries: readonly string[],
  given: JsonObject,
  kind: Kind,
): JsonObject {
  const { dir, name } = posix.parse(handler);
  if (handler === '' || handler.startsWith('/opt') || Object.hasOwn(given, 'EntryNames')) return {};
  const expected = posix.join(dir, `${name}.js`);
  const found = bundleNames(entries, scalarText(given.Outbase)).map((each) => `${each}${extensionOf(given)}`);
  // A module (.mjs, .cjs) is found by Lambda under the same name.
  const isFound = found.some((each) => each.replace(/\.[cm]js$/, '.js') === expected);
  const after = kind.inBundle(handler);
  return isFound || after === handler ? {} : { [kind.handler]: after };
}

/** Where esbuild puts bundles, without extensions: below the lowest folder that all entries share. */
function bundleNames(entries: readonly string[], outbase: string): readonly string[] {
  const folders = entries.map((entry) => posix.dirname(posix.normalize(entry)).split('/'));
  const [first = [], ...others] = folders;
  const differs = first.findIndex((part, index) => others.some((each) => each[index] !== part));
  const shared = first.slice(0, differs < 0 ? first.length : differs).join('/') || '.';
  return entries.map((entry) =>
    posix
      .relative(outbase || shared, entry)
      // What would go up stays below.
      .replaceAll('../', '_.._/')
      .replace(/\.[^./]+$/, ''),
  );
}

function extensionOf({ OutExtension, Format }: JsonObject): string {
  const own = Array.isArray(OutExtension)
    ? OutExtension.map(scalarText)
        .find((each) => each.startsWith('.js='))
        ?.slice('.js='.length)
    : undefined;
  return own ?? (Format === 'esm' ? '.mjs' : '.js');
}

const SOURCE_MAPS = '--enable-source-maps';

const hasSourceMaps = (options: Json): boolean =>
  typeof options === 'string' && options.split(/\s+/).includes(SOURCE_MAPS);

/** Node reads maps only when it is told to. What the function's author lets CloudFormation compute is left alone. */
function sourceMapsOn(options: Json, { variables }: Kind): JsonObject {
  if (hasSourceMaps(options) || (options !== null && typeof options !== 'string')) return {};
  return { [`${variables}.NODE_OPTIONS`]: options ? `${options} ${SOURCE_MAPS}` : SOURCE_MAPS };
}
