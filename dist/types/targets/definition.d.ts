/** A value of a parameter or a tag. */
type Scalar = string | number | boolean;
/**
 * What a target may say besides its name, and what several can share. In its texts, `{stage}`, `{region}`, `{account}`,
 * `{service}` (the last part of its path) and `{name}` stand for the target's own.
 */
export interface TargetSettings {
    /** Folder of the service, relative to the workspace; by default the input `working-directory`. */
    readonly service?: string;
    /** Stage that a service definition is asked for; by default the input `stage`. */
    readonly stage?: string;
    /** AWS region; by default the input `region`, or that of the environment. */
    readonly region?: string;
    /** AWS account, 12 digits in quotes. Nothing is done with credentials of another one. */
    readonly account?: string;
    /** ARN of the role with whose credentials the target is previewed and deployed. */
    readonly roleToAssume?: string;
    /** External id that the role's trust policy asks for. */
    readonly externalId?: string;
    /** Name of the stack; by default the input `stack-name`, or that of the service definition. */
    readonly stackName?: string;
    /** Parameters of the stack: a map, a file that holds one, or a list of these, of which later ones win. */
    readonly parameters?: ParametersDefinition;
    /** Tags of the stack. */
    readonly tags?: Readonly<Record<string, Scalar>>;
    /** Targets that must have been deployed before: names, or patterns such as `*-eu-central-1`. */
    readonly needs?: string | readonly string[];
    /** Environment of GitHub whose reviewers approve the deployment, where GitHub's scheduler runs the targets. */
    readonly approve?: string;
}
/** A map, the path of a file, or several of these. */
export type ParametersDefinition = ParametersPart | readonly ParametersPart[];
export type ParametersPart = string | Readonly<Record<string, Scalar>>;
/** One place that a service is deployed to. */
export interface TargetDefinition extends TargetSettings {
    /** Name of the target, by which others need it and reports and outputs call it. */
    readonly name: string;
}
/** Which values of the axes an entry is about. */
export interface MatrixCell {
    /** Folder of a service. */
    readonly service?: string;
    /** A stage. */
    readonly stage?: string;
    /** An AWS region. */
    readonly region?: string;
    /** An AWS account. */
    readonly account?: string;
}
/** What some combinations have: those whose values of the axes are these; all else is added to them. */
export interface MatrixInclude extends TargetSettings {
    /** Name of the target. */
    readonly name?: string;
}
/** Targets for all combinations of some values. */
export interface MatrixDefinition {
    /** Folders of services. */
    readonly service?: readonly string[];
    /** Stages. */
    readonly stage?: readonly string[];
    /** AWS regions. */
    readonly region?: readonly string[];
    /** AWS accounts. */
    readonly account?: readonly string[];
    /** Combinations that are left out. */
    readonly exclude?: readonly MatrixCell[];
    /** What some combinations have besides; later entries win. */
    readonly include?: readonly MatrixInclude[];
}
/** All targets of a repository: a list, combinations, or both. */
export interface TargetsFile {
    /** What all targets have that do not say otherwise. Parameters and tags are added up. */
    readonly defaults?: TargetSettings;
    /** The targets, each written out. */
    readonly targets?: readonly TargetDefinition[];
    /** Targets for all combinations of stages, regions, accounts and services. */
    readonly matrix?: MatrixDefinition;
}
/** The same, or only the list. */
export type TargetsDefinition = TargetsFile | readonly TargetDefinition[];
/**
 * Defines targets, with completion and checks in editors; returns what it is given.
 *
 * @example
 * export default defineTargets({ matrix: { stage: ['dev', 'prod'], region: ['eu-central-1', 'us-east-1'] } });
 */
export declare function defineTargets(definition: TargetsDefinition): TargetsDefinition;
export {};
