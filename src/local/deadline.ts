/** The end of what an environment works at. One invocation follows the other, and nearly all end in time. */
export interface Deadline {
  /** From now on, in place of what was set before. */
  set(milliseconds: number): void;
  /** There is none any more. */
  clear(): void;
  /** Nothing is kept running. */
  close(): void;
}

/** One timer for many deadlines: it is set again when it fires too early, and not with each of them. */
export function createDeadline(act: () => void): Deadline {
  let at: number | undefined;
  let timer: { readonly firesAt: number; readonly handle: NodeJS.Timeout } | undefined;

  function start(firesAt: number): void {
    timer = { firesAt, handle: setTimeout(fire, firesAt - performance.now()) };
  }

  function fire(): void {
    timer = undefined;
    if (at === undefined) return;
    if (at > performance.now()) {
      start(at);
    } else {
      at = undefined;
      act();
    }
  }

  function close(): void {
    clearTimeout(timer?.handle);
    timer = undefined;
    at = undefined;
  }

  return {
    set(milliseconds) {
      at = performance.now() + milliseconds;
      if (timer && timer.firesAt <= at) return;
      clearTimeout(timer?.handle);
      start(at);
    },
    clear() {
      at = undefined;
    },
    close,
  };
}
