import type { ImageAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { ToSave } from '../../outcome.ts';
import type { Observer } from '../../packaging/inputs/observe.ts';
import type { LocalImage, Unbuilt, Unpackaged } from '../../sources/draft.ts';
import type { Run } from '../run.ts';
import type { Restored } from './earlier-artifacts.ts';

/** How things are made on the way through the stages; for one run. */
export interface Builders {
  /** Whether hooks run that act on more than the template. */
  readonly hooks: boolean;
  /** Receives the names of the parts of `.sparta` that something was taken from or put into. */
  readonly used: Set<string>;
  /** Gets what an earlier run made. */
  restore(drafts: readonly Unbuilt[], run: Run): Promise<void>;
  /** Stage 4. */
  compile(drafts: readonly Unbuilt[], run: Run): Promise<readonly Unpackaged[]>;
  /** Stage 6 for images. */
  images(images: readonly LocalImage[], run: Run, log: Log): Promise<readonly ImageAsset[]>;
  /** Keeps what later runs can use; the post step saves what is returned. */
  keep(run: Run): Promise<ToSave | undefined>;
}

/** Makes what is deployed. */
export function newBuilders(): Builders {
  const used = new Set<string>();
  let restored: Restored | undefined;
  let observed: Promise<Observer> | undefined;
  const observe = (run: Run): Promise<Observer> => {
    observed ??= import('../../packaging/inputs/observe.ts').then(({ observer }) => observer(run.context));
    return observed;
  };
  return {
    hooks: true,
    used,
    async restore(drafts, run) {
      const { cache, output, context, host } = run;
      if (!cache) return;
      restored = await host.log.group('Cache', async (log) => {
        const { restoreArtifacts } = await import('./earlier-artifacts.ts');
        const how = { cache, output, observe: await observe(run) };
        return restoreArtifacts(drafts, how, { ...context, log });
      });
    },
    async compile(drafts, run) {
      const { output, context, host } = run;
      if (drafts.every(({ builds }) => builds.length === 0)) return drafts;
      return host.log.group('Compile', async (log) => {
        const { compile } = await import('./compile.ts');
        return compile(drafts, { output, used, observe: await observe(run) }, { ...context, log });
      });
    },
    async images(images, run, log) {
      if (images.length === 0) return [];
      const { packageImages } = await import('./package-images.ts');
      return packageImages(images, run, log);
    },
    async keep({ context, output }) {
      context.files.save();
      if (!restored) return undefined;
      const { artifactsToSave } = await import('./earlier-artifacts.ts');
      return artifactsToSave(restored, used, output);
    },
  };
}
