import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';

type Command = (inputs: Inputs, host: Host) => Promise<Outcome>;

/** Every value of the input `command`; each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<Inputs['command'], () => Promise<Command>>> = {
  provision: async () => (await import(/* webpackMode: "eager" */ './provision.ts')).provision,
  delete: async () => (await import('./delete.ts')).deleteCommand,
  invoke: async () => (await import('./local/invoke.ts')).invoke,
  'start-lambda': async () => (await import('./local/start.ts')).startLambda,
  'start-api': async () => (await import('./local/start.ts')).startApi,
  comment: async () => (await import('./comment.ts')).commentCommand,
  status: async () => (await import('./status.ts')).status,
};

/** Runs the command that the inputs name. */
export async function runCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const command = await COMMANDS[inputs.command]();
  return command(inputs, host);
}
