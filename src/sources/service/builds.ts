import { join, posix } from 'node:path';
import type { BuildSpec, FileBuild } from '../../packaging/toolchains/spec.ts';
import type { FunctionDefinition } from '../../service/function-types.ts';
import { functionCode, pythonFolder } from '../../service/marshal/handler.ts';
import { logicalId } from '../../service/marshal/ids.ts';
import { codePath, declaredAssets } from '../../service/marshal/index.ts';
import { webBuild, webCodePath } from '../../service/marshal/web-function.ts';
import type { Service } from '../../service/types.ts';
import type { AssetTarget } from '../../template/assets/targets.ts';
import type { BuildAsset, LocalAsset, LocalImage, Unbuilt } from '../draft.ts';

/** What workflows add to the definition's own settings. */
export interface BuildSettings {
  /** The definition's folder, absolute. */
  readonly directory: string;
  readonly buildTags: readonly string[];
  readonly ldflags: string;
}

/** The function behind the custom resources stands beside the bundle. */
const CUSTOM_RESOURCES = join(import.meta.dirname, 'custom-resources', 'index.js');

/** What has to be built for a service. Functions with equal builds share one. */
export function serviceBuilds(service: Service, settings: BuildSettings): Unbuilt {
  const { functions = {} } = service;
  const builds: BuildAsset[] = [];
  const images: LocalImage[] = [];
  const local: LocalAsset[] = [];
  for (const [name, fn] of Object.entries(functions)) {
    const build = buildOf(fn, settings);
    if (!build) continue;
    const kind = build.kind === 'image' ? 'image' : 'zip';
    const target: AssetTarget = {
      kind: 'property',
      path: codePath(name, kind),
      form: kind === 'image' ? { kind: 'image-uri' } : { kind: 'object', bucket: 'S3Bucket', key: 'S3Key' },
    };
    const wanted = { written: name, owner: logicalId(name), targets: [target] };
    if (build.kind === 'image') images.push({ ...wanted, build });
    else if (build.kind === 'prebuilt')
      local.push({ ...wanted, path: build.path, packaging: 'archive', forLambda: true });
    else builds.push({ ...wanted, build });
  }
  for (const [name, web] of Object.entries(service.web ?? {})) {
    const build = buildOf(webBuild(web), settings);
    if (!build || build.kind === 'image') continue;
    const form = { kind: 'object', bucket: 'Bucket', key: 'Key' } as const;
    const target: AssetTarget = { kind: 'property', path: webCodePath(name), form };
    const wanted = { written: name, web: true, owner: logicalId(name), targets: [target] };
    if (build.kind === 'prebuilt')
      local.push({ ...wanted, path: build.path, packaging: 'archive', forLambda: true });
    else builds.push({ ...wanted, build });
  }
  for (const { source, targets: places } of declaredAssets(service)) {
    const targets = places.map(
      ({ logicalId: id, path, bucket, key }): AssetTarget => ({
        kind: 'property',
        path: ['Resources', id, 'Properties', ...path],
        form: { kind: 'object', bucket, key },
      }),
    );
    const owner = places[0]?.logicalId ?? '';
    if (source.kind === 'custom-resources') {
      const wanted = { written: 'custom resources', owner, targets };
      local.push({ ...wanted, path: CUSTOM_RESOURCES, packaging: 'archive', forLambda: true, ours: true });
      continue;
    }
    const { folder, command, inputs } = source;
    const wanted = { written: folder, owner, targets, forLambda: false, site: true };
    const { directory } = settings;
    if (command === undefined) local.push({ ...wanted, path: join(directory, folder), packaging: 'archive' });
    else
      builds.push({
        ...wanted,
        build: {
          kind: 'command',
          directory,
          command,
          output: folder,
          ...(inputs && { inputs }),
          environment: {},
        },
      });
  }
  return { builds, images, local };
}

function buildOf(
  fn: FunctionDefinition,
  { directory: root, buildTags, ldflags }: BuildSettings,
): BuildSpec | undefined {
  const code = functionCode(fn);
  if ('message' in code) return undefined;
  const { build, architecture = 'x86_64', handler = '' } = fn;
  const at = (path: string | undefined) => join(root, path ?? '.');
  if (build?.kind === 'image') {
    const { directory, dockerfile, target, args = {}, labels = {} } = build;
    return {
      kind: 'image',
      directory: at(directory),
      ...(dockerfile !== undefined && { dockerfile }),
      ...(target !== undefined && { target }),
      architecture,
      args,
      labels,
    };
  }
  if (code.kind === 'image') return undefined;
  const fileBuild: { readonly [Kind in typeof code.kind]: () => FileBuild } = {
    go: () => {
      const go = build?.kind === 'go' ? build : { kind: 'go' as const };
      return {
        kind: 'go',
        directory: at(code.source),
        ...(go.package !== undefined && { package: go.package }),
        architecture,
        tags: [...(go.tags ?? []), ...buildTags],
        ldflags: [go.ldflags, ldflags].filter(Boolean).join(' '),
        generate: go.generate ?? false,
        environment: go.environment ?? {},
      };
    },
    node: () => {
      const node = build?.kind === 'node' ? build : { kind: 'node' as const };
      const directory = at(node.directory);
      return {
        kind: 'node',
        directory,
        entries: [relativeTo(node.directory, code.source)],
        runtime: code.runtime,
        ...(node.format && { format: node.format }),
        minify: node.minify ?? true,
        sourceMap: node.sourceMap ?? true,
        externalAwsSdk: node.externalAwsSdk ?? false,
        external: node.external ?? [],
      };
    },
    python: () => ({
      kind: 'python',
      directory: at(pythonFolder(build, code.source)),
      runtime: code.runtime,
      architecture,
      ...(build?.kind === 'python' &&
        build.requirements !== undefined && { requirements: build.requirements }),
    }),
    command: () => {
      const {
        command = '',
        output = '.',
        directory,
        environment = {},
        inputs,
      } = build?.kind === 'command' ? build : {};
      return {
        kind: 'command',
        directory: at(directory),
        command,
        output,
        ...(inputs && { inputs }),
        environment,
      };
    },
    prebuilt: () => ({ kind: 'prebuilt', path: at(build?.kind === 'prebuilt' ? build.path : handler) }),
  };
  return fileBuild[code.kind]();
}

/** A handler's file is relative to the definition; a build's entry to its own folder. */
const relativeTo = (folder: string | undefined, file: string): string =>
  folder === undefined ? file : posix.relative(folder, file);
