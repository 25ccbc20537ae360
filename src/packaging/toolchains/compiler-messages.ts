import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Place, Problem } from '../../problem.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a compiler said of one line of one file, as it printed it. */
interface Message {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
  readonly text: string;
}

type Style = (output: string) => Message[];

const LOCATION = '(?<file>[^\\s:(][^:(\\n]*):(?<line>\\d+)(?::(?<column>\\d+))?';

/** `main.go:7:2: undefined: x`; also what C compilers, linters and many others print. */
const colons = byPattern(`^(?:vet: )?${LOCATION}: (?:(?:fatal )?error: ?)?(?<text>\\S.*)$`);

/** `✘ [ERROR] Could not resolve "x"`, and two lines below `    src/app.ts:3:7:`. */
const esbuild = byPattern(`^✘ \\[ERROR\\] (?<text>.+)\\n\\n\\s+${LOCATION}:$`);
const esbuildWarning = byPattern(`^▲ \\[WARNING\\] (?<text>.+)\\n\\n\\s+${LOCATION}:$`);

/** `src/app.ts(3,7): error TS2304: ...` */
const typescript = byPattern(
  '^(?<file>[^\\s(][^(\\n]*)\\((?<line>\\d+),(?<column>\\d+)\\): error (?<text>.+)$',
);

/** `src/app.ts:3:7 - error TS2304: ...` */
const typescriptPretty = byPattern(`^${LOCATION} - error (?<text>.+)$`);

/** `  File "app.py", line 3`, and some lines below `SyntaxError: ...` */
const python = byPattern(
  '^\\s*File "(?<file>[^"]+)", line (?<line>\\d+)\\n(?:.*\\n){0,4}?(?<text>\\w*(?:Syntax|Indentation|Tab)Error: .+)$',
);

/** `error[E0425]: cannot find value ...`, and a line below `  --> src/main.rs:3:5` */
const rustc = byPattern(`^(?<text>error(?:\\[E\\d+\\])?: .+)\\n\\s*--> ${LOCATION}$`);

/** `[ERROR] /builds/src/App.java:[3,7] cannot find symbol` */
const maven = byPattern(
  '^\\[ERROR\\] (?<file>/[^\\n]*?):\\[(?<line>\\d+),(?<column>\\d+)\\] (?:error: )?(?<text>.+)$',
);

export const STYLES = {
  go: [colons],
  esbuild: [esbuild],
  esbuildWarnings: [esbuildWarning],
  rust: [rustc],
  maven: [maven],
  javac: [colons],
  dotnet: [typescript],
  any: [typescript, typescriptPretty, esbuild, python, colons],
} as const satisfies Readonly<Record<string, readonly Style[]>>;

/** The most that is shown of one compiler's messages; later ones mostly follow from the first. */
const MOST = 20;

/** All that can be read from a compiler's output, each with its place relative to the workspace, as annotations want it. */
export function compilerMessages(
  space: Workspace,
  directory: string,
  output: string,
  styles: readonly Style[],
): Problem[] {
  const plain = output.replaceAll(/\x1b\[[0-9;]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
  for (const style of styles) {
    // Maven says everything twice.
    const distinct = new Map(style(plain).map((message) => [JSON.stringify(message), message]));
    const found = [...distinct.values()].slice(0, MOST);
    if (found.length === 0) continue;
    return found.map(({ text, ...where }) => ({ message: text, place: placeIn(space, directory, where) }));
  }
  return [];
}

/**
 * The errors in the output of a compiler that failed; never none: where nothing can be read, the end of the output is
 * the problem.
 *
 * @param directory what the compiler's paths are relative to
 */
export function compilerProblems(
  space: Workspace,
  directory: string,
  output: string,
  styles: readonly Style[],
  failure: string,
): Problem[] {
  const found = compilerMessages(space, directory, output, styles);
  if (found.length > 0) return found;
  const tail = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(-5)
    .join(' | ');
  return [
    {
      message: tail === '' ? failure : `${failure}: ${tail}`,
      next: 'Run again with log-level: debug to see all of its output.',
    },
  ];
}

/** A place whose file is named from the workspace's root, with `/`. */
export function placeIn(space: Workspace, directory: string, place: Place): Place {
  const absolute = resolve(directory, place.file);
  const way = relative(space.root, absolute);
  const file = way.startsWith('..') || isAbsolute(way) ? absolute : way;
  return { ...place, file: file.split(sep).join('/') };
}

function byPattern(source: string): Style {
  const pattern = new RegExp(source, 'gmu');
  return (output) =>
    Array.from(output.matchAll(pattern), ({ groups = {} }) => ({
      file: groups.file ?? '',
      line: Number(groups.line),
      ...(groups.column !== undefined && { column: Number(groups.column) }),
      text: (groups.text ?? '').trim(),
    }));
}
