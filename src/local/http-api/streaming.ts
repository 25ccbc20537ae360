import type { ServerResponse } from 'node:http';
import type { JsonObject } from '../../template/types.ts';
import { mapOf } from '../functions/resolve.ts';
import type { ResponseSink } from '../invoke.ts';
import { responseHeaders } from './response.ts';

const preludeType = 'application/vnd.awslambda.http-integration-response';
/** Separates the prelude (status and headers, as JSON) from the body. */
const separator = Buffer.alloc(8);

/**
 * Passes a streamed response on to the client. Functions set status and headers by a prelude.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/response-streaming-tutorial.html
 */
export function streamTo(
  response: ServerResponse,
  extra: readonly (readonly [string, string])[],
): ResponseSink {
  let pending: Buffer | undefined;
  const begin = (prelude: JsonObject): void => {
    const headers = [...(responseHeaders(prelude) ?? []), ...extra];
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
      headers.push(['Content-Type', 'application/octet-stream']);
    response.writeHead(Number(prelude.statusCode ?? 200), headers.flat());
  };
  const write = (data: Buffer): Promise<void> | void => {
    if (data.length === 0 || response.write(data)) return;
    return new Promise((resolve) => response.once('drain', resolve).once('close', resolve));
  };
  return {
    start(contentType) {
      if (contentType.startsWith(preludeType)) pending = Buffer.alloc(0);
      else begin({ headers: { 'Content-Type': contentType } });
    },
    chunk(data) {
      if (pending === undefined) return write(data);
      pending = Buffer.concat([pending, data]);
      const end = pending.indexOf(separator);
      if (end < 0) return;
      begin(mapOf(JSON.parse(pending.toString('utf8', 0, end))));
      const rest = pending.subarray(end + separator.length);
      pending = undefined;
      return write(rest);
    },
  };
}
