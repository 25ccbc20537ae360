import type { Aws } from './clients.ts';

/**
 * Checks that the account is bootstrapped for what a CDK app relies on.
 *
 * @param parameter name of the SSM parameter with the version, such as `/cdk-bootstrap/hnb659fds/version`
 * @throws ProblemError when it is missing or too old
 */
export async function checkBootstrapVersion(_aws: Aws, _parameter: string, _required: number): Promise<void> {
  throw new Error('not implemented');
}
