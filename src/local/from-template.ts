import type { Asset } from '../assembly/types.ts';
import type { Template } from '../template/types.ts';
import type { LocalFunction } from './function.ts';
import type { ResolveOptions } from './resolve.ts';

export interface FunctionsOptions extends ResolveOptions {
  /** Directory of the template file: relative code paths start here. */
  readonly directory: string;
  /** Id of the nested template that `template` is; absent for the root. */
  readonly nested?: string;
  /** Says why a function of the template can't run here (container images, code that is in S3 only). */
  readonly warn?: (message: string) => void;
}

/**
 * The functions of a template (AWS::Lambda::Function, AWS::Serverless::Function with Globals merged), each with the
 * packaged code that would be deployed where `assets` has it, else with the local path that its property names.
 */
export function functionsOf(
  _template: Template,
  _assets: readonly Asset[],
  _options: FunctionsOptions,
): LocalFunction[] {
  throw new Error('not written yet');
}
