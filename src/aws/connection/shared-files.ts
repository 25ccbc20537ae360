import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Whether there may be a shared configuration file, the only place besides the environment where the SDK finds a region: the
 * previews of forks have none, and need no SDK to know it. A file that a variable names is left to the SDK, which also knows
 * what `~` in it means.
 */
export function mayHaveProfiles(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.AWS_CONFIG_FILE || env.AWS_SHARED_CREDENTIALS_FILE) return true;
  const homes = [env.HOME, env.USERPROFILE, homedir()].filter((home) => home !== undefined);
  return homes.some((home) => existsSync(join(home, '.aws')));
}
