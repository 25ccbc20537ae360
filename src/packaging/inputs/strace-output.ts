import { resolve } from 'node:path';

/** What a traced program did, as far as it concerns files. Paths are absolute; links in them are not resolved. */
export interface Traced {
  /** Named in a call that succeeded, or that looked for it in vain. */
  readonly paths: ReadonlySet<string>;
  /** Folders whose names were listed. */
  readonly listed: ReadonlySet<string>;
  /** Programs that were started. */
  readonly programs: ReadonlySet<string>;
  /** Why the trace may not show everything. */
  readonly blind: ReadonlySet<string>;
  /** Whether a program tried what it cannot do while it is traced. */
  readonly hindered: boolean;
}

/** The calls that {@link straceReader} understands, for `strace --trace=`. */
export const TRACED_CALLS = [
  // A machine need not have them all.
  ...['%file', '?getdents', '?getdents64', '?fchdir', '?open_by_handle_at', '?io_uring_setup'],
  ...['?fork', '?vfork', '?clone', '?clone3', '?connect', '?ptrace'],
];

/** A process, or threads that share a working folder. */
interface Process {
  folder: string;
}

interface Call {
  readonly name: string;
  readonly given: readonly string[];
  readonly result: string;
}

/**
 * Understands what `strace -f -y` writes, line by line. A line that is not understood makes the trace blind, which costs a
 * build too many; it never leaves out what was read.
 *
 * @param folder where the first process starts; absolute
 */
export function straceReader(folder: string): { line(text: string): void; end(): Traced } {
  const paths = new Set<string>();
  const listed = new Set<string>();
  const programs = new Set<string>();
  const blind = new Set<string>();
  let hindered = false;
  const processes = new Map<string, Process>();
  const unfinished = new Map<string, string>();
  /** Lines of processes whose parent has not yet told of them. */
  const early = new Map<string, string[]>();

  const line = (text: string): void => {
    const [, pid = '', rest = ''] = /^(\d+) +(.*)$/s.exec(text) ?? [];
    if (pid === '') blind.add(`it cannot be understood: ${text.slice(0, 80)}`);
    else if (processes.size === 0) processes.set(pid, { folder });
    if (processes.has(pid)) event(pid, rest);
    else if (pid !== '') early.set(pid, [...(early.get(pid) ?? []), rest]);
  };

  const event = (pid: string, text: string): void => {
    if (/^(---|\+\+\+)/.test(text)) return;
    if (text.endsWith('<unfinished ...>')) {
      unfinished.set(pid, text.slice(0, -'<unfinished ...>'.length));
      return;
    }
    const resumed = /^<\.\.\. \w+ resumed>/.exec(text)?.[0];
    const whole = resumed === undefined ? text : `${unfinished.get(pid) ?? ''}${text.slice(resumed.length)}`;
    unfinished.delete(pid);
    const call = parseCall(whole);
    if (call) take(pid, call);
    else blind.add(`it cannot be understood: ${whole.slice(0, 80)}`);
  };

  const take = (pid: string, call: Call): void => {
    const process = processes.get(pid) ?? { folder };
    const { name, given, result } = call;
    const failed = /^-1 E(\w+)/.exec(result)?.[1];
    for (const each of given) {
      const at = /^AT_FDCWD<(.*)>$/s.exec(each)?.[1];
      if (at !== undefined) process.folder = unescaped(at);
    }
    switch (name) {
      case 'fork':
      case 'vfork':
      case 'clone':
      case 'clone3': {
        const child = /^\d+/.exec(result)?.[0];
        if (child === undefined || failed) return;
        const shared = given.some((each) => each.includes('CLONE_FS'));
        processes.set(child, shared ? process : { folder: process.folder });
        const waiting = early.get(child) ?? [];
        early.delete(child);
        for (const each of waiting) event(child, each);
        return;
      }
      case 'connect':
        if (!failed || failed === 'INPROGRESS') noteConnection(given[1] ?? '', blind);
        return;
      case 'ptrace':
        if (given[0] !== 'PTRACE_TRACEME' || failed) hindered = true;
        return;
      case 'getdents':
      case 'getdents64':
      case 'fchdir': {
        const opened = descriptorPath(given[0] ?? '');
        if (opened === undefined || failed) return;
        if (name === 'fchdir') process.folder = opened;
        else listed.add(opened);
        return;
      }
      case 'chroot':
      case 'pivot_root':
      case 'mount':
        if (!failed) blind.add(`${name} was called`);
        return;
    }
    // What is refused for other reasons than that it is not there was not read.
    if (failed && !['NOENT', 'NOTDIR', 'LOOP', 'EXIST', 'ISDIR', 'INVAL', 'NOTEMPTY'].includes(failed))
      return;
    const named = namedPaths(call, process.folder);
    if (isOverwritten(call)) named.shift();
    for (const path of named) paths.add(path);
    const real = /^\d+<(.*)>$/s.exec(result)?.[1];
    if (real !== undefined && !isOverwritten(call)) paths.add(unescaped(real));
    const [first] = named;
    if (failed || first === undefined) return;
    if (name === 'chdir') process.folder = first;
    if (name.startsWith('execve')) programs.add(first);
  };

  return {
    line,
    end() {
      if (early.size > 0) blind.add('a process appeared that nobody started');
      for (const [pid, text] of unfinished) {
        const call = parseCall(`${text}) = 0`);
        if (call && !/^(fork|vfork|clone)/.test(call.name)) take(pid, call);
      }
      return { paths, listed, programs, blind, hindered };
    },
  };
}

