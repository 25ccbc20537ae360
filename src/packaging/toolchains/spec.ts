/** What to run before something can be packaged. Made by sources from what a service says; all paths are absolute. */
export type BuildSpec =
  | GoBuild
  | NodeBuild
  | NpmBuild
  | PythonBuild
  | RustBuild
  | JavaBuild
  | DotnetBuild
  | RubyBuild
  | CommandBuild
  | PrebuiltBuild
  | ImageBuild;

/** As Lambda names them. */
export type Architecture = 'x86_64' | 'arm64';

/** A program named `bootstrap`, for `provided.al2023`. */
export interface GoBuild {
  readonly kind: 'go';
  /** Where `go build` runs: the module's folder or one below it. */
  readonly directory: string;
  /** Relative to `directory`; `.` by default. */
  readonly package?: string;
  readonly architecture: Architecture;
  /** Build tags besides `lambdabinary`. */
  readonly tags: readonly string[];
  /** Linker flags besides `-s -w`. */
  readonly ldflags: string;
  /** Runs `go generate ./...` first. */
  readonly generate: boolean;
  /** Added to the toolchain's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** The program profiles itself where {@link file://./go-profile.ts PROFILE_VARIABLE} says so. It is never deployed. */
  readonly profiled?: true;
}

/** A bundle for each entry, `<base name of the entry>.mjs` or `.js`, made by esbuild. */
export interface NodeBuild {
  readonly kind: 'node';
  /** Where packages are resolved from: the folder of package.json or one below it. */
  readonly directory: string;
  /** The files that export handlers, relative to `directory`; several keep their folders, as far as these differ. */
  readonly entries: readonly string[];
  /** `nodejs24.x` */
  readonly runtime: string;
  /** By the first entry's extension, else by `type` of the nearest package.json. */
  readonly format?: 'esm' | 'cjs';
  readonly minify: boolean;
  /** Writes `<bundle>.map` beside the bundle. */
  readonly sourceMap: boolean;
  /** Leaves out the AWS SDK v3, which the runtime brings along. */
  readonly externalAwsSdk: boolean;
  /** Other packages that are left out. */
  readonly external: readonly string[];
  /** Further options of esbuild; they replace those of the same name that are made of the settings above. */
  readonly options?: readonly string[];
  /** Installs the packages first, where they are not installed. */
  readonly install?: boolean;
}

/** A folder with its packages beside its sources, as npm installs them; without a package.json, the folder as it is. */
export interface NpmBuild {
  readonly kind: 'npm';
  readonly directory: string;
  /** Of the machine that it runs on: what packages bring for another one is left out. */
  readonly architecture: Architecture;
  /** `nodejs24.x`; of a layer, the one that it is built for. */
  readonly runtime: string;
  /** The folder of the result that receives everything; the root by default. */
  readonly into?: string;
  /** `npm ci` where there is a lock file: yes by default. */
  readonly locked?: boolean;
}

/** The folder's own sources and its requirements as wheels for the function's platform. */
export interface PythonBuild {
  readonly kind: 'python';
  readonly directory: string;
  /** `python3.14` */
  readonly runtime: string;
  readonly architecture: Architecture;
  /** Relative to `directory`; by default requirements.txt, else what the project has: a lock file, or pyproject.toml. `false`: none. */
  readonly requirements?: string | false;
  /** The folder of the result that receives everything; the root by default. */
  readonly into?: string;
  /** Folders for the sources, but not for their requirements: the packages that the handler's module is in. */
  readonly parents?: string;
}

/** A program named `bootstrap`, for `provided.al2023` or `provided.al2`. */
export interface RustBuild {
  readonly kind: 'rust';
  /** The folder of the package's Cargo.toml. */
  readonly directory: string;
  /** The program to build; not needed where the package has one. */
  readonly binary?: string;
  /** Decides which glibc there is. */
  readonly runtime: string;
  readonly architecture: Architecture;
}

/** Classes and libraries, by Gradle or Maven. */
export interface JavaBuild {
  readonly kind: 'java';
  /** The folder of build.gradle, build.gradle.kts or pom.xml. */
  readonly directory: string;
  /** `java21`; of a layer, the one that it is built for. */
  readonly runtime: string;
  /** A layer holds JAR files below `java/lib`. */
  readonly layer: boolean;
}

/** What Amazon.Lambda.Tools packs. */
export interface DotnetBuild {
  readonly kind: 'dotnet';
  /** The folder of the project file. */
  readonly directory: string;
  readonly architecture: Architecture;
  /** A layer holds it below `dotnet`. */
  readonly layer: boolean;
}

/** The sources and their gems. */
export interface RubyBuild {
  readonly kind: 'ruby';
  /** The folder of the Gemfile. */
  readonly directory: string;
  /** `ruby3.4`; of a layer, the one that it is built for. */
  readonly runtime: string;
  readonly architecture: Architecture;
  /** A layer holds all below `ruby/lib`. */
  readonly layer: boolean;
}

/** Anything that makes a folder. It runs in a copy of the workspace. */
export interface CommandBuild {
  readonly kind: 'command';
  /** Where the command runs. */
  readonly directory: string;
  /** One line for the shell; or a program and its arguments, which no shell sees. */
  readonly command: string | readonly string[];
  /** What it is called where the line is none that its user wrote. */
  readonly title?: string;
  /** The folder (or file) that it makes, relative to `directory`; or the variable that tells it where to write. */
  readonly output: string | { readonly variable: string };
  /** Files, folders and patterns, relative to `directory`: all that it is given. By default the whole workspace. */
  readonly inputs?: readonly string[];
  /** Added to its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where `bootstrap` is a program: the machine that has to run it. */
  readonly machine?: { readonly architecture: Architecture; readonly runtime: string };
}

/** A folder, a file or a ZIP archive that is there already. */
export interface PrebuiltBuild {
  readonly kind: 'prebuilt';
  readonly path: string;
}

/** A container image made from a Dockerfile. */
export interface ImageBuild {
  readonly kind: 'image';
  /** The build context. */
  readonly directory: string;
  /** Relative to `directory`; `Dockerfile` by default. */
  readonly dockerfile?: string;
  /** The stage to stop at. */
  readonly target?: string;
  /** What Lambda runs the image on; `undefined` for an image of another use. */
  readonly architecture: Architecture | undefined;
  /** `linux/arm/v7`, as the source writes it; by default that of the architecture, or else the tool's own. */
  readonly platform?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Given to the tool's `build` as they are. */
  readonly extraArguments?: readonly string[];
}

/** A build whose result is files; images are made by `image.ts`. */
export type FileBuild = Exclude<BuildSpec, ImageBuild>;
