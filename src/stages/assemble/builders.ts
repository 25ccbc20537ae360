import type { ImageAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { LocalImage, Unbuilt, Unpackaged } from '../../sources/draft.ts';
import type { Run } from '../run.ts';
import type { ToSave } from './earlier-artifacts.ts';

/** How things are made on the way through the stages. */
export interface Builders {
  /** Whether hooks run that act on more than the template. */
  readonly hooks: boolean;
  /** Gets what an earlier run made; says what is to be kept for later ones. */
  restore(drafts: readonly Unbuilt[], run: Run): Promise<ToSave | undefined>;
  /** Stage 4. */
  compile(drafts: readonly Unbuilt[], run: Run): Promise<readonly Unpackaged[]>;
  /** Stage 6 for images. */
  images(images: readonly LocalImage[], run: Run, log: Log): Promise<readonly ImageAsset[]>;
}

/** Makes what is deployed. */
export const BUILDERS: Builders = {
  hooks: true,
  async restore(drafts, run) {
    const { cache, output, context, host } = run;
    if (!cache) return undefined;
    return host.log.group('Cache', async (log) => {
      const { restoreArtifacts } = await import('./earlier-artifacts.ts');
      return restoreArtifacts(cache, drafts, output, { ...context, log });
    });
  },
  async compile(drafts, { output, context, host }) {
    if (drafts.every(({ builds }) => builds.length === 0)) return drafts;
    return host.log.group('Compile', async (log) => {
      const { compile } = await import('./compile.ts');
      return compile(drafts, output, { ...context, log });
    });
  },
  async images(images, run, log) {
    if (images.length === 0) return [];
    const { packageImages } = await import('./package-images.ts');
    return packageImages(images, run, log);
  },
};
