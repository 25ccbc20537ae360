import { own, type TemplatePath } from '../../template/types.ts';
import { closest } from '../../text/closest.ts';
import type { FunctionDefinition } from '../function-types.ts';
import type { Data } from '../values.ts';
import type { Draft } from './draft.ts';
import { getAtt, ref } from './resources.ts';

/** A function that something calls. */
export interface Callee {
  readonly name: string;
  /** Logical ID of the function, which names of other resources begin with. */
  readonly id: string;
  /** ARN of the function, or of the alias that is called. */
  readonly arn: Data;
}

/** A function of the service by its name; a fault, and `undefined`, where there is none, or no such alias. */
export function calleeIn(draft: Draft, path: TemplatePath, name: string, alias?: string): Callee | undefined {
  const functions = draft.service.functions ?? {};
  const found = own(functions, name);
  if (found === undefined) {
    const meant = closest(name, Object.keys(functions));
    draft.faults.push({
      path,
      message: `there is no function ${name}`,
      next: meant ? `Write ${meant} if that is meant.` : 'Add it to functions.',
    });
    return undefined;
  }
  if (alias !== undefined && !hasAlias(found, alias)) {
    draft.faults.push({
      path: [...path, 'alias'],
      message: `the function ${name} has no alias ${alias}`,
      next: `Add it to functions.${name}.aliases.`,
    });
    return undefined;
  }
  const id = draft.names.functionId(name);
  return { name, id, arn: alias === undefined ? getAtt(id, 'Arn') : ref(draft.names.aliasId(name, alias)) };
}

const hasAlias = (definition: FunctionDefinition, alias: string): boolean =>
  own(definition.aliases ?? {}, alias) !== undefined;
