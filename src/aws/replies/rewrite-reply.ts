/** What the middleware sees of a reply. */
interface Answered {
  readonly response: unknown;
}

/**
 * Middleware that lets a successful reply be shortened before the SDK reads it: of a long list, hardly anything is needed,
 * and the SDK takes most of the time of a large preview to read the rest.
 *
 * @param shorten gets the body, and returns what the SDK shall read instead; a body that it cannot read as it is, so that the
 *   SDK tells what is wrong with it
 */
export const rewriteReply =
  (shorten: (body: string) => string) =>
  <Args, Reply extends Answered>(next: (args: Args) => Promise<Reply>) =>
  async (args: Args): Promise<Reply> => {
    const reply = await next(args);
    const { response } = reply;
    if (!isSuccess(response) || !isStream(response.body)) return reply;
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    response.body = Buffer.from(shorten(Buffer.concat(chunks).toString()));
    return reply;
  };

/** Next to the wire: the deserializer gets what is left. */
export const WITHIN_DESERIALIZER = { step: 'deserialize', priority: 'low', name: 'rewriteReply' } as const;

interface Successful {
  readonly statusCode: 200;
  body: unknown;
}

const isSuccess = (response: unknown): response is Successful =>
  typeof response === 'object' &&
  response !== null &&
  'statusCode' in response &&
  response.statusCode === 200;

const isStream = (body: unknown): body is AsyncIterable<Uint8Array> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
