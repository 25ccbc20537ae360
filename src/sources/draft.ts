import type { Asset, FileDestination, ImageDestination, StackAssembly } from '../assembly/types.ts';
import type { Program } from '../packaging/toolchains/profiled-program.ts';
import type { FileBuild, ImageBuild } from '../packaging/toolchains/spec.ts';
import type { Entry } from '../packaging/workspace/walk.ts';
import type { AssetTarget } from '../template/assets/targets.ts';
import type { TemplateDocument } from '../template/document.ts';

/** A stack whose local files are found but not yet built and packaged: what every kind of source is read into. */
export interface StackDraft extends Omit<StackAssembly, 'assets'>, Unbuilt {
  /** The template once the content of its assets is known, where it depends on that. */
  readonly complete?: (assets: readonly Asset[]) => TemplateDocument;
}

/** What has to be built and packaged before something can be deployed. */
export interface Unbuilt extends Unpackaged {
  /** Toolchains make these first. */
  readonly builds: readonly BuildAsset[];
}

/** What has to be packaged before something can be deployed: nothing is left to compile. */
export interface Unpackaged {
  readonly local: readonly LocalAsset[];
  readonly images: readonly LocalImage[];
}

/** Which resource needs something packaged, and where its location goes. */
interface Wanted {
  /** As its author wrote it, for people. */
  readonly written: string;
  /** It is the content of a site. */
  readonly site?: boolean;
  /** It is the code of a web function, and of nothing else. */
  readonly web?: boolean;
  /** The logical ID that it belongs to, for messages. */
  readonly owner: string;
  readonly targets: readonly AssetTarget[];
}

/** Something on this machine. */
export interface LocalAsset extends Wanted {
  /** Absolute; checked to be inside of the workspace. */
  readonly path: string;
  /**
   * `archive`: a folder is zipped, a single file is wrapped, an archive is passed through;
   * `file`: a folder is zipped, anything else is uploaded as it is.
   */
  readonly packaging: 'archive' | 'file';
  /** A file that the action brings along, which is not part of the workspace. */
  readonly ours?: boolean;
  /** Lambda unpacks it, so Lambda's limits apply. */
  readonly forLambda: boolean;
  readonly extra?: readonly Entry[];
  readonly destination?: FileDestination;
  /** What it was compiled from, if it is a program of Go. */
  readonly program?: Program;
}

/** Code that is compiled, and then packaged as an archive. */
export interface BuildAsset extends Wanted {
  readonly build: FileBuild;
  /** `true` by default; sites are not. */
  readonly forLambda?: boolean;
  /** Goes into the archive beside what is compiled. */
  readonly extra?: readonly Entry[];
  readonly destination?: FileDestination;
}

/** A container image that is made from a Dockerfile. */
export interface LocalImage extends Wanted {
  readonly build: ImageBuild;
  readonly destination?: ImageDestination;
}
