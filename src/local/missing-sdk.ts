import type { LocalFunction } from './functions/function.ts';
import type { FunctionError } from './invoke.ts';

interface Brought {
  readonly runtime: RegExp;
  /** Of the message of an error: the package that was not found. */
  readonly missing: RegExp;
  readonly install: (name: string) => string;
}

/** What Lambda's runtimes bring along; source: AWS Lambda Developer Guide, "Runtime-included SDK versions" of each language. */
const BROUGHT: readonly Brought[] = [
  {
    runtime: /^nodejs(1[89]|[2-9]\d)\./,
    missing: /Cannot find (?:package|module) '(@(?:aws-sdk|smithy)\/[\w.-]+)/,
    install: (name) => `bundle it, or run "npm install ${name}" in the folder of the code`,
  },
  {
    runtime: /^nodejs(1[0-6]|[4-8])\./,
    missing: /Cannot find (?:package|module) '(aws-sdk)\b/,
    install: (name) => `bundle it, or run "npm install ${name}" in the folder of the code`,
  },
  {
    runtime: /^python/,
    missing: /No module named '(boto3|botocore|s3transfer|jmespath)\b/,
    install: (name) => `run "pip install ${name}" for the Python that it runs on`,
  },
  {
    runtime: /^ruby/,
    missing: /cannot load such file -- (aws-sdk[\w-]*)/,
    install: (name) => `run "gem install ${name}"`,
  },
];

/** What to do where a function lacks a package that Lambda would have given it; nothing where it lacks none such. */
export function missingSdk({ logicalId, runtime }: LocalFunction, error: FunctionError): string | undefined {
  for (const brought of BROUGHT) {
    const [, name] = (brought.runtime.test(runtime) && brought.missing.exec(error.errorMessage)) || [];
    if (name !== undefined)
      return `${logicalId}: ${name} comes with ${runtime} in Lambda, and is not here: ${brought.install(name)}`;
  }
  return undefined;
}
