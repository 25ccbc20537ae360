import type { Inputs } from '../../inputs.ts';
import type { Target } from '../../targets/target.ts';

/** The inputs of a run that is about one target: what the target says wins, parameters and tags are added up. */
export function inputsOf(target: Target, inputs: Inputs): Inputs {
  const { parameters, tags } = inputs;
  const kept = (parameters?.keep ?? []).filter((name) => !Object.hasOwn(target.parameters.values, name));
  const values = Object.fromEntries(
    Object.entries({ ...parameters?.values, ...target.parameters.values }).filter(
      ([name]) => Object.hasOwn(target.parameters.values, name) || !target.parameters.keep.includes(name),
    ),
  );
  return {
    ...inputs,
    targets: undefined,
    target: undefined,
    workingDirectory: target.service ?? inputs.workingDirectory,
    stage: target.stage ?? inputs.stage,
    region: target.region ?? inputs.region,
    stackName: target.stackName ?? inputs.stackName,
    parameters: {
      ...parameters,
      values,
      keep: [...new Set([...kept, ...target.parameters.keep])],
    },
    tags: { ...tags, values: { ...tags?.values, ...target.tags }, keep: tags?.keep ?? [] },
  };
}
