import type { TemplatePath } from '../template/types.ts';
import type { FieldPlaces } from './expand.ts';

/** One place that a service is deployed to, with everything filled in. */
export interface Target {
  readonly name: string;
  /** Folder of the service, relative to the workspace; `undefined`: the input `working-directory`. */
  readonly service: string | undefined;
  /** `undefined`: the input `stage`. */
  readonly stage: string | undefined;
  /** `undefined`: the input `region`, or that of the environment. */
  readonly region: string | undefined;
  /** Credentials have to be of it; `undefined`: whichever they are of. */
  readonly account: string | undefined;
  /** ARN; `undefined`: the credentials of the job. */
  readonly roleToAssume: string | undefined;
  /** For that role. */
  readonly externalId: string | undefined;
  /** `undefined`: the input `stack-name`, or what the source says. */
  readonly stackName: string | undefined;
  readonly parameters: TargetParameters;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of targets that have to be deployed before. */
  readonly needs: readonly string[];
  /** An environment of GitHub. */
  readonly approve: string | undefined;
}

export interface TargetParameters {
  readonly values: Readonly<Record<string, string>>;
  /** Those that keep the value that the deployed stack has. */
  readonly keep: readonly string[];
}

/** A target whose files of parameters are not read yet. */
export interface TargetDraft extends Omit<Target, 'parameters'> {
  /** Later ones win: maps, and paths of files. */
  readonly parameters: readonly (string | Readonly<Record<string, string>>)[];
  /** Where it is defined. */
  readonly path: TemplatePath;
  readonly places: FieldPlaces;
}
