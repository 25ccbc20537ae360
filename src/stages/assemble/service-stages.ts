import type { Asset, StackAssembly } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { Entry } from '../../packaging/workspace/walk.ts';
import type { Contribution } from '../../service/marshal/fragment.ts';
import { externalRoles } from '../../service/marshal/index.ts';
import type { Unbuilt } from '../../sources/draft.ts';
import { serviceBuilds } from '../../sources/service/builds.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import { type Run, type ServiceRun, serviceStackName } from '../run.ts';
import { archiveEntries } from './archive-hook.ts';
import { type StageHook, stageHook } from './hooks.ts';
import { lambdaDecorators } from './lambda-decorators.ts';
import { type Marshalled, marshalService } from './marshal.ts';
import { rollBack, type Undo } from './rollback.ts';
import { serviceDecorators } from './service-decorator.ts';
import { serviceStack } from './stack.ts';
import { finishTemplate } from './template-hooks.ts';
import { verifyRoles } from './verify-roles.ts';

/** The stages that only a service definition has, each of them in a file of its own. */
export interface ServiceStages {
  /** What stages 4 to 6 make. */
  readonly builds: Unbuilt;
  /** Stage 2. */
  verifyRoles(): Promise<ReadonlyMap<string, string>>;
  /** Stages 3, 5 and 10. */
  hook(name: StageHook): Promise<void>;
  /** Stage 7. */
  archiveEntries(owners: readonly string[], log: Log): Promise<readonly Entry[]>;
  /** Stages 8 and 9: before the template is made, as hooks may count on what is uploaded. */
  upload(assets: readonly Asset[]): Promise<void>;
  /** Stage 11. */
  marshal(roleArns: ReadonlyMap<string, string>, assets: readonly Asset[]): Promise<Marshalled>;
  /** Stage 12. */
  lambdaDecorators(marshalled: Marshalled): Promise<readonly Contribution[]>;
  /** Stage 13. */
  serviceDecorators(): Promise<readonly Contribution[]>;
  /** Stage 14. */
  finish(
    marshalled: Marshalled,
    decorated: readonly Contribution[],
    assets: readonly Asset[],
  ): Promise<StackAssembly>;
  readonly undo: Undo;
}

/**
 * Binds a service to its stages.
 *
 * @param hooks whether those run that act on more than the template
 */
export function serviceStages(loaded: LoadedService, run: Run, hooks: boolean): ServiceStages {
  const { service, directory, context } = loaded;
  const { log, signal } = run.host;
  const stackName = serviceStackName(run.source, service);
  const here: ServiceRun = { loaded, context: { ...context, service, stackName, directory }, run };
  const roles = externalRoles(service);
  const { buildTags = [], ldflags = '' } = run.inputs;
  let takeBack = async (): Promise<void> => undefined;
  let undone = !hooks;
  return {
    builds: serviceBuilds(service, { directory, buildTags, ldflags }),
    verifyRoles: async () =>
      roles.length === 0 ? new Map() : log.group('Verify roles', (each) => verifyRoles(roles, run, each)),
    hook: async (name) => {
      if (hooks) await stageHook(name, here);
    },
    archiveEntries: async (owners, each) => (hooks ? archiveEntries(here, owners, each) : []),
    upload: async (assets) => {
      const { aws } = run;
      if (!hooks || run.noop || !aws) return;
      const { uploadEarly } = await import('../upload/early.ts');
      const upload = { stackName, assets, web: Object.keys(service.web ?? {}).length > 0 };
      takeBack = await log.group('Upload archives', (each) => uploadEarly(upload, { ...run, aws }, each));
    },
    marshal: (roleArns, assets) => marshalService(here, roleArns, assets),
    lambdaDecorators: (marshalled) => lambdaDecorators(here, marshalled),
    serviceDecorators: () => serviceDecorators(here),
    finish: async (marshalled, decorated, assets) =>
      serviceStack(here, await finishTemplate(here, marshalled, decorated), assets),
    undo: async (error) => {
      if (undone) return;
      undone = true;
      // After a cancellation the stack may still be changing.
      if (!signal.aborted) await takeBack().catch(() => undefined);
      await rollBack(here, error);
    },
  };
}
