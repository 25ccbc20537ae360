import { join } from 'node:path';
import type { Call, Tell } from '../../console/types.ts';
import type { LocalFunction } from '../../local/functions/function.ts';
import type { InvokeOptions, InvokeResult } from '../../local/invoke.ts';
import { profile, whyNoProfile } from '../../local/profile/index.ts';
import { turns } from '../../order/side-by-side.ts';
import type { Program } from '../../packaging/toolchains/profiled-program.ts';
import { ProblemError } from '../../problem.ts';
import type { ServedHere } from './served.ts';

/** A call whose CPU time is asked for. */
export interface ProfiledCall {
  readonly fn: LocalFunction;
  readonly call: Call;
  readonly options: InvokeOptions & { readonly requestId: string };
}

/** What profiles the functions of a service. */
export interface Profiling {
  /** Why a function cannot be profiled; `undefined`: it can. */
  whyNot(fn: LocalFunction): string | undefined;
  /** Runs a call, and tells of its profile. @throws ProblemError when it cannot be profiled, compiled or started */
  run(call: ProfiledCall, tell: Tell): Promise<InvokeResult>;
}

const CHANGED = 'Its sources have changed since it was built: this is what they are now.';

/** Profiles the functions of a service: programs of Go are compiled once more for it. */
export function profiling({ options: settings, programs, activity, run }: ServedHere): Profiling {
  // Functions may share a program, and so may their profiles.
  const inTurn = turns(1);
  const programOf = ({ code }: LocalFunction): Program | undefined =>
    code.kind === 'zip' ? programs.get(code.path) : undefined;
  const whyNot = (fn: LocalFunction): string | undefined => whyNoProfile(fn, programOf(fn) !== undefined);

  async function compiled(program: Program, { fn, call, options }: ProfiledCall, tell: Tell) {
    const { requestId: id } = options;
    tell({ kind: 'began', id, at: Date.now(), to: fn.logicalId, event: call.event });
    tell({ kind: 'log', id, text: 'Compiling its program once more, with what measures it.\n' });
    const { profiledProgram } = await import('../../packaging/toolchains/profiled-program.ts');
    const folders = {
      deployed: join(run.output, 'build'),
      profiled: join(settings.workDirectory, 'profiled'),
    };
    return inTurn(() => profiledProgram(program, folders, { ...run.context, log: run.host.log }));
  }

  return {
    whyNot,
    async run(each, tell) {
      const { fn, call, options } = each;
      const why = whyNot(fn);
      if (why !== undefined) throw new ProblemError({ subject: fn.logicalId, message: why });
      const program = programOf(fn);
      const made = program && (await compiled(program, each, tell));
      const { log } = run.host;
      const { result, profile: measured } = await profile(
        fn,
        { ...options, payload: call.event, ...(made && { program: made.path }) },
        {
          ...settings,
          activity,
          output: (text) => log.info(text.replace(/\n$/, '')),
          warn: (message) => log.warning(message),
        },
      );
      const notes = made?.isChanged ? [CHANGED, ...measured.notes] : measured.notes;
      if (result.kind !== 'throttled')
        tell({ kind: 'profiled', id: options.requestId, profile: { ...measured, notes } });
      return result;
    },
  };
}
