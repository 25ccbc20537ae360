import type { ImageAsset } from '../../assembly/types.ts';
import type { Log } from '../../log.ts';
import type { ToSave } from '../../outcome.ts';
import type { Observer } from '../../packaging/inputs/observe.ts';
import type { LocalImage, Unbuilt, Unpackaged } from '../../sources/draft.ts';
import type { Run } from '../run.ts';
import type { CodeBuilder } from './compile.ts';
import type { Restored } from './earlier-artifacts.ts';
import type { Packaged } from './package-archives.ts';

/** How things are made on the way through the stages; for one run, or for several that share a source. */
export interface Builders {
  /** Whether hooks run that act on more than the template. */
  readonly hooks: boolean;
  /** Receives the names of the parts of `.sparta` that something was taken from or put into. */
  readonly used: Set<string>;
  /** What is packaged already, by {@link file://./package-archives.ts jobKey}. */
  readonly packaged: Map<string, Promise<Packaged>>;
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
  let restored: Promise<Restored | undefined> | undefined;
  let build: Promise<CodeBuilder> | undefined;
  let observed: Promise<Observer> | undefined;
  const observe = (run: Run): Promise<Observer> => {
    observed ??= import('../../packaging/inputs/observe.ts').then(({ observer }) => observer(run.context));
    return observed;
  };
  return {
    hooks: true,
    used,
    packaged: new Map(),
    async restore(drafts, run) {
      const { cache, output, context, host } = run;
      if (!cache) return;
      restored ??= host.log.group('Cache', async (log) => {
        const { restoreArtifacts } = await import('./earlier-artifacts.ts');
        const how = { cache, output, observe: await observe(run) };
        return restoreArtifacts(drafts, how, { ...context, log });
      });
      await restored;
    },
    async compile(drafts, run) {
      const { output, context, host } = run;
      if (drafts.every(({ builds }) => builds.length === 0)) return drafts;
      return host.log.group('Compile', async (log) => {
        const { compile, newBuild } = await import('./compile.ts');
        build ??= observe(run).then((observed) => newBuild(output, { ...context, log }, observed));
        return compile(drafts, { build: await build, used }, log);
      });
    },
    async images(images, run, log) {
      if (images.length === 0) return [];
      const { packageImages } = await import('./package-images.ts');
      return packageImages(images, run, log);
    },
    async keep({ context, output }) {
      context.files.save();
      const found = await restored;
      if (!found) return undefined;
      const { artifactsToSave } = await import('./earlier-artifacts.ts');
      return artifactsToSave(found, used, output);
    },
  };
}
