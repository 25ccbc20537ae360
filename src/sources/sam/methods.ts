import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { FileBuild } from '../../packaging/toolchains/spec.ts';
import { type JsonObject, scalarText } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import { esbuildBundle } from './esbuild-properties.ts';
import type { Find, Settings } from './settings.ts';

/** What is built, and what the template has to say besides where it is. */
export interface MethodBuild {
  readonly build: FileBuild;
  /** Values of properties in place of the resource's own, by dotted path. */
  readonly properties?: JsonObject;
}

/** How a `BuildMethod` of SAM is built here. */
interface Method {
  readonly name: RegExp;
  readonly of: readonly ('function' | 'layer')[];
  /**
   * @param directory that the code property names; absolute
   * @throws ProblemError
   */
  build(settings: Settings, directory: string, method: string, find: Find): MethodBuild;
}

/**
 * Source: AWS SAM developer guide, "Building custom runtimes", "Building Node.js Lambda functions with esbuild",
 * "Building Lambda layers"; aws-lambda-builders for the properties of each.
 */
const METHODS: readonly Method[] = [
  { name: /^(makefile|provided(\.al2(023)?)?)$/, of: ['function'], build: make },
  { name: /^makefile$/, of: ['layer'], build: make },
  { name: /^esbuild$/, of: ['function'], build: esbuildBundle },
  { name: /^nodejs\d+\.x$/, of: ['function', 'layer'], build: npm },
  { name: /^python3\.\d+$/, of: ['function', 'layer'], build: python },
  { name: /^python-uv$/, of: ['function'], build: python },
  { name: /^go1\.x$/, of: ['function'], build: go },
  { name: /^rust-cargolambda$/, of: ['function'], build: rust },
  { name: /^java\d+(\.al2(023)?)?$/, of: ['function', 'layer'], build: java },
  { name: /^dotnet\d*$/, of: ['function', 'layer'], build: dotnet },
  { name: /^ruby\d\.\d+$/, of: ['function', 'layer'], build: ruby },
];

/** What is not called as a runtime of today is. */
const NAMES = ['makefile', 'esbuild', 'python-uv', 'rust-cargolambda', 'go1.x'];
const LANGUAGES = ['nodejs', 'python', 'java', 'dotnet', 'ruby'];

/** Keys of the metadata with which a Makefile is found, and run, in other folders than the code property names. */
const ELSEWHERE = ['ContextPath', 'WorkingDirectory', 'ProjectRootDirectory'];

/**
 * How a resource is built.
 *
 * @throws ProblemError where it is not
 */
export function methodBuild(settings: Settings, directory: string, find: Find): MethodBuild {
  const { resource, isLayer } = settings;
  const method = settings.text('Metadata', 'BuildMethod') ?? '';
  const kind = isLayer ? 'layer' : 'function';
  const found = METHODS.find(({ name, of }) => of.includes(kind) && name.test(method));
  const elsewhere = ELSEWHERE.filter((key) => Object.hasOwn(resource.metadata, key));
  if (found && found.build !== make && elsewhere.length > 0)
    throw settings.wrong(
      `${elsewhere.join(' and ')} ${elsewhere.length > 1 ? 'are' : 'is'} for makefiles only`,
      'Let the code property name the folder to build in.',
      'Metadata',
    );
  if (found) return found.build(settings, directory, method, find);
  const isOne = (word: string | undefined): word is string =>
    word !== undefined && METHODS.some(({ name, of }) => of.includes(kind) && name.test(word));
  const meant = meantMethods(method).find(isOne);
  throw settings.wrong(
    `BuildMethod ${JSON.stringify(method)} of a ${kind} is not built here`,
    meant
      ? `Write ${meant} if that is meant.`
      : `Use ${NAMES.filter(isOne).join(', ')} or a runtime, or run sam build before and set source to .aws-sam/build/template.yaml.`,
    'Metadata',
    'BuildMethod',
  );
}

/** What a misspelt method may mean: another one, or a runtime of the same version. */
function meantMethods(method: string): readonly (string | undefined)[] {
  const [, word = '', version = ''] = /^([a-z]+)(\d.*)$/.exec(method) ?? [];
  const language = closest(word, LANGUAGES);
  return [closest(method, NAMES), `${language}${version}`, `${language}${version}.x`];
}

/**
 * No shell sees the ID.
 * Source: aws-sam-cli, `ApplicationBuilder`: what the three keys mean, relative to the template.
 */
function make(settings: Settings, code: string, method: string, find: Find): MethodBuild {
  settings.buildProperties(method, []);
  const folder = (key: string): string | undefined => {
    const written = settings.text('Metadata', key);
    return written === undefined ? undefined : find(written, 'Metadata', key);
  };
  const project = folder('ProjectRootDirectory') ?? code;
  const directory = folder('WorkingDirectory') ?? project;
  const makefile = join(folder('ContextPath') ?? project, 'Makefile');
  const isElsewhere = makefile !== join(directory, 'Makefile');
  const target = `build-${settings.resource.id}`;
  const runtime = settings.isLayer ? undefined : settings.text('Properties', 'Runtime');
  const isProgram = runtime?.startsWith('provided');
  return {
    build: {
      kind: 'command',
      directory,
      command: ['make', ...(isElsewhere ? ['--makefile', relative(directory, makefile)] : []), target],
      title: `make ${target}`,
      output: { variable: 'ARTIFACTS_DIR' },
      environment: {},
      ...(isProgram && runtime && { machine: { architecture: settings.architecture(), runtime } }),
    },
  };
}

