/**
 * The answers that a REST API gives itself, with the type that clients see in `x-amzn-ErrorType`.
 *
 * Source: API Gateway developer guide, "Gateway response types for API Gateway".
 */
const TYPES = {
  ACCESS_DENIED: 'AccessDeniedException',
  API_CONFIGURATION_ERROR: 'InternalServerErrorException',
  AUTHORIZER_CONFIGURATION_ERROR: 'AuthorizerConfigurationException',
  BAD_REQUEST_BODY: 'BadRequestException',
  BAD_REQUEST_PARAMETERS: 'BadRequestException',
  DEFAULT_4XX: 'BadRequestException',
  INTEGRATION_FAILURE: 'InternalServerErrorException',
  INTEGRATION_TIMEOUT: 'InternalServerErrorException',
  INVALID_API_KEY: 'ForbiddenException',
  MISSING_AUTHENTICATION_TOKEN: 'MissingAuthenticationTokenException',
  QUOTA_EXCEEDED: 'LimitExceededException',
  REQUEST_TOO_LARGE: 'RequestTooLargeException',
  THROTTLED: 'TooManyRequestsException',
  UNAUTHORIZED: 'UnauthorizedException',
  UNSUPPORTED_MEDIA_TYPE: 'BadRequestException',
} as const;

/** An answer of the gateway, before the API's own words for it. */
export interface GatewayAnswer {
  readonly type: keyof typeof TYPES;
  readonly status: number;
  readonly message: string | null;
  /** What is wrong with a body. */
  readonly validation?: string;
}

/** As REST APIs answer where they say nothing else. */
export const refusal = (refused: GatewayAnswer, body: unknown = { message: refused.message }) => ({
  status: refused.status,
  headers: [
    ['Content-Type', 'application/json'],
    ['x-amzn-ErrorType', TYPES[refused.type]],
  ] as const,
  body: JSON.stringify(body),
  refused,
});
