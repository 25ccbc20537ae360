import { glibcOf } from '../native-code.ts';
import type { PythonBuild } from '../spec.ts';

const MACHINE = { x86_64: 'x86_64', arm64: 'aarch64' } as const;

/** Older names, by the release of glibc that they stand for. Source: PEP 600, "Legacy manylinux tags". */
const OLDER_NAMES: Readonly<Record<number, readonly [machine: string | undefined, name: string]>> = {
  17: [undefined, 'manylinux2014'],
  12: ['x86_64', 'manylinux2010'],
  5: ['x86_64', 'manylinux1'],
};

/** Releases of glibc 2 that uv has a platform for. */
const OF_UV = [17, 28, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40];
/** Newer than any wheel needs. */
export const ANY_GLIBC = 60;

/** The minor version of glibc 2 that wheels for a runtime may need. */
export const wheelGlibc = ({ runtime }: Pick<PythonBuild, 'runtime'>): number => glibcOf(runtime)[1] ?? 0;

/**
 * The platform tags that pip takes, newest first: it takes only what is named. A wheel with the tag `linux` comes from an
 * index of one's own.
 */
export function pipPlatforms({ architecture }: Pick<PythonBuild, 'architecture'>, newest: number): string[] {
  const machine = MACHINE[architecture];
  const minors = Array.from({ length: newest - 5 + 1 }, (_, index) => newest - index);
  const tags = minors.flatMap((minor) => {
    const [only, name] = OLDER_NAMES[minor] ?? [];
    const isNamed = name !== undefined && (only === undefined || only === machine);
    return [`manylinux_2_${minor}_${machine}`, ...(isNamed ? [`${name}_${machine}`] : [])];
  });
  return [...tags, `linux_${machine}`];
}

/** uv's platform for the newest glibc that is not newer: it takes older wheels, too. */
export function uvPlatform({ architecture }: Pick<PythonBuild, 'architecture'>, newest: number): string {
  const minor = OF_UV.findLast((each) => each <= newest) ?? 17;
  return `${MACHINE[architecture]}-manylinux_2_${minor}`;
}

/** Whether uv knows the very release; else pip finds wheels that uv does not. */
export const isUvExact = (newest: number): boolean => OF_UV.includes(newest);
