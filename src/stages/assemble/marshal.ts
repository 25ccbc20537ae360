import type { Asset } from '../../assembly/types.ts';
import { codePath, marshal } from '../../service/marshal/index.ts';
import type { LoadedService } from '../../sources/service/load.ts';
import type { Template } from '../../template/types.ts';
import type { ServiceRun } from '../run.ts';

/** A service as a template, before its decorators. */
export interface Marshalled {
  readonly template: Template;
  /** Hashes of the functions' archives and images, by their names. */
  readonly codeHashes: ReadonlyMap<string, string>;
}

/**
 * Stage 11: the service as a template.
 *
 * @param roleArns of roles that exist outside of the service, by name
 */
export function marshalService(
  { loaded, run }: ServiceRun,
  roleArns: ReadonlyMap<string, string>,
  assets: readonly Asset[],
): Promise<Marshalled> {
  const codeHashes = hashesOf(loaded, assets);
  return run.host.log.group('Marshal', async (each) => {
    const template = marshal(loaded.service, { roleArns, codeHashes });
    each.info(`${Object.keys(template.Resources).length} resources`);
    return { template, codeHashes };
  });
}

/** By the names of functions; a version's logical ID follows its code. */
function hashesOf({ service }: LoadedService, assets: readonly Asset[]): ReadonlyMap<string, string> {
  const byPath = new Map(
    assets.flatMap(({ hash, targets }) =>
      targets.flatMap((target) =>
        target.kind === 'property' ? [[target.path.join('.'), hash] as const] : [],
      ),
    ),
  );
  return new Map(
    Object.entries(service.functions ?? {}).flatMap(([name, { build }]) => {
      const hash = byPath.get(codePath(name, build?.kind === 'image' ? 'image' : 'zip').join('.'));
      return hash === undefined ? [] : [[name, hash] as const];
    }),
  );
}
