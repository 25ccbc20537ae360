import type { CallName, Protocol } from './aws-calls.ts';

/** What can go wrong between a program and AWS. */
export type Fault =
  | 'throttling'
  | 'internal-error'
  | 'unavailable'
  | 'clock-skew'
  | 'expired-credentials'
  | 'reset'
  | 'hang'
  | 'truncated'
  | 'slow';

/** A reply instead of AWS's own. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const SKEWED = 'Signature expired: 20300101T000000Z is now earlier than 20300101T000500Z';
const EXPIRED = 'The security token included in the request is expired';

/** The faults that AWS itself reports, in the words of each kind of service. */
const ERRORS: Readonly<Record<string, Readonly<Record<Protocol, ServiceError>>>> = {
  throttling: {
    query: { status: 400, code: 'Throttling', message: 'Rate exceeded' },
    json: { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' },
    'rest-json': { status: 429, code: 'TooManyRequestsException', message: 'Rate exceeded' },
    s3: { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' },
  },
  'internal-error': {
    query: { status: 500, code: 'InternalFailure', message: 'An internal error occurred' },
    json: { status: 500, code: 'InternalServerError', message: 'An internal error occurred' },
    'rest-json': { status: 500, code: 'ServiceException', message: 'An internal error occurred' },
    s3: { status: 500, code: 'InternalError', message: 'We encountered an internal error.' },
  },
  unavailable: {
    query: { status: 503, code: 'ServiceUnavailable', message: 'Service is unavailable' },
    json: { status: 503, code: 'ServiceUnavailableException', message: 'Service is unavailable' },
    'rest-json': { status: 503, code: 'ServiceUnavailableException', message: 'Service is unavailable' },
    s3: { status: 503, code: 'ServiceUnavailable', message: 'Service is unable to handle request.' },
  },
  'clock-skew': {
    query: { status: 403, code: 'SignatureDoesNotMatch', message: SKEWED },
    json: { status: 400, code: 'InvalidSignatureException', message: SKEWED },
    'rest-json': { status: 403, code: 'InvalidSignatureException', message: SKEWED },
    s3: {
      status: 403,
      code: 'RequestTimeTooSkewed',
      message: 'The difference between the request time and the current time is too large.',
    },
  },
  'expired-credentials': {
    query: { status: 403, code: 'ExpiredToken', message: EXPIRED },
    json: { status: 400, code: 'ExpiredTokenException', message: EXPIRED },
    'rest-json': { status: 403, code: 'ExpiredTokenException', message: EXPIRED },
    s3: { status: 400, code: 'ExpiredToken', message: 'The provided token has expired.' },
  },
};

/** The reply with which a service reports a fault; `undefined` for those of the connection. */
export function errorReply(fault: Fault, { protocol }: CallName): Reply | undefined {
  const error = ERRORS[fault]?.[protocol];
  return error && WRITE[protocol](error);
}

const WRITE: Readonly<Record<Protocol, (error: ServiceError) => Reply>> = {
  query: ({ status, code, message }) => ({
    status,
    headers: { 'content-type': 'text/xml' },
    body:
      `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${code}</Code>` +
      `<Message>${message}</Message></Error><RequestId>fault</RequestId></ErrorResponse>`,
  }),
  json: ({ status, code, message }) => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ __type: code, message }),
  }),
  'rest-json': ({ status, code, message }) => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ message }),
  }),
  s3: ({ status, code, message }) => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>fault</RequestId></Error>`,
  }),
};
