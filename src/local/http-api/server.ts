import type { Endpoint } from '../endpoint.ts';
import type { FunctionHost } from '../host.ts';
import type { Route } from './route.ts';

export interface HttpApiOptions {
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Folder whose files answer GET and HEAD where no route matches. */
  readonly static?: string;
  /** Lets requests that claim a SigV4 signature through AWS_IAM routes; the signature itself is not checked. */
  readonly allowUnverifiedIam?: boolean;
}

/** Serves routes over HTTP as API Gateway and function URLs would. Several APIs: each is also below `/<logical ID>`. */
export async function startHttpApi(
  _host: FunctionHost,
  _routes: readonly Route[],
  _options?: HttpApiOptions,
): Promise<Endpoint> {
  throw new Error('not written yet');
}
