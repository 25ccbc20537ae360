import type { Host } from '../host.ts';
import type { Inputs } from '../inputs.ts';
import type { Outcome } from '../outcome.ts';

type Command = (inputs: Inputs, host: Host) => Promise<Outcome>;

/** Every value of the input `command`; each is loaded when it is asked for. */
const COMMANDS: Readonly<Record<Inputs['command'], () => Promise<Command>>> = {
  provision: async () => (await import(/* webpackMode: "eager" */ './provision.ts')).provision,
  delete: async () => (await import('./delete.ts')).deleteCommand,
  describe: async () => (await import('./describe.ts')).describeCommand,
  sweep: async () => (await import('./environments/sweep.ts')).sweep,
  expand: async () => (await import('./expand.ts')).expandCommand,
  invoke: async () => (await import('./local/invoke.ts')).invoke,
  start: async () => (await import('./local/start.ts')).startAll,
  'start-lambda': async () => (await import('./local/start.ts')).startLambda,
  'start-api': async () => (await import('./local/start.ts')).startApi,
  explore: async () => (await import('./local/explore.ts')).explore,
  plan: async () => (await import('./targets/plan.ts')).planCommand,
  collect: async () => (await import('./targets/collect.ts')).collectCommand,
  comment: async () => (await import('./comment.ts')).commentCommand,
  policy: async () => (await import('./permissions/policy.ts')).policyCommand,
  setup: async () => (await import('./setup/index.ts')).setupCommand,
  status: async () => (await import('./status.ts')).status,
};

/** Runs the command that the inputs name. */
export async function runCommand(inputs: Inputs, host: Host): Promise<Outcome> {
  const command = await COMMANDS[inputs.command]();
  const { targets, target, stackSet } = inputs;
  if (targets === undefined) {
    if (target ?? stackSet) (await import('./lone-inputs.ts')).tellOfLoneInputs(inputs, host);
    return command(inputs, host);
  }
  const { withTargets } = await import('./targets/index.ts');
  return withTargets({ ...inputs, targets }, host, command);
}
