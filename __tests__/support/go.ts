import { execFileSync } from 'node:child_process';
import { describe } from '@jest/globals';

const NAMES = ['GOPROXY', 'GOMODCACHE', 'GOCACHE', 'GONOSUMDB', 'GOFLAGS', 'GOSUMDB'];

function settings(): Readonly<Record<string, string>> | undefined {
  try {
    const values = execFileSync('go', ['env', ...NAMES], { encoding: 'utf8', stdio: 'pipe' }).split('\n');
    return Object.fromEntries(NAMES.map((name, index) => [name, values[index] ?? '']));
  } catch {
    return undefined;
  }
}

const found = settings();

/** Why nothing that needs a Go toolchain is tested; `undefined`: it is. */
export const withoutGo: string | undefined = found
  ? undefined
  : 'what needs Go is not tested: there is none here; install it from go.dev/dl';

if (withoutGo) console.warn(withoutGo);

/** A runner's home folder is its own; modules and what was compiled of them are kept in the user's. */
export const GO_SETTINGS: Readonly<Record<string, string>> = found ?? {};

/** Tests of what needs a Go toolchain. */
export const describeWithGo = withoutGo ? describe.skip : describe;