function npm(settings: Settings, directory: string, method: string): MethodBuild {
  const { UseNpmCi } = settings.buildProperties(method, ['UseNpmCi']);
  return {
    build: {
      kind: 'npm',
      directory,
      architecture: settings.architecture(),
      runtime: runtimeOf(settings, method),
      ...(settings.isLayer && { into: 'nodejs' }),
      ...(UseNpmCi === false && { locked: false }),
    },
  };
}

function python(settings: Settings, directory: string, method: string): MethodBuild {
  const properties = settings.buildProperties(method, ['ParentPackageMode', 'ParentPackages']);
  const runtime = settings.isLayer ? method : (settings.text('Properties', 'Runtime') ?? method);
  if (!/^python3\.\d+$/.test(runtime))
    throw settings.wrong(
      `BuildMethod ${method} builds for Python, but Runtime is ${runtime}`,
      'Correct one of them.',
      'Properties',
      'Runtime',
    );
  const parents = settings.isLayer ? undefined : parentPackages(settings, properties, directory);
  return {
    build: {
      kind: 'python',
      directory,
      runtime,
      architecture: settings.architecture(),
      ...(settings.isLayer && { into: 'python' }),
      ...(parents !== undefined && { parents }),
      // Where there is a project, uv takes its word before that of a list beside it.
      ...(method === 'python-uv' &&
        existsSync(join(directory, 'pyproject.toml')) && { requirements: 'pyproject.toml' }),
    },
  };
}

/**
 * The packages that the handler's module is in, where the folder of the code is one of them.
 * Source: aws-lambda-builders, workflow python_pip, `ParentPackageMode`.
 */
function parentPackages(
  settings: Settings,
  { ParentPackageMode: mode, ParentPackages: written }: JsonObject,
  directory: string,
): string | undefined {
  if (mode === undefined) return undefined;
  const wrong = (message: string, next: string) =>
    settings.wrong(message, next, 'Metadata', 'BuildProperties');
  if (mode === 'explicit') {
    if (typeof written === 'string' && /^\w+(\.\w+)*$/.test(written)) return written.replaceAll('.', '/');
    throw wrong('ParentPackages is no dotted name of packages', 'Write it as in import: src.orders.');
  }
  if (mode !== 'auto') throw wrong(`ParentPackageMode is ${JSON.stringify(mode)}`, 'Write auto or explicit.');
  const packages = (settings.text('Properties', 'Handler') ?? '').split('.').slice(0, -2);
  const folders = directory.split(/[\\/]/);
  for (let count = packages.length; count > 0; count--) {
    const parents = packages.slice(0, count).join('/');
    if (folders.slice(-count).join('/') === parents) return parents;
  }
  throw wrong(
    'ParentPackageMode is auto, but the folder of the code is in no package that Handler names',
    'Write explicit, and ParentPackages.',
  );
}

function go(settings: Settings, directory: string, method: string): MethodBuild {
  // Paths of this machine are left out of every build.
  settings.buildProperties(method, ['TrimGoPath']);
  if (settings.text('Properties', 'Runtime') === 'go1.x')
    throw settings.wrong(
      'Lambda has ended the runtime go1.x',
      'Set Runtime to provided.al2023.',
      'Properties',
      'Runtime',
    );
  const folder = goFolder(settings, directory);
  return {
    build: {
      kind: 'go',
      directory,
      ...(folder !== undefined && { package: `./${folder}` }),
      architecture: settings.architecture(),
      tags: [],
      ldflags: '',
      generate: false,
      environment: {},
    },
  };
}

/** Where the folder of the code holds no program, it is in the folder that the handler names. */
function goFolder(settings: Settings, directory: string): string | undefined {
  if (statSync(directory).isDirectory() && readdirSync(directory).some((name) => name.endsWith('.go')))
    return undefined;
  const handler = settings.text('Properties', 'Handler');
  return handler !== undefined && existsSync(join(directory, handler)) ? handler : undefined;
}

/** Of a layer, what it is built with. */
const runtimeOf = (settings: Settings, method: string): string =>
  (settings.isLayer ? undefined : settings.text('Properties', 'Runtime')) ?? method;

function rust(settings: Settings, directory: string, method: string): MethodBuild {
  const { Binary } = settings.buildProperties(method, ['Binary']);
  return {
    build: {
      kind: 'rust',
      directory,
      ...(Binary !== undefined && { binary: scalarText(Binary) }),
      runtime: settings.text('Properties', 'Runtime') ?? 'provided.al2023',
      architecture: settings.architecture(),
    },
  };
}

function java(settings: Settings, directory: string, method: string): MethodBuild {
  settings.buildProperties(method, []);
  const runtime = runtimeOf(settings, method);
  return { build: { kind: 'java', directory, runtime, layer: settings.isLayer } };
}

function dotnet(settings: Settings, directory: string, method: string): MethodBuild {
  settings.buildProperties(method, []);
  const architecture = settings.architecture();
  return { build: { kind: 'dotnet', directory, architecture, layer: settings.isLayer } };
}

function ruby(settings: Settings, directory: string, method: string): MethodBuild {
  settings.buildProperties(method, []);
  const runtime = runtimeOf(settings, method);
  const architecture = settings.architecture();
  return { build: { kind: 'ruby', directory, runtime, architecture, layer: settings.isLayer } };
}
