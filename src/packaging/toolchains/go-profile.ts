import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Where the profile is wanted: `127.0.0.1:port`, a space, and what the connection has to begin with. */
export const PROFILE_VARIABLE = '_SPARTA_PROFILE';

/**
 * A file of package main that profiles it: from the first variable on that the package sets until its connection is ended by
 * the other side, which then gets the profile, or why there is none. Before it begins, one byte says that it is expected. Go sets the variables of a package in the order
 * of its files. Names of imports would clash with those that the package declares itself.
 */
const PROFILER = `package main

import (
	spartaBytes "bytes"
	spartaNet "net"
	spartaOs "os"
	spartaPprof "runtime/pprof"
	spartaStrings "strings"
)

var _ = func() bool {
	wanted := spartaStrings.SplitN(spartaOs.Getenv("${PROFILE_VARIABLE}"), " ", 2)
	spartaOs.Unsetenv("${PROFILE_VARIABLE}")
	if len(wanted) != 2 {
		return false
	}
	connection, err := spartaNet.Dial("tcp", wanted[0])
	if err != nil {
		return false
	}
	heard := make([]byte, 1)
	connection.Write([]byte(wanted[1]))
	connection.Read(heard)
	var profile spartaBytes.Buffer
	err = spartaPprof.StartCPUProfile(&profile)
	go func() {
		connection.Read(heard)
		if err == nil {
			spartaPprof.StopCPUProfile()
			connection.Write(profile.Bytes())
		} else {
			connection.Write([]byte(err.Error()))
		}
		connection.Close()
	}()
	return true
}()
`;

/** As `-overlay` takes it. Source: `go help build`. */
interface Overlay {
  readonly Replace?: Readonly<Record<string, string>>;
}

/**
 * Flags by which `go build` adds the profiler to a package, whose folder stays as it is. It needs the standard library only.
 *
 * @param main the package's folder, as Go calls it
 * @param settings what `go env` says: an overlay of the project's own stays
 * @param build where Go runs, and an empty folder for what is made
 */
export async function profilingFlags(
  main: string,
  settings: Readonly<Record<string, string>>,
  { directory, scratch }: { readonly directory: string; readonly scratch: string },
): Promise<readonly string[]> {
  const source = join(scratch, 'profiler.go');
  await writeFile(source, PROFILER);
  const file = join(scratch, 'overlay.json');
  const Replace = { ...(await ownOverlay(settings, directory)), [freeName(main)]: source };
  await writeFile(file, JSON.stringify({ Replace }));
  return ['-overlay', file];
}

/** The first of the package's files, by name. */
function freeName(main: string): string {
  for (let count = 0; ; count++) {
    const file = join(main, `00sparta_profile${count === 0 ? '' : count}.go`);
    if (!existsSync(file)) return file;
  }
}

async function ownOverlay(
  { GOFLAGS = '' }: Readonly<Record<string, string>>,
  directory: string,
): Promise<Overlay['Replace']> {
  const own = [...GOFLAGS.matchAll(/(?<=^|\s)--?overlay=(\S+)/g)].at(-1)?.[1];
  if (own === undefined) return {};
  const { Replace = {} } = JSON.parse(await readFile(resolve(directory, own), 'utf8')) as Overlay;
  return Replace;
}
