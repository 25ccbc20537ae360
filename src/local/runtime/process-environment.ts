import { join } from 'node:path';
import { languageOf, languageVersion } from '../../runtimes.ts';
import { IMAGE, type LocalFunction } from '../functions/function.ts';
import type { PreparedCode } from './unpack-code.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Recognisably not real: AWS's own example key, so that secret scanners stay calm. */
const fakeCredentials: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'not-a-real-token',
};

/**
 * All variables of a runtime process: Lambda's own, then the function's, and nothing of this process but the PATH.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function processEnvironment(
  fn: LocalFunction,
  code: PreparedCode,
  runtimeApi: string,
  options: {
    readonly credentials?: Credentials;
    readonly environment?: Readonly<Record<string, string>>;
    readonly path: string;
  },
): Record<string, string> {
  const credentials = options.credentials ?? fakeCredentials;
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...searchPaths(fn, code, options.path),
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime === IMAGE ? 'Image' : fn.runtime}`,
    ...options.environment,
    ...fn.environment,
    AWS_REGION: fn.region,
    AWS_DEFAULT_REGION: fn.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local/[$LATEST]',
    ...(fn.logging && { AWS_LAMBDA_LOG_FORMAT: fn.logging.format }),
    ...(fn.logging?.format === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: fn.logging.level }),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_SAM_LOCAL: 'true',
    LAMBDA_TASK_ROOT: code.taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    _HANDLER: fn.handler,
  };
}

/** Where runtimes look for what layers bring: https://docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html */
function searchPaths(
  fn: LocalFunction,
  { taskRoot, layers: opt }: PreparedCode,
  path: string,
): Record<string, string> {
  const libraries = [join(taskRoot, 'lib')];
  if (opt === undefined) return { PATH: path, LD_LIBRARY_PATH: [taskRoot, ...libraries].join(':') };
  const major = languageVersion('node', fn.runtime);
  const version = languageVersion('python', fn.runtime);
  return {
    PATH: `${path}:${join(opt, 'bin')}`,
    LD_LIBRARY_PATH: [taskRoot, ...libraries, join(opt, 'lib')].join(':'),
    ...(major && {
      NODE_PATH: [
        join(opt, 'nodejs', `node${major}`, 'node_modules'),
        join(opt, 'nodejs', 'node_modules'),
      ].join(':'),
    }),
    ...(version && {
      PYTHONPATH: [join(opt, 'python'), join(opt, 'python', 'lib', `python${version}`, 'site-packages')].join(
        ':',
      ),
    }),
    ...(languageOf(fn.runtime) === 'ruby' && { RUBYLIB: join(opt, 'ruby', 'lib') }),
  };
}
