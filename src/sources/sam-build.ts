import { sep } from 'node:path';
import type { FileBuild } from '../packaging/toolchains/spec.ts';
import type { Problem } from '../problem.ts';
import { ASSET_PROPERTIES } from '../template/assets/asset-properties.ts';
import { defaultCode, isLocalPath } from '../template/assets/local-assets.ts';
import type { LocationForm } from '../template/assets/targets.ts';
import type { TemplateDocument } from '../template/document.ts';
import { type DeclaredResource, declaredResources } from '../template/resources.ts';
import {
  isObject,
  type Json,
  type JsonObject,
  own,
  scalarText,
  type Template,
  type TemplatePath,
} from '../template/types.ts';
import { architectureOf } from './image.ts';

/** How SAM's `Metadata.BuildMethod` is built here, or why it is not. */
export type SamBuild = { readonly build: FileBuild } | { readonly problem: Problem };

/** A resource whose code is built before it is packaged. */
interface Built {
  readonly declared: DeclaredResource;
  /** The folder of its sources, as its author wrote it. */
  readonly written: string;
  /** The property that receives the location; where `Globals` has it for all, the resource gets one of its own. */
  readonly at: TemplatePath;
  readonly form: LocationForm;
  /** Properties that need no packaging of their own then. */
  readonly instead: readonly TemplatePath[];
}

const GLOBAL_CODE = ['Globals', 'Function', 'CodeUri'];

/** Everything that says how it is built, and has its sources here. */
export function samBuilds(template: Template): readonly Built[] {
  const functions = [...declaredResources(template)];
  const shared = globalFunction(template.Globals).CodeUri;
  const isServed = (declared: DeclaredResource): boolean =>
    declared.resource.Type !== 'AWS::Serverless::Function' ||
    Object.hasOwn(mapOf(declared.resource.Properties), 'CodeUri') ||
    buildMethod(declared) !== undefined;
  const instead = functions.every(isServed) ? [GLOBAL_CODE] : [];
  return functions.flatMap((declared): Built[] => {
    const { resource, path } = declared;
    const [asset] = own(ASSET_PROPERTIES, scalarText(resource.Type)) ?? [];
    const properties = mapOf(resource.Properties);
    if (!asset || buildMethod(declared) === undefined || properties.PackageType === 'Image') return [];
    const { property, form } = asset;
    const written =
      properties[property] ??
      (resource.Type === 'AWS::Serverless::Function' ? shared : undefined) ??
      defaultCode(declared, template.Globals);
    const at = [...path, 'Properties', property];
    return isLocalPath(written) ? [{ declared, written, at, form, instead: [at, ...instead] }] : [];
  });
}

const BUILT = /^AWS::(Serverless|Lambda)::(Function|LayerVersion)$/;

/** What `sam build` left is built already, although its metadata stays. */
export const isSamOutput = (path: string): boolean => path.split(sep).includes('.aws-sam');

/** What a resource says of how it is built; `undefined`: nothing. */
function buildMethod({ resource: { Type, Metadata } }: DeclaredResource): string | undefined {
  if (!isObject(Metadata) || !BUILT.test(scalarText(Type))) return undefined;
  return scalarText(Metadata.BuildMethod) || undefined;
}

/**
 * Source: AWS SAM developer guide, "Building custom runtimes", "Building Node.js Lambda functions with esbuild",
 * "Building Lambda layers".
 *
 * @param directory that the code property names; absolute
 */
