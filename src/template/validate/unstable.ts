import type { Problem } from '../../problem.ts';
import { references } from '../references.ts';
import { functionsIn } from '../transforms.ts';
import type { Json, TemplatePath } from '../types.ts';
import type { Judged } from './judged.ts';

/** What has to be known before any resource is made. */
interface Early {
  /** Whose value it is: a function, or the name of an export. */
  readonly what: string;
  readonly argument: Json;
  readonly path: TemplatePath;
}

/** Functions that are known later, or never twice the same. */
const LATE = ['Fn::GetAtt', 'Fn::ImportValue', 'Fn::GetAZs'];

/**
 * A name of an export that depends on what is only known later.
 *
 * CloudFormation answers "the attribute in Fn::ImportValue must not depend on any resources, imported values, or
 * Fn::GetAZs".
 * Sources: CloudFormation template reference, "Fn::ImportValue", "Outputs"; that answer,
 * https://github.com/aws/copilot-cli/issues/2659.
 */
export function unstableProblem(
  { template, locate }: Judged,
  { what, argument, path }: Early,
): Problem | undefined {
  const functions = functionsIn(argument);
  const late = LATE.find((name) => functions.has(name));
  const resource = references(argument).find(
    ({ kind, name }) => (kind === 'Ref' || kind === 'GetAtt') && Object.hasOwn(template.Resources, name),
  );
  if (late === undefined && !resource) return undefined;
  return {
    subject: String(path[1]),
    message: `${what} depends on ${resource ? `the resource ${resource.name}` : late}, and has to be known before`,
    place: locate(path),
    next: 'Make it of texts and parameters only.',
  };
}
