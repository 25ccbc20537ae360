let due: (() => void)[] = [];

/** Does something once all is read that has come by now, in one go with what else is to be done then. */
export function atEndOfTurn(act: () => void): void {
  if (due.push(act) === 1) setImmediate(doAll);
}

function doAll(): void {
  const all = due;
  due = [];
  for (const act of all) act();
}