export function samBuild(
  document: TemplateDocument,
  declared: DeclaredResource,
  directory: string,
): SamBuild {
  const { id, resource } = declared;
  const { template } = document;
  const { Type, Metadata } = resource;
  const method = buildMethod(declared) ?? '';
  const isLayer = scalarText(Type).endsWith('LayerVersion');
  const about = (message: string, next: string): SamBuild => ({
    problem: { subject: id, message, place: document.locate([...declared.path, 'Metadata']), next },
  });
  const properties = { ...globalFunction(template.Globals), ...mapOf(resource.Properties) };
  const runtime = scalarText(properties.Runtime);
  const settings = mapOf(mapOf(Metadata).BuildProperties);
  const architecture = architectureOf(template, id);
  const elsewhere = ['ContextPath', 'WorkingDirectory', 'ProjectRootDirectory'].filter((key) =>
    Object.hasOwn(mapOf(Metadata), key),
  );
  if (elsewhere.length > 0)
    return about(
      `${elsewhere.join(' and ')} cannot be followed here`,
      'Let the code property name the folder to build in.',
    );
  const command = (title: string, script: string): SamBuild => ({
    build: commandBuild(id, directory, title, script),
  });
  if (method === 'makefile')
    return command(`make build-${id}`, `ARTIFACTS_DIR="$PWD/${outputOf(id)}" make build-${id}`);
  if (/^nodejs\d+\.x$/.test(method))
    return command('the installation of packages by npm', npmInstall(outputOf(id), isLayer));
  if (isLayer && /^python3\.\d+$/.test(method))
    return command(
      'the installation of packages by pip',
      pipInstall(outputOf(id), method, scalarText(mapOf(Metadata).BuildArchitecture)),
    );
  if (!isLayer && method === 'go1.x') {
    if (runtime === 'go1.x')
      return about('Lambda has ended the runtime go1.x', 'Set Runtime to provided.al2023.');
    const environment = {};
    const go = { architecture, tags: [], ldflags: '', generate: false, environment };
    return { build: { kind: 'go', directory, ...go } };
  }
  if (!isLayer && /^python(3\.\d+|-uv)$/.test(method)) {
    return { build: { kind: 'python', directory, runtime, architecture } };
  }
  if (!isLayer && method === 'esbuild') {
    const entries = Array.isArray(settings.EntryPoints) ? settings.EntryPoints : [];
    const [entry, ...others] = entries;
    if (typeof entry !== 'string' || others.length > 0)
      return about(
        `BuildProperties.EntryPoints has ${entries.length} entries; a function is built from one`,
        'Name the file that exports the handler.',
      );
    const external = Array.isArray(settings.External) ? settings.External.map(scalarText) : [];
    return {
      build: {
        kind: 'node',
        directory,
        entry,
        runtime,
        format: settings.Format === 'esm' ? 'esm' : 'cjs',
        minify: isTrue(settings.Minify ?? true),
        sourceMap: isTrue(settings.Sourcemap ?? false),
        externalAwsSdk: false,
        external,
      },
    };
  }
  return about(
    `BuildMethod ${JSON.stringify(method)} of ${isLayer ? 'a layer' : 'a function'} is not built here`,
    'Use makefile, or run sam build before and set source to .aws-sam/build/template.yaml.',
  );
}

const outputOf = (id: string): string => `.sparta/sam/${id}`;

/** Starts with an empty folder, and takes what the script leaves there. */
function commandBuild(id: string, directory: string, title: string, script: string): FileBuild {
  const output = outputOf(id);
  const command = `rm -rf ${output} && mkdir -p ${output} && ${script}`;
  return { kind: 'command', directory, command, title, output, environment: {} };
}

/** A function is its sources with their packages beside them; a layer is the packages alone. */
function npmInstall(output: string, isLayer: boolean): string {
  const folder = isLayer ? `${output}/nodejs` : output;
  const copy = isLayer
    ? `mkdir -p ${folder} && cp package*.json ${folder}`
    : `tar --exclude ./.sparta --exclude ./node_modules --exclude ./.git -cf - . | tar -xf - -C ${folder}`;
  const install = 'if [ -f package-lock.json ]; then npm ci $flags; else npm install $flags; fi';
  return `${copy} && cd ${folder} && flags='--omit=dev --no-audit --no-fund' && ${install}`;
}

/** Wheels for Lambda, as they are: nothing is compiled here. */
function pipInstall(output: string, runtime: string, architecture: string): string {
  const platform = `manylinux2014_${architecture === 'arm64' ? 'aarch64' : 'x86_64'}`;
  const version = runtime.replace('python', '');
  const flags = `--no-compile --only-binary=:all: --platform ${platform} --python-version ${version}`;
  return `python3 -m pip install --quiet ${flags} --target ${output}/python -r requirements.txt`;
}

const mapOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

const globalFunction = (globals: Json | undefined): JsonObject => mapOf(own(mapOf(globals), 'Function'));

const isTrue = (value: Json): boolean => value === true || value === 'true';
