import type { Fault } from '../service/schema/check.ts';
import { isObject, type Json, type TemplatePath } from '../template/types.ts';
import type { TargetsFile } from './definition.ts';
import { type FieldPlaces, placesIn } from './expand.ts';

/** What the others see of a target. */
export interface OtherTarget {
  readonly name: string;
  readonly path: TemplatePath;
  readonly places: FieldPlaces;
  readonly needs: readonly string[];
}

/** Targets that are there, and of which no more than this is known. */
export interface OtherTargets {
  readonly known: readonly OtherTarget[];
  /** There are no more of them, under names that nobody knows. */
  readonly areAll: boolean;
  /** Which of the targets that are written are not among them. */
  readonly indices?: readonly number[];
}

export const NO_OTHERS: OtherTargets = { known: [], areAll: true };

/**
 * All that is wrong with a file is told at once: what is of the right shape is judged although other parts are not.
 *
 * @returns the file without what is of a wrong shape; `undefined` where what is left would be judged wrongly
 */
export function besideFaults(
  file: unknown,
  faults: readonly Fault[],
): { readonly rest?: TargetsFile; readonly others: OtherTargets } {
  const isWrong = (...path: TemplatePath): boolean =>
    faults.some((fault) => path.every((step, index) => fault.path[index] === step));
  if (!isObject(file)) return { others: NO_OTHERS };
  const { defaults, targets = [], matrix } = file;
  if (!Array.isArray(targets)) return { others: NO_OTHERS };
  // What the defaults would say is missing in every target then.
  const indices = isWrong('defaults')
    ? []
    : [...targets.keys()].filter((index) => !isWrong('targets', index));
  const hasMatrix = matrix !== undefined && !isWrong('matrix') && !isWrong('defaults');
  const rest = {
    ...(defaults !== undefined && indices.length > 0 && { defaults }),
    targets: indices.map((index) => targets[index]),
    ...(hasMatrix && { matrix }),
  };
  const left = targets.flatMap((target, index) =>
    indices.includes(index) ? [] : otherTarget(target, ['targets', index]),
  );
  return {
    // It has that type but for what is left out.
    rest: rest as unknown as TargetsFile,
    others: { known: left, areAll: matrix === undefined || hasMatrix, indices },
  };
}

const isText = (value: Json): value is string => typeof value === 'string';

function otherTarget(target: Json, path: TemplatePath): OtherTarget[] {
  if (!isObject(target)) return [];
  const { name = null, needs = [] } = target;
  // What stands for something of the target is not filled in here.
  const named = [needs].flat().filter((each) => isText(each) && !each.includes('{')) as string[];
  return isText(name) ? [{ name, path, places: placesIn(target, path), needs: named }] : [];
}
