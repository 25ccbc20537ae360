/**
 * What something comes to, or `late` where it takes longer than a limit. It goes on then, and nobody hears of its end.
 *
 * @param limit milliseconds
 */
export function inTime<T>(running: Promise<T>, limit: number): Promise<T | 'late'> {
  return new Promise((done, fail) => {
    const timer = setTimeout(done, limit, 'late');
    running.then(done, fail).finally(() => clearTimeout(timer));
  });
}
