import type { Assembly, Asset, SourceKind } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import { keepYoungSpaceSmall } from '../../order/v8-flags.ts';
import { noteStacks, type ToSave } from '../../outcome.ts';
import { checkOutputFolder } from '../../packaging/workspace/output-folder.ts';
import type { StackDraft, Unbuilt, Unpackaged } from '../../sources/draft.ts';
import { noEchoParameters } from '../../template/parameters.ts';
import { type Run, serviceStackName } from '../run.ts';
import { type Builders, newBuilders } from './builders.ts';
import { type Loaded, loadSource } from './load-source.ts';
import type { HowToPackage } from './package-assets.ts';
import type { Undo } from './rollback.ts';
import type { ServiceStages } from './service-stages.ts';
import { type Programs, programsOf, withAssets } from './stack.ts';

/** What every use of a service starts from. */
export interface Assembled {
  readonly assembly: Assembly;
  /** What the source said that its author should know. */
  readonly warnings: readonly string[];
  /** For the post step. */
  readonly toSave: ToSave | undefined;
  readonly programs: Programs;
  /** To be called when anything fails from here on. */
  readonly undo: Undo;
}

/** Stages 1 to 14: from a source to its assembly; see {@link load} and {@link assembleLoaded}. */
export async function assemble(run: Run, builders: Builders = newBuilders()): Promise<Assembled> {
  return assembleLoaded(await load(run), run, builders);
}

/**
 * Stage 1. Values of NoEcho parameters are hidden in the log from here on.
 *
 * @throws ProblemError with everything that is wrong with the source
 */
export async function load(run: Run): Promise<Loaded> {
  const { log } = run.host;
  // That of several targets is checked once.
  if (run.target === undefined) checkOutputFolder(run.output);
  const loaded = await log.group('Load source', (each) => loadSource(run, each)); // 1
  hideSecrets(loaded, log);
  return loaded;
}

/**
 * Stages 2 to 14. AWS is only asked by those that say so.
 *
 * @throws ProblemError with everything that is wrong with the code that the source names; what was done is undone
 */
export async function assembleLoaded(
  loaded: Loaded,
  run: Run,
  builders: Builders = newBuilders(),
): Promise<Assembled> {
  if (loaded.kind === 'built') return { ...UNTOUCHED, assembly: loaded.assembly };
  const entered = await enter(loaded, run, builders);
  const { service, unbuilt } = entered;
  try {
    const roleArns = await service?.verifyRoles(); // 2
    await service?.hook('preBuild'); // 3
    await builders.restore(unbuilt, run);
    const unpackaged = await builders.compile(unbuilt, run); // 4
    await service?.hook('postBuild'); // 5
    const assets = await packaged(unpackaged, { service, builders }, run); // 6 and 7
    const toSave = await builders.keep(run);
    const { warnings } = loaded;
    const programs = programsOf(unpackaged, assets);
    if (!entered.service) {
      const stacks = withAssets(entered.unbuilt, assets);
      return { ...UNTOUCHED, assembly: { source: entered.source, stacks }, warnings, toSave, programs };
    }
    const [own = []] = assets;
    await entered.service.upload(own); // 8 and 9
    await entered.service.hook('preMarshall'); // 10
    const marshalled = await entered.service.marshal(roleArns ?? new Map(), own); // 11
    const decorated = [
      ...(await entered.service.lambdaDecorators(marshalled)), // 12
      ...(await entered.service.serviceDecorators()), // 13
    ];
    const stack = await entered.service.finish(marshalled, decorated, own); // 14
    const { undo } = entered.service;
    return { assembly: { source: 'service', stacks: [stack] }, warnings, toSave, programs, undo };
  } catch (error) {
    noteStacks(error, stacksIn(loaded, run));
    await service?.undo(error);
    throw error;
  }
}

function stacksIn(loaded: Exclude<Loaded, { kind: 'built' }>, run: Run): Parameters<typeof noteStacks>[1] {
  return loaded.kind === 'drafts'
    ? loaded.drafts
    : [{ stackName: serviceStackName(run.source, loaded.loaded.service) }];
}

/** Of a source that is no service definition, nothing has to be put right after a failure. */
const UNTOUCHED = {
  warnings: [],
  toSave: undefined,
  programs: new Map(),
  undo: async () => undefined,
};

/** What there is to build; a service definition comes with stages of its own. */
type Entered =
  | { readonly service: ServiceStages; readonly unbuilt: readonly Unbuilt[] }
  | { readonly service: undefined; readonly unbuilt: readonly StackDraft[]; readonly source: SourceKind };

async function enter(
  loaded: Exclude<Loaded, { kind: 'built' }>,
  run: Run,
  { hooks }: Builders,
): Promise<Entered> {
  if (loaded.kind === 'drafts') return { service: undefined, unbuilt: loaded.drafts, source: loaded.source };
  const { serviceStages } = await import('./service-stages.ts');
  const service = serviceStages(loaded.loaded, run, hooks);
  return { service, unbuilt: [service.builds] };
}

/** Where there is nothing to package, nothing is loaded for it. */
async function packaged(
  unpackaged: readonly Unpackaged[],
  how: HowToPackage,
  run: Run,
): Promise<readonly (readonly Asset[])[]> {
  if (unpackaged.every(({ local, images }) => local.length + images.length === 0))
    return unpackaged.map(() => []);
  keepYoungSpaceSmall();
  const { packageAssets } = await import('./package-assets.ts');
  return run.host.log.group('Package', (each) => packageAssets(unpackaged, how, { run, log: each }));
}

/** Values of NoEcho parameters are not shown from here on. */
export function hideSecrets(loaded: Loaded, log: Log): void {
  const stacks =
    loaded.kind === 'built' ? loaded.assembly.stacks : loaded.kind === 'drafts' ? loaded.drafts : [];
  for (const { template, parameters } of stacks)
    for (const name of noEchoParameters(template.template)) log.secret(parameters[name] ?? '');
}
