import { spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What tar says against an archive. */
export class UntarError extends Error {
  override readonly name = 'UntarError';
}

/** How a pipe says that its reader has gone. */
const CLOSED_EARLY = new Set(['EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/** Characters of what tar says that are passed on. */
const SAID = 500;

/**
 * Extracts a tar archive into a folder, as files of whoever runs this. Without `-P`, tar itself sees to it that nothing
 * leaves the folder, by absolute names, `..` or links.
 *
 * @param decompress what the bytes of the archive go through
 * @param options.modes files keep their modes, whatever this process' mask is
 * @throws UntarError when tar refuses it
 */
export async function untar(
  archive: Readable,
  decompress: Duplex,
  { folder, modes }: { readonly folder: string; readonly modes: boolean },
): Promise<void> {
  const flags = ['--no-same-owner', ...(modes ? [] : ['--no-same-permissions'])];
  const tar = spawn('tar', ['-x', '-f', '-', ...flags], { cwd: folder, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  tar.stderr.on('data', (data: Buffer) => {
    said = (said + data).slice(0, SAID);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    tar.once('error', reject);
    tar.once('close', resolve);
  });
  const [fed, code] = await Promise.allSettled([pipeline(archive, decompress, tar.stdin), ended]);
  // tar may give up before it has read everything; then its own words matter, not the broken pipe.
  if (code.status === 'rejected') throw code.reason;
  if (code.value !== 0) throw new UntarError(said.trim());
  // The end of an archive is padded; tar need not read that.
  if (fed.status === 'rejected' && !CLOSED_EARLY.has(fed.reason?.code)) throw fed.reason;
}
