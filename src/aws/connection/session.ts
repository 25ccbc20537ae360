import { codeOf, credentialsExpired, statusOf } from './errors.ts';

/** Credentials of a role, and as whom: AWS tells both at once. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly arn?: string | undefined;
}

/** Where credentials come from that do not last. */
export interface SessionSource {
  readonly make: () => Promise<Session>;
  /** Whether there is something to make them with; nothing is sent to AWS. */
  readonly isAvailable: () => Promise<boolean>;
}

/** The credentials of one role for all of its clients: made once, and again before they expire. */
export interface Sessions {
  /** As the SDK calls it. */
  (): Promise<Session>;
  /** Keeps the SDK from remembering what we may have to forget. */
  readonly memoized: true;
  /** The next call makes new ones, unless somebody has done so already. */
  readonly forget: (used: Session) => void;
  readonly isAvailable: SessionSource['isAvailable'];
}

/** Milliseconds before their end at which credentials are renewed; of short ones a quarter of their time. */
const EXPIRY_WINDOW = 5 * 60_000;

/** Makes credentials when they are first asked for, and again as long as that is possible. */
export function renewed({ make, isAvailable }: SessionSource): Sessions {
  let current: Promise<Session> | undefined;
  let latest: Session | undefined;
  let since = 0;
  const begin = (): Promise<Session> => {
    since = Date.now();
    latest = undefined;
    current = make().then((session) => {
      latest = session;
      return session;
    });
    return current;
  };
  const lasts = ({ expiration }: Session): boolean => {
    if (!expiration) return true;
    const end = expiration.getTime();
    return end - Date.now() > Math.min(EXPIRY_WINDOW, (end - since) / 4);
  };
  const sessions = async (): Promise<Session> => {
    const asked = current;
    if (!asked) return begin();
    const isGood = await asked.then(lasts, () => false);
    // Whoever else found it too old meanwhile has asked already.
    return isGood || current !== asked ? (current ?? begin()) : begin();
  };
  return Object.assign(sessions, {
    memoized: true as const,
    forget: (used: Session) => {
      if (latest === used) current = undefined;
    },
    isAvailable,
  });
}

/** A request may begin with credentials that others are just about to find expired. */
const RENEWALS = 3;

/** Does something again with new credentials when AWS says that those it was done with have expired. */
export async function withRenewal<T>(sessions: Sessions | undefined, work: () => Promise<T>): Promise<T> {
  if (!sessions) return work();
  for (let left = RENEWALS; ; left--) {
    const used = await sessions();
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !mayHaveExpired(error)) throw error;
      sessions.forget(used);
    }
  }
}

/** Middleware that does so, around everything that the SDK does for a call: it takes its credentials once. */
export const renewExpired =
  (sessions: Sessions) =>
  <Request, Reply>(next: (request: Request) => Promise<Reply>) =>
  (request: Request): Promise<Reply> =>
    withRenewal(sessions, () => next(request));

export const AROUND_ALL = { step: 'initialize', priority: 'high', name: 'renewExpired' } as const;

/** S3 gives no reason for a HEAD request. */
const mayHaveExpired = (error: unknown): boolean =>
  credentialsExpired(error) ||
  (statusOf(error) === 400 && /^(Unknown|UnknownError|400|BadRequest)$/.test(codeOf(error)));
