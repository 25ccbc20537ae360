import type { Aws } from './clients.ts';

/** What a registry client needs to push; the password is a secret and is valid for 12 hours. */
export interface RegistryLogin {
  /** Host name, such as `123456789012.dkr.ecr.eu-central-1.amazonaws.com`. */
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** Logs in to the account's own registry. The caller hides the password from the log. */
export async function registryLogin(_aws: Aws): Promise<RegistryLogin> {
  throw new Error('not implemented');
}

/**
 * Makes sure that a repository exists.
 *
 * @returns its URI without a tag
 * @throws ProblemError when there is none and `create` is not set
 */
export async function ensureRepository(
  _aws: Aws,
  _name: string,
  _options: { readonly create: boolean },
): Promise<string> {
  throw new Error('not implemented');
}

/** Digest (`sha256:...`) of the image with this tag or digest; `undefined` when there is none. */
export async function imageDigest(
  _aws: Aws,
  _repository: string,
  _reference: string,
): Promise<string | undefined> {
  throw new Error('not implemented');
}
