import { type Emulator, startEmulator as start } from '../../scripts/emulator.ts';

export type { Emulator } from '../../scripts/emulator.ts';

/** The AWS emulator, without which a test that needs it fails. */
export async function startEmulator(): Promise<Emulator> {
  const started = await start();
  if ('missing' in started) throw new Error(`the AWS emulator is missing: ${started.missing}`);
  return started;
}
