import type { Asset } from '../../../assembly/types.ts';

/** The archives of functions and layers of a template itself, by logical ID: not of those nested in it. */
export const archivesOf = (assets: readonly Asset[]): ReadonlyMap<string, string> =>
  new Map(
    assets.flatMap((asset) =>
      asset.kind === 'zip'
        ? asset.targets.flatMap((target) =>
            target.kind === 'property' && target.template === undefined
              ? [[String(target.path[1]), asset.path] as const]
              : [],
          )
        : [],
    ),
  );
