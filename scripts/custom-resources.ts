import { resolve } from 'node:path';
import { build } from 'esbuild';

/** Makes `index.js` of the function behind the custom resources. The AWS SDK is left to Lambda's runtime. */
export async function bundleCustomResources(folder: string): Promise<void> {
  await build({
    entryPoints: [resolve(import.meta.dirname, '../src/custom-resources/index.ts')],
    outfile: resolve(folder, 'index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    external: ['@aws-sdk/*'],
    minify: true,
    legalComments: 'none',
    logLevel: 'error',
  });
}
