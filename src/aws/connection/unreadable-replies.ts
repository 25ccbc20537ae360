/**
 * Middleware that lets the SDK try again when a reply was successful but cannot be read, as when a connection breaks
 * in the middle of it; the SDK takes that for a fault of its own. Trying again is safe: every call that is not
 * idempotent carries a client token, or recognises its own work.
 */
export const retryUnreadable =
  <Request, Reply>(next: (request: Request) => Promise<Reply>) =>
  async (request: Request): Promise<Reply> => {
    try {
      return await next(request);
    } catch (error) {
      if (isUnreadable(error)) Object.assign(error, { $retryable: { throttling: false } });
      throw error;
    }
  };

/** Around the deserializer, within the retries. */
export const WITHIN_RETRIES = {
  step: 'finalizeRequest',
  priority: 'low',
  name: 'retryUnreadable',
} as const;

/** Services put a fault into what they throw; an error of the parser has only the status of the reply. */
function isUnreadable(error: unknown): error is Error {
  if (!(error instanceof Error) || '$fault' in error) return false;
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status < 300;
}
