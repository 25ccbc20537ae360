/** As package.json says, which npx does not enforce. */
const OLDEST_NODE = 24;

/** What to do where the Node that runs this is too old; nothing where it is not. */
export function oldNode(version: string, program: string): string | undefined {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return undefined;
  const next = `npx -y -p node@${OLDEST_NODE} -- node ${program}`;
  return `sparta-action needs Node ${OLDEST_NODE} or newer; this is ${version}. Install it, or have npm fetch it for this program: ${next}\n`;
}
