import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pinnedModules } from './pinned-modules.ts';

const run = promisify(execFile);

/** The `node_modules` that has AWS CDK, or why it cannot be had. */
export const cdkModules = () => pinnedModules('cdk');

/** What the CDK CLI switches on unless it is told otherwise. */
export const CONTEXT = {
  'aws:cdk:enable-path-metadata': true,
  'aws:cdk:enable-asset-metadata': true,
  'aws:cdk:version-reporting': true,
};

/**
 * Runs a CDK application as `cdk synth` does; it writes `cdk.out`.
 *
 * @param folder where the application is; it finds `aws-cdk-lib` there or above
 * @param env further variables for it
 */
export async function synthesise(
  folder: string,
  context: object = CONTEXT,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await run(process.execPath, ['app.js'], {
    cwd: folder,
    env: { PATH: process.env.PATH, CDK_OUTDIR: 'cdk.out', CDK_CONTEXT_JSON: JSON.stringify(context), ...env },
  });
}
