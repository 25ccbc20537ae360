import type { AssetTarget, FileDestination, StackAssembly } from '../assembly/types.ts';

/** A stack whose local files are found but not yet packaged: what every kind of source is read into. */
export interface StackDraft extends Omit<StackAssembly, 'assets'> {
  readonly local: readonly LocalAsset[];
}

/** Something on this machine that has to be packaged before the stack can be deployed. */
export interface LocalAsset {
  /** Absolute; checked to be inside of the workspace. */
  readonly path: string;
  /** As its author wrote it, for people. */
  readonly written: string;
  /**
   * `archive`: a folder is zipped, a single file is wrapped, an archive is passed through;
   * `file`: a folder is zipped, anything else is uploaded as it is.
   */
  readonly packaging: 'archive' | 'file';
  /** Lambda unpacks it, so Lambda's limits apply. */
  readonly forLambda: boolean;
  /** The logical ID that it belongs to, for messages. */
  readonly owner: string;
  readonly targets: readonly AssetTarget[];
  readonly destination?: FileDestination;
}