/** `openat(AT_FDCWD</w>, "a", O_RDONLY) = 3</w/a>`; strace pads the closing parenthesis. */
function parseCall(text: string): Call | undefined {
  const name = /^(\w+)\(/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const { parts, end } = splitArguments(text, name.length + 1);
  const result = /^\)\s+= (.*)$/s.exec(text.slice(end))?.[1];
  return result === undefined ? undefined : { name, given: parts, result };
}

/** Splits at commas that are neither in quotes, nor in brackets, nor in the path of a descriptor. */
function splitArguments(text: string, from: number): { parts: string[]; end: number } {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  let at = from;
  for (; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = closing(text, at, '"');
    else if (char === '<' && depth === 0 && /[\w]/.test(text[at - 1] ?? '')) at = closing(text, at, '>');
    else if (char === '{' || char === '[' || char === '(') depth++;
    else if (char === ')' && depth === 0) break;
    else if (char === '}' || char === ']' || char === ')') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 2;
    }
  }
  if (at > start) parts.push(text.slice(start, at));
  return { parts, end: at };
}

/** Where what begins at `from` is closed; quotes and closing signs in it are escaped. */
function closing(text: string, from: number, sign: string): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === sign) return at;
  }
  return text.length;
}

/** All paths that a call names, each relative to the descriptor before it, else to the working folder. */
function namedPaths({ name, given }: Call, folder: string): string[] {
  if (name === 'symlink' || name === 'symlinkat') {
    const place = given.at(-1) ?? '';
    const base = name === 'symlinkat' ? (descriptorPath(given[1] ?? '') ?? folder) : folder;
    const link = resolve(base, quoted(place) ?? '');
    return [link, resolve(link, '..', quoted(given[0] ?? '') ?? '')];
  }
  const found: string[] = [];
  for (const [index, each] of given.entries()) {
    const path = quoted(each);
    if (path === undefined) continue;
    const base = index === 0 ? folder : (descriptorPath(given[index - 1] ?? '') ?? folder);
    found.push(resolve(base, path));
    // What follows is what the call tells, or what a program is told.
    if (/^(execve|readlink|getcwd)/.test(name)) break;
  }
  return found;
}

/** What is emptied when it is opened is not read, unless it must not have been there. */
const isOverwritten = ({ name, given }: Call): boolean =>
  name === 'creat' ||
  (name.startsWith('open') && given.some((each) => each.includes('O_TRUNC') && !each.includes('O_EXCL')));

function quoted(text: string): string | undefined {
  const inner = /^"(.*)"(\.\.\.)?$/s.exec(text)?.[1];
  return inner === undefined ? undefined : unescaped(inner);
}

/** `3</w/a>`, `AT_FDCWD</w>` */
function descriptorPath(text: string): string | undefined {
  const path = /^(?:AT_FDCWD|\d+)<(.*)>$/s.exec(text)?.[1];
  return path?.startsWith('/') ? unescaped(path) : undefined;
}

const NAMED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11 };

/** strace escapes as C does, with octal numbers for the bytes of UTF-8. */
function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: number[] = [];
  for (const [, number, sign, plain = ''] of text.matchAll(/\\([0-7]{1,3}|x[0-9a-f]{2})|\\(.)|([^\\]+)/gs)) {
    if (number !== undefined)
      bytes.push(number.startsWith('x') ? Number.parseInt(number.slice(1), 16) : Number.parseInt(number, 8));
    else if (sign !== undefined) bytes.push(NAMED[sign] ?? sign.charCodeAt(0));
    else bytes.push(...Buffer.from(plain));
  }
  return Buffer.from(bytes).toString();
}

/** Sockets behind which names of users and hosts are looked up. */
const LOOKUPS =
  /sun_path="\/(var\/)?run\/(nscd\/socket|systemd\/(resolve|userdb)\/.*|dbus\/system_bus_socket)"/;

/** Whoever is connected to may read files in its name: a daemon of Docker, Gradle, Nx. */
function noteConnection(address: string, blind: Set<string>): void {
  if (address.includes('AF_UNIX') && !LOOKUPS.test(address)) {
    blind.add(`it talked to another program at ${/sun_path=@?"(.*?)"/.exec(address)?.[1] ?? 'a socket'}`);
  }
  const isLocal = /"(127\.[\d.]+|::1|::ffff:127\.[\d.]+)"/.test(address);
  const port = /htons\((\d+)\)/.exec(address)?.[1];
  if (isLocal && port !== '53') blind.add(`it talked to another program at port ${port} of this machine`);
}
