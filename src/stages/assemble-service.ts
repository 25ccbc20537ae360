import type { Asset, StackAssembly } from '../assembly/types.ts';
import type { Entry } from '../build/walk.ts';
import type { Log } from '../log.ts';
import { once } from '../once.ts';
import type { HookContext } from '../service/hook-types.ts';
import { logicalId } from '../service/marshal/ids.ts';
import { externalRoles } from '../service/marshal/index.ts';
import { type BuildSettings, serviceBuilds } from '../sources/service/builds.ts';
import type { LoadedService } from '../sources/service/load.ts';
import type { TemplateDocument } from '../template/document.ts';
import { archiveEntries } from './archive-hook.ts';
import type { AssembleOptions } from './assemble.ts';
import { build } from './build.ts';
import { hookList, runHooks } from './hooks.ts';
import type { LoadRequest } from './load-source.ts';
import { marshalService } from './marshal.ts';
import type { ToSave } from './restore.ts';

/** What carrying a service through the flow needs besides what every source needs. */
export interface ServiceOptions extends Pick<BuildSettings, 'buildTags' | 'ldflags'> {
  /** Stage 2: ARNs of roles that the service does not define. */
  readonly verifyRoles: (roles: readonly string[], log: Log) => Promise<ReadonlyMap<string, string>>;
  /** Stages 8 and 9: called once everything is packaged. */
  readonly uploadAssets?: (stackName: string, assets: readonly Asset[], log: Log) => Promise<void>;
}

export interface AssembledService {
  readonly stack: StackAssembly;
  readonly toSave: ToSave | undefined;
}

/** Stages 2 to 14 for a service definition: from what it says to a template and the archives that it names. */
export async function assembleService(
  loaded: LoadedService,
  request: LoadRequest,
  options: AssembleOptions,
  log: Log,
): Promise<AssembledService> {
  const { service, directory } = loaded;
  const { context: builds, service: serviceOptions } = options;
  const { hooks = {} } = service;
  const stackName = request.stackName ?? service.name;
  const context: HookContext = { ...loaded.context, service, stackName, directory };
  const runIn = (each: Log) => ({ ...builds, root: builds.space.root, log: each });
  const hook = async (name: 'preBuild' | 'postBuild' | 'preMarshall', title: string): Promise<void> => {
    if (hookList(hooks[name]).length === 0) return;
    await log.group(`Hook ${title}`, (each) => runHooks(name, hooks[name], context, runIn(each)));
  };

  const roles = externalRoles(service);
  const roleArns =
    roles.length > 0
      ? await log.group('Verify roles', (each) => serviceOptions.verifyRoles(roles, each))
      : new Map<string, string>();
  await hook('preBuild', 'PreBuild');
  const unbuilt = serviceBuilds(service, { ...serviceOptions, directory });
  const names = new Map(Object.keys(service.functions ?? {}).map((name) => [logicalId(name), name]));
  const added = async (owners: readonly string[], each: Log): Promise<readonly Entry[]> =>
    archiveEntries(
      hooks.archive,
      context,
      owners.flatMap((id) => names.get(id) ?? []),
      runIn(each),
    );
  const { assets, toSave } = await build(
    [unbuilt],
    {
      ...options,
      ...(hookList(hooks.archive).length > 0 && { added }),
      compiled: once(() => hook('postBuild', 'PostBuild')),
    },
    log,
  );
  const own = assets[0] ?? [];
  if (serviceOptions.uploadAssets) {
    const { uploadAssets } = serviceOptions;
    await log.group('Upload archives', (each) => uploadAssets(stackName, own, each));
  }
  await hook('preMarshall', 'PreMarshall');
  const template = await marshalService(loaded, context, { roleArns, assets: own }, runIn, log);
  return { stack: serviceStack(loaded, request, template, own), toSave };
}

/** The stack of a service, once its template is made. */
export function serviceStack(
  { service }: LoadedService,
  { stackName = service.name, parameters, tags }: LoadRequest,
  template: TemplateDocument,
  assets: readonly Asset[],
): StackAssembly {
  return {
    id: stackName,
    stackName,
    template,
    nested: [],
    assets,
    parameters,
    tags: { ...service.tags, ...tags },
    dependsOn: [],
  };
}
