import { startConsole } from '../../console/server.ts';
import { toldOf } from './activity.ts';
import { serviceHere } from './here.ts';
import type { ServedHere } from './served.ts';

/** The page of a service that runs on this machine. */
export interface OpenConsole {
  /** For the terminal: what to open. */
  readonly link: string;
  /** After a build. */
  renew(served: ServedHere): void;
  stop(): Promise<void>;
}

/** Serves the page, which hears of all that happens. */
export async function openConsole(first: ServedHere): Promise<OpenConsole> {
  const { activity, run } = first;
  const page = await startConsole(serviceHere(first), (text) => run.host.log.redact(text));
  const deaf = activity.subscribe((happening) => toldOf(happening).forEach(page.tell));
  return {
    link: page.link,
    renew: (served) => page.renew(serviceHere(served)),
    stop() {
      deaf();
      return page.stop();
    },
  };
}
