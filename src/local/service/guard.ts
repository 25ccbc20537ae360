import { spawn } from 'node:child_process';
import { watchGroups } from '../runtime/process-group.ts';

/** Cleans up after this process where it is killed. */
export interface KillGuard {
  /** There is nothing to clean up any more. */
  dismiss(): void;
}

/**
 * Ends when its input does, which is when the process that holds the other end is gone, however that came: then it kills
 * the groups that it was told of (`+ 42`) and that have not ended (`- 42`), and removes the folder.
 */
const SCRIPT = `
groups=' '
while read -r what pid; do
  case $what in
    +) groups="$groups$pid " ;;
    -) case $groups in *" $pid "*) groups="\${groups%% $pid *} \${groups#* $pid }" ;; esac ;;
    end) exit 0 ;;
  esac
done
for pid in $groups; do kill -s KILL -- "-$pid" 2>/dev/null; done
rm -rf -- "$1"
`;

/**
 * Watches over this process: a service that is killed leaves no process of a function and no file.
 *
 * @param folder what it works in
 */
export function startGuard(folder: string): KillGuard {
  if (process.platform === 'win32') return { dismiss: () => undefined };
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'sh', folder], {
    // What ends this process's group is not for it.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Without a shell, nobody watches; nothing else is lost.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  const unwatch = watchGroups((pid, isRunning) => guard.stdin.write(`${isRunning ? '+' : '-'} ${pid}\n`));
  return {
    dismiss() {
      unwatch();
      guard.stdin.end('end\n');
    },
  };
}
