import type { BuildSpec } from '../build/spec.ts';
import type { AssetTarget, FileDestination, ImageDestination, StackAssembly } from '../assembly/types.ts';
import type { Place } from '../problem.ts';

/** A stack whose local files are found but not yet packaged: what every kind of source is read into. */
export interface StackDraft extends Omit<StackAssembly, 'assets'> {
  readonly local: readonly LocalAsset[];
}

/** Something on this machine that has to be packaged before the stack can be deployed. */
export type LocalAsset = LocalFile | LocalImage;

interface LocalThing {
  /** Absolute; checked to be inside of the workspace. */
  readonly path: string;
  /** As its author wrote it, for people. */
  readonly written: string;
  /** Where the author wrote it. */
  readonly place: Place;
  readonly targets: readonly AssetTarget[];
}

export interface LocalFile extends LocalThing {
  /**
   * `archive`: a folder is zipped, a single file is wrapped, an archive is passed through;
   * `file`: a folder is zipped, anything else is uploaded as it is.
   */
  readonly packaging: 'archive' | 'file';
  /** Whether Lambda unpacks it, so that Lambda's limits apply. */
  readonly forLambda: boolean;
  readonly destination?: FileDestination;
}

export interface LocalImage extends LocalThing {
  readonly packaging: 'image';
  readonly build: Extract<BuildSpec, { kind: 'image' }>;
  readonly destination?: ImageDestination;
}
