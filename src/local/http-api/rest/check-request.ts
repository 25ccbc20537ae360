import { own } from '../../../template/types.ts';
import { type ApiRequest, decodedParameters, headerOf } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { refusal } from './refusal.ts';

/**
 * Checks a request as the validator of its method says: parameters that must be there, and its body by a model.
 *
 * Source: API Gateway developer guide, "Request validation for REST APIs".
 *
 * @returns what a bad request is answered
 */
export async function checkRequest(request: ApiRequest): Promise<ApiResponse | undefined> {
  const { checks } = request.route;
  if (!checks) return undefined;
  const missing = checks.parameters.filter((each) => !parameterOf(each, request));
  if (missing.length > 0) {
    // Headers come first, then the path and the query. Seen at AWS by LocalStack.
    const names = missing.toSorted().map((each) => each.slice(each.indexOf('.') + 1));
    return refusal({
      type: 'BAD_REQUEST_PARAMETERS',
      status: 400,
      message: `Missing required request parameters: [${names.join(', ')}]`,
    });
  }
  const { models } = checks;
  const schema = models && (own(models, mediaTypeOf(request)) ?? models.$default);
  if (!schema) return undefined;
  const { bodyProblems } = await import('./schema.ts');
  const problems = bodyProblems(schema, request.body.toString(), request.route.api.rest?.models ?? {});
  if (problems.length === 0) return undefined;
  return refusal({
    type: 'BAD_REQUEST_BODY',
    status: 400,
    message: 'Invalid request body',
    validation: `[${problems.join(', ')}]`,
  });
}

/** What a request says that its body is; JSON, where it says nothing. */
export const mediaTypeOf = (request: ApiRequest): string =>
  (headerOf(request, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';

/** Parameters must not be blank, either. */
function parameterOf(parameter: string, request: ApiRequest): string | undefined {
  const dot = parameter.indexOf('.');
  const name = parameter.slice(dot + 1);
  switch (parameter.slice(0, dot)) {
    case 'header':
      return headerOf(request, name)?.trim();
    case 'querystring':
      return new URLSearchParams(request.query).get(name)?.trim();
    default:
      return decodedParameters(request)[name]?.trim();
  }
}
