import type { Problem } from '../../problem.ts';
import type { TemplateDocument } from '../../template/document.ts';
import { declaredResources } from '../../template/resources.ts';
import { scalarText } from '../../template/types.ts';

/** A refusal for types that CloudFormation does not know, with the first resource that has one. */
export function withRefusedType(
  problem: Problem | undefined,
  template: TemplateDocument,
): Problem | undefined {
  const types = /Unrecognized resource types: \[([^\]]*)\]/.exec(problem?.message ?? '')?.[1]?.split(/[, ]+/);
  if (!problem || !types || problem.place) return problem;
  const refused = [...declaredResources(template.template)].find(({ resource }) =>
    types.includes(scalarText(resource.Type)),
  );
  return refused ? { ...problem, place: template.locate([...refused.path, 'Type']) } : problem;
}
