import { listArchive } from '../packaging/archive/zip-reader.ts';
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

/** Where packages are listed, and what of them lies beside the code once they are installed. */
const LISTS = [
  {
    runtime: /^nodejs/,
    missing: /Cannot find (?:package|module) '([^'./][^']*)'/,
    list: 'package.json',
    installed: /(^|\/)node_modules\//,
  },
  {
    runtime: /^python/,
    missing: /No module named '([\w.]+)'/,
    list: 'requirements.txt',
    installed: /\.(dist|egg)-info\//,
  },
] as const;

/**
 * What to do where a function lacks a package that Lambda would have given it, or that nothing has installed; nothing where it
 * lacks none such.
 */
export async function missingPackage(fn: LocalFunction, error: FunctionError): Promise<string | undefined> {
  const { logicalId, runtime, code } = fn;
  for (const brought of BROUGHT) {
    const name = nameIn(brought, runtime, error);
    if (name !== undefined)
      return `${logicalId}: ${name} comes with ${runtime} in Lambda, and is not here: ${brought.install(name)}`;
  }
  if (code.kind !== 'zip') return undefined;
  for (const listed of LISTS) {
    const name = nameIn(listed, runtime, error);
    if (name === undefined) continue;
    const entries = await listArchive(code.path);
    const isListed = entries.some((entry) => entry.name === listed.list);
    if (isListed && !entries.some((entry) => listed.installed.test(entry.name)))
      return `${logicalId}: ${name} is not in its code, which has a ${listed.list} and nothing installed of it: in a template, let Metadata.BuildMethod build it (docs/sam.md), or install it in the folder of the code`;
  }
  return undefined;
}

const nameIn = (
  { runtime, missing }: Pick<Brought, 'runtime' | 'missing'>,
  of: string,
  { errorMessage }: FunctionError,
): string | undefined => (runtime.test(of) ? missing.exec(errorMessage)?.[1] : undefined);
