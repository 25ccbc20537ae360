import type { Problem } from '../../../problem.ts';
import { declaredResources } from '../../resources.ts';
import { isObject } from '../../types.ts';
import type { Judged } from '../judged.ts';
import { idProblem } from './names.ts';

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
    } else if (Properties !== undefined && Properties !== null && !isObject(Properties)) {
      yield { subject: id, message: 'Properties has to be a map', place: locate([...path, 'Properties']) };
    }
  }
}
