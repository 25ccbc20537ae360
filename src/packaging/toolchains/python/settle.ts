import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Notes of the installer: by whom, from where and on whose wish. They differ between machines. */
const NOTES = ['INSTALLER', 'REQUESTED', 'direct_url.json', 'uv_cache.json', 'uv_build.json'];

/**
 * Makes what an installer left in a folder the same on every machine: no compiled files and installer's notes, scripts
 * that find Python by themselves, and records without any of these.
 */
export function settlePackages(folder: string): void {
  removeCompiled(folder);
  rmSync(join(folder, '.lock'), { force: true });
  const packages = readdirSync(folder).filter((name) => name.endsWith('.dist-info'));
  for (const name of packages) {
    for (const note of NOTES) rmSync(join(folder, name, note), { force: true });
    settleRecord(join(folder, name, 'RECORD'));
  }
  if (packages.length > 0) settleScripts(join(folder, 'bin'));
}

function removeCompiled(folder: string): void {
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.name === '__pycache__') rmSync(path, { recursive: true });
    else if (item.isDirectory()) removeCompiled(path);
  }
}

/** Lines of what was removed are left out, those of scripts (whose first line is rewritten) too; the rest is sorted. */
function settleRecord(path: string): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  const kept = text.split(/\r?\n/).filter((line) => {
    const [file = ''] = line.split(',');
    const gone =
      file === '' || file.includes('__pycache__') || NOTES.includes(file.slice(file.lastIndexOf('/') + 1));
    return !gone && !/^(\.\.\/)*bin\//.test(file);
  });
  writeFileSync(path, `${kept.sort().join('\n')}\n`);
}

function settleScripts(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    const first = bytes.subarray(0, Math.max(0, bytes.indexOf(10))).toString('utf8');
    // A path with spaces or of great length becomes a shell line that calls Python with the file itself.
    const lines = /^#!\/bin\/sh/.test(first) ? 3 : /^#!.*python/.test(first) ? 1 : 0;
    if (lines === 0 || (lines === 3 && !bytes.subarray(0, 2000).includes("'''exec'"))) continue;
    let end = 0;
    for (let line = 0; line < lines; line++) end = bytes.indexOf(10, end) + 1;
    writeFileSync(path, Buffer.concat([Buffer.from('#!/usr/bin/env python3\n'), bytes.subarray(end)]));
  }
}
