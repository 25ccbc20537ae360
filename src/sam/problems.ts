import type { TemplatePath } from '../template/types.ts';
import type { SamProblem } from './types.ts';

/**
 * Ends the work on one resource: what follows would build on what is wrong. Thrown and caught inside of the transform
 * only, which hands all of them out as values.
 */
export class SamRefusal extends Error {
  override readonly name = 'SamRefusal';
  readonly problem: SamProblem;

  constructor(problem: SamProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * Refuses a property of a resource.
 *
 * @param at below the resource's `Properties`
 */
export function refuse(logicalId: string, at: TemplatePath, message: string): never {
  throw new SamRefusal({ logicalId, path: ['Resources', logicalId, 'Properties', ...at], message });
}

/** Refuses something of the template that belongs to no resource. */
export function refuseTemplate(path: TemplatePath, message: string): never {
  throw new SamRefusal({ path, message });
}
