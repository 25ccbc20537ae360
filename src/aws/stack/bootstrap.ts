import type { Log } from '../../log.ts';
import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { codeOf, withSignal } from '../connection/errors.ts';
import { explained } from '../connection/explained.ts';

/**
 * Makes sure that the environment was prepared by `cdk bootstrap`, with a version that knows what the stack relies on.
 * Whoever may not read the version goes on without.
 *
 * @param wanted the lowest version, and the SSM parameter that tells what is there
 * @throws ProblemError when the environment was not bootstrapped, or with an older version
 */
export async function checkBootstrap(
  aws: Aws,
  wanted: { readonly version: number; readonly ssmParameter: string },
  environment: string,
  signal: AbortSignal,
  log: Log,
): Promise<void> {
  const { version, ssmParameter } = wanted;
  const next = `Run: npx cdk bootstrap ${environment}`;
  let found: string | undefined;
  try {
    found = await readParameter(aws, ssmParameter, signal);
  } catch (error) {
    if (!(error instanceof ProblemError) || !/AccessDenied|not authorized/.test(error.message)) throw error;
    log.info(`The version of the bootstrap stack may not be read (${ssmParameter}); going on without`);
    return;
  }
  if (found === undefined) {
    const message = `${environment} is not bootstrapped for AWS CDK: there is no SSM parameter ${ssmParameter}`;
    throw new ProblemError({ message, next });
  }
  if (!(Number(found) >= version)) {
    const message = `the bootstrap stack of ${environment} has version ${found}; the application needs ${version}`;
    throw new ProblemError({ message, next });
  }
  log.debug(`Bootstrap stack: version ${found}, at least ${version} is needed`);
}

/** `undefined` when there is none. */
function readParameter(aws: Aws, name: string, signal: AbortSignal): Promise<string | undefined> {
  return explained(`reading the SSM parameter ${name}`, async () => {
    const { client, sdk } = await aws.ssm();
    try {
      const { Parameter } = await client.send(
        new sdk.GetParameterCommand({ Name: name }),
        withSignal(signal),
      );
      return Parameter?.Value;
    } catch (error) {
      if (codeOf(error) === 'ParameterNotFound') return undefined;
      throw error;
    }
  });
}
