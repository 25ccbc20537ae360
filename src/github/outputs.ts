import type { Log } from '../log.ts';
import { setOutput } from './file-commands.ts';

/**
 * Sets the action's outputs: the fixed ones, and every stack output under its own name. The runner's file takes each
 * value between random delimiters, so that no value can forge another output. Names are compared as workflows do,
 * whatever their case.
 */
export function setOutputs(
  fixed: Readonly<Record<string, string>>,
  stackOutputs: Readonly<Record<string, string>>,
  log: Log,
): void {
  const taken = new Map<string, string>();
  const claim = (name: string, by: string): string | undefined => {
    const before = taken.get(name.toLowerCase());
    if (before === undefined) taken.set(name.toLowerCase(), by);
    return before;
  };
  for (const [name, value] of Object.entries(fixed)) {
    claim(name, 'an output of this action');
    setOutput(name, value);
  }
  for (const [name, value] of Object.entries(stackOutputs)) {
    const before = claim(name, `the stack output ${name}`);
    if (before === undefined) setOutput(name, value);
    else {
      log.warning(
        `The stack output ${name} has the name of ${before}: read it with fromJSON(steps.<id>.outputs.outputs).${name}`,
      );
    }
  }
}
