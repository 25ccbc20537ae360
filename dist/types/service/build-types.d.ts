/** How the code of a function is made, where the handler's file does not say it. Paths are relative to the definition. */
export type BuildDefinition = GoBuildDefinition | NodeBuildDefinition | PythonBuildDefinition | CommandBuildDefinition | PrebuiltDefinition | ImageDefinition;
export interface GoBuildDefinition {
    readonly kind: 'go';
    /** Where `go build` runs; by default the folder that the handler names. */
    readonly directory?: string;
    /** The package to build, relative to `directory`; `.` by default. */
    readonly package?: string;
    /** Build tags besides `lambdabinary`. */
    readonly tags?: readonly string[];
    /** Linker flags besides `-s -w`. */
    readonly ldflags?: string;
    /** Runs `go generate ./...` first. */
    readonly generate?: boolean;
    /** Added to the toolchain's environment. */
    readonly environment?: Readonly<Record<string, string>>;
}
export interface NodeBuildDefinition {
    readonly kind: 'node';
    /** Where packages are resolved from; by default the folder of the definition. */
    readonly directory?: string;
    /** Module format of the bundle; by default that of the handler's file. */
    readonly format?: 'esm' | 'cjs';
    /** `true` by default. */
    readonly minify?: boolean;
    /** Keeps a source map beside the bundle; `true` by default. */
    readonly sourceMap?: boolean;
    /** Leaves out the AWS SDK v3, which the runtime brings along. */
    readonly externalAwsSdk?: boolean;
    /** Other packages to leave out of the bundle. */
    readonly external?: readonly string[];
}
export interface PythonBuildDefinition {
    readonly kind: 'python';
    /** The folder that is packaged; by default that of the handler's file. */
    readonly directory?: string;
    /** File of requirements, relative to `directory`; found by itself, and `false` for none. */
    readonly requirements?: string | false;
}
export interface CommandBuildDefinition {
    readonly kind: 'command';
    /** One line for the shell. */
    readonly command: string;
    /** The folder or file that the command makes, relative to `directory`. */
    readonly output: string;
    /**
     * Files, folders and patterns, relative to `directory`: all that the command is given, and what it is run again for. By
     * default it has the whole workspace.
     */
    readonly inputs?: readonly string[];
    /** Where the command runs; by default the folder of the definition. */
    readonly directory?: string;
    /** Added to its environment. */
    readonly environment?: Readonly<Record<string, string>>;
}
export interface PrebuiltDefinition {
    readonly kind: 'prebuilt';
    /** A folder, a file or a ZIP archive that is there already. */
    readonly path: string;
}
export interface ImageDefinition {
    readonly kind: 'image';
    /** The build context. */
    readonly directory: string;
    /** Relative to `directory`; `Dockerfile` by default. */
    readonly dockerfile?: string;
    /** The stage to stop at. */
    readonly target?: string;
    /** Build arguments. */
    readonly args?: Readonly<Record<string, string>>;
    /** Labels of the image. */
    readonly labels?: Readonly<Record<string, string>>;
    /** Overrides `CMD`. */
    readonly command?: readonly string[];
    /** Overrides `ENTRYPOINT`. */
    readonly entryPoint?: readonly string[];
    /** Overrides `WORKDIR`. */
    readonly workingDirectory?: string;
}
