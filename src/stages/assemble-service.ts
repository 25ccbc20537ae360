import type { Asset, StackAssembly } from '../assembly/types.ts';
import type { Log } from '../log.ts';
import type { ToSave } from '../outcome.ts';
import type { HookContext } from '../service/hook-types.ts';
import { logicalId } from '../service/marshal/ids.ts';
import { externalRoles } from '../service/marshal/index.ts';
import { type BuildSettings, serviceBuilds } from '../sources/service/builds.ts';
import type { LoadedService } from '../sources/service/load.ts';
import type { TemplateDocument } from '../template/document.ts';
import { archiveEntries } from './assemble/archive-hook.ts';
import { type HookRun, hookList, runHooks } from './assemble/hooks.ts';
import type { AssembleOptions } from './assemble/index.ts';
import type { LoadRequest } from './assemble/load-source.ts';
import { marshalService } from './assemble/marshal.ts';
import { type Rollback, rollbackHooks } from './assemble/rollback.ts';
import { build } from './build.ts';

/** What carrying a service through the flow needs besides what every source needs. */
export interface ServiceOptions extends Pick<BuildSettings, 'buildTags' | 'ldflags'> {
  /** Packages a Sparta application as an image. */
  readonly dockerfile: string | undefined;
  /** Stage 2: ARNs of roles that the service does not define. */
  readonly verifyRoles: (roles: readonly string[], log: Log) => Promise<ReadonlyMap<string, string>>;
  /** Stages 8 and 9: called once everything is packaged. */
  readonly uploadAssets?: (stackName: string, assets: readonly Asset[], log: Log) => Promise<void>;
}

export interface AssembledService {
  readonly rollback: Rollback;
  readonly stack: StackAssembly;
  readonly toSave: ToSave | undefined;
}

/**
 * Stages 2 to 14 for a service definition: from what it says to a template and the archives that it names. When one of
 * them fails, the rollback hooks run.
 */
export async function assembleService(
  loaded: LoadedService,
  request: LoadRequest,
  options: AssembleOptions,
  log: Log,
): Promise<AssembledService> {
  const { service, directory } = loaded;
  const stackName = request.stackName ?? service.name;
  const context: HookContext = { ...loaded.context, service, stackName, directory };
  const { space, signal, env } = options.context;
  const runIn = (each: Log): HookRun => ({ log: each, signal, env, root: space.root });
  const rollback = rollbackHooks(service.hooks?.rollback, context, runIn, log);
  try {
    return { ...(await carry(loaded, context, request, options, runIn, log)), rollback };
  } catch (error) {
    await rollback(error);
    throw error;
  }
}

async function carry(
  loaded: LoadedService,
  context: HookContext,
  request: LoadRequest,
  options: AssembleOptions,
  runIn: (log: Log) => HookRun,
  log: Log,
): Promise<Omit<AssembledService, 'rollback'>> {
  const { service, directory } = loaded;
  const { verifyRoles, uploadAssets, dockerfile: _, ...settings } = options.service;
  const { hooks = {}, functions = {} } = service;
  const hook = async (name: 'preBuild' | 'postBuild' | 'preMarshall', title: string): Promise<void> => {
    if (hookList(hooks[name]).length === 0) return;
    await log.group(`Hook ${title}`, (each) => runHooks(name, hooks[name], context, runIn(each)));
  };

  const roles = externalRoles(service);
  const roleArns =
    roles.length > 0
      ? await log.group('Verify roles', (each) => verifyRoles(roles, each))
      : new Map<string, string>();
  await hook('preBuild', 'PreBuild');
  const names = new Map(Object.keys(functions).map((name) => [logicalId(name), name]));
  const namesOf = (owners: readonly string[]) => owners.flatMap((id) => names.get(id) ?? []);
  const { assets: built, toSave } = await build(
    [serviceBuilds(service, { ...settings, directory })],
    {
      ...options,
      compiled: () => hook('postBuild', 'PostBuild'),
      ...(hookList(hooks.archive).length > 0 && {
        added: (owners, each) => archiveEntries(hooks.archive, context, namesOf(owners), runIn(each)),
      }),
    },
    log,
  );
  const [assets = []] = built;
  if (uploadAssets)
    await log.group('Upload archives', (each) => uploadAssets(context.stackName, assets, each));
  await hook('preMarshall', 'PreMarshall');
  const template = await marshalService(loaded, context, { roleArns, assets }, runIn, log);
  return { stack: serviceStack(loaded, request, template, assets), toSave };
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
