import type { Problem } from '../../../problem.ts';
import { declaredResources } from '../../resources.ts';
import { isObject } from '../../types.ts';
import type { Judged } from '../judged.ts';
import { idProblem } from './names.ts';

/**
 * Whether it is meant for a type of AWS and cannot be one. Which there are, CloudFormation knows.
 * Source: CloudFormation template reference, "Resources": `AWS::ProductIdentifier::ResourceType`.
 */
const isMisspelt = (type: string): boolean =>
  /^AWS\b/i.test(type) && !/^AWS(::[A-Za-z0-9]+){2,3}$/.test(type);

/** What is wrong with resources as such. */
export function* resourceProblems({ template, locate, expansion }: Judged): Generator<Problem> {
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) && !id.startsWith('Fn::'))
      yield { subject: id, message: 'a resource has to be a map', place: locate(['Resources', id]) };
  }
  for (const { id, path, resource, looped } of declaredResources(template)) {
    if (id.startsWith('Fn::')) continue;
    const { Type, Properties } = resource;
    const wrongId = looped ? undefined : idProblem(id);
    if (wrongId) yield { subject: id, message: wrongId, place: locate(path) };
    if (typeof Type !== 'string' && expansion !== 'anything') {
      const next = 'Add one, such as AWS::Lambda::Function.';
      yield { subject: id, message: 'the resource has no Type', place: locate(path), next };
    } else if (typeof Type === 'string' && isMisspelt(Type)) {
      const next = 'Write it like AWS::Lambda::Function.';
      const message = `${JSON.stringify(Type)} is no type of a resource`;
      yield { subject: id, message, place: locate([...path, 'Type']), next };
    } else if (Properties !== undefined && Properties !== null && !isObject(Properties)) {
      yield { subject: id, message: 'Properties has to be a map', place: locate([...path, 'Properties']) };
    }
  }
}
