import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where images have their extensions. Source: AWS Lambda Developer Guide, "Configuring extensions", container images. */
export const EXTENSIONS = '/opt/extensions';

/** The names of programs in a folder of extensions. */
export const extensionsIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isExecutable(join(folder, entry.name)))
    .map(({ name }) => name);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
