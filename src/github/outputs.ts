import { EOL } from 'node:os';
import { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
import {
  issueFileCommand,
  prepareKeyValueMessage,
} from '../../node_modules/@actions/core/lib/file-command.js';
import type { Log } from '../log.ts';

// The runner's file commands. @actions/core writes them, each value between random delimiters; of it only these files are
// taken, by their paths: with it comes a client of HTTP, which takes a fifth of the preview of a small template to load.

/** An output of the step. */
export function setOutput(name: string, value: string): void {
  if (send('OUTPUT', name, value)) return;
  process.stdout.write(EOL);
  issueCommand('set-output', { name }, value);
}

/** Something that the post step is to know. */
export function saveState(name: string, value: string): void {
  if (!send('STATE', name, value)) issueCommand('save-state', { name }, value);
}

/** A variable of the environment of later steps. */
export function exportVariable(name: string, value: string): void {
  process.env[name] = value;
  if (!send('ENV', name, value)) issueCommand('set-env', { name }, value);
}

/** Whether the runner has a file for it, as all but very old ones have. */
function send(file: 'ENV' | 'OUTPUT' | 'STATE', name: string, value: string): boolean {
  if (!process.env[`GITHUB_${file}`]) return false;
  issueFileCommand(file, prepareKeyValueMessage(name, value));
  return true;
}

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
