import type { Log } from '../log.ts';

/**
 * Sets the action's outputs: the fixed ones, and every stack output under its own name. The runner's file takes each
 * value between random delimiters (@actions/core), so that no value can forge another output.
 */
export async function setOutputs(
  fixed: Readonly<Record<string, string>>,
  stackOutputs: Readonly<Record<string, string>>,
  log: Log,
): Promise<void> {
  const { setOutput } = await import('@actions/core');
  const taken = new Set(Object.keys(fixed).map((name) => name.toLowerCase()));
  for (const [name, value] of Object.entries(fixed)) setOutput(name, value);
  for (const [name, value] of Object.entries(stackOutputs)) {
    if (taken.has(name.toLowerCase())) {
      log.warning(
        `The stack output ${name} has the name of an output of this action: read it with fromJSON(steps.<id>.outputs.outputs).${name}`,
      );
    } else setOutput(name, value);
  }
}
