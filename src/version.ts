import { createRequire } from 'node:module';

/** Our own version, from package.json; in dist/ the build writes it in. */
export const VERSION: string = (createRequire(import.meta.url)('../package.json') as { version: string })
  .version;
