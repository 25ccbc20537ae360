import type { Aws } from './clients.ts';

const users = new WeakMap<Aws, number>();

/** Notes that another target uses a connection: what is asked once for all of them may cost as much as for each alone. */
export function use(aws: Aws): Aws {
  users.set(aws, usersOf(aws) + 1);
  return aws;
}

/** How many targets use a connection; 0 where there are none. */
export const usersOf = (aws: Aws): number => users.get(aws) ?? 0;
