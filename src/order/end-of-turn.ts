let due: (() => void)[] = [];

/** Does something once all is read that has come to this process by now, in one go with what else waits for that. */
export function atEndOfTurn(act: () => void): void {
  if (due.push(act) === 1) setImmediate(doAll);
}

function doAll(): void {
  const all = due;
  due = [];
  for (const act of all) act();
}
