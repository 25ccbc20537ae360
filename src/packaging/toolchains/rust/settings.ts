import { dirname, join } from 'node:path';

/** Files that cargo and rustup look for in each folder, from where they are called up. */
const SETTINGS = ['.cargo/config.toml', '.cargo/config', 'rust-toolchain.toml', 'rust-toolchain'];

/** @param top the last folder, which holds `directory` */
export function lookedFor(directory: string, top: string): string[] {
  const found: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    found.push(...SETTINGS.map((name) => join(at, name)));
    if (at === top || at === dirname(at)) return found;
  }
}
