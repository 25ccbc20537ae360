import { EOL } from 'node:os';
import { issueCommand } from '../../node_modules/@actions/core/lib/command.js';
import {
  issueFileCommand,
  prepareKeyValueMessage,
} from '../../node_modules/@actions/core/lib/file-command.js';

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
