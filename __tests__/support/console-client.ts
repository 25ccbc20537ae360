/** What the page of a console asks, asked without a page. */
import type { ConsoleCommand } from './console-service.ts';
import { eventually } from './eventually.ts';

/** Calls of a profile. */
export interface Calls {
  readonly name: string;
  readonly place: string;
  readonly total: number;
  readonly children: readonly Calls[];
}

export interface Entry {
  readonly id: string;
  readonly logs: string;
  readonly hasProfile?: true;
  readonly end?: { readonly status: string; readonly response: string };
}

interface Target {
  readonly id: string;
  readonly canProfile: boolean;
  readonly whyNoProfile?: string;
}

/** A call that was profiled, or refused. */
interface ProfiledCall {
  readonly entry: Entry;
  readonly calls?: Calls;
  readonly notes: readonly string[];
}

export interface ConsoleClient {
  targets(): Promise<readonly Target[]>;
  /** Calls a function, and waits for its profile; a call that is refused has none. */
  profile(to: string, event: object): Promise<ProfiledCall>;
}

/** Asks a console. */
export function consoleClient({ link }: Pick<ConsoleCommand, 'link'>): ConsoleClient {
  const { origin, port, searchParams } = new URL(link);
  const headers = {
    origin,
    cookie: `sparta-console-${port}=${searchParams.get('token')}`,
    'content-type': 'application/json',
  };
  const ask = (path: string, body?: object): Promise<Response> =>
    fetch(`${origin}${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) });

  /** What happened so far: it is the first that the stream tells. */
  async function entries(): Promise<readonly Entry[]> {
    const { body } = await ask('/api/stream');
    let said = '';
    for await (const chunk of body ?? []) {
      said += Buffer.from(chunk).toString();
      const all = /^data: (.*)\n\n/m.exec(said)?.[1];
      if (all !== undefined) return JSON.parse(all).entries;
    }
    throw new Error('the stream ended');
  }

  return {
    async targets() {
      return ((await (await ask('/api/service')).json()) as { readonly targets: readonly Target[] }).targets;
    },
    async profile(to, event) {
      const answer = await ask('/api/call', { to, event: JSON.stringify(event), profile: true });
      const { id } = (await answer.json()) as { readonly id: string };
      const isOver = ({ end, hasProfile }: Entry): boolean =>
        end !== undefined && (hasProfile === true || end.status === 'refused');
      const entry = await eventually(async () =>
        (await entries()).find((each) => each.id === id && isOver(each)),
      );
      if (!entry.hasProfile) return { entry, notes: [] };
      const profile = await ask(`/api/profile?id=${id}`);
      return { entry, ...((await profile.json()) as Omit<ProfiledCall, 'entry'>) };
    },
  };
}

/** The calls of a function that was called from one place. */
export const findCalls = (calls: Calls | undefined, name: string): Calls | undefined =>
  calls?.name === name
    ? calls
    : calls?.children.map((child) => findCalls(child, name)).find((child) => child !== undefined);
