import { isObject, type Json } from '../../template/types.ts';

/**
 * The names of the stacks whose outputs a template reads with `Fn::GetStackOutput`, as far as they are plain text.
 * Source: CloudFormation template reference, `Fn::GetStackOutput`.
 */
export function weakReferences(value: Json): readonly string[] {
  return [...new Set(stackNames(value))];
}

function* stackNames(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* stackNames(each);
  if (!isObject(value)) return;
  for (const [key, each] of Object.entries(value)) {
    if (key === 'Fn::GetStackOutput' && isObject(each) && typeof each.StackName === 'string')
      yield each.StackName;
    yield* stackNames(each);
  }
}
