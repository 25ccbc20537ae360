import { isObject } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import type { ApiRequest } from '../request.ts';
import type { ApiResponse } from '../response.ts';
import { sourceValue } from '../sources.ts';
import type { GatewayAnswer } from './refusal.ts';
import type { GatewayResponsePlan } from './types.ts';

/**
 * The words that an API has for an answer of the gateway: those for its type, or for all of 4XX or 5XX. Templates have
 * variables only, and no directives.
 */
export function inOwnWords(answer: ApiResponse, request: ApiRequest): ApiResponse {
  const { refused } = answer;
  const plans = request.route.api.rest?.gatewayResponses ?? {};
  if (!refused) return answer;
  const plan = plans[refused.type] ?? plans[refused.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'];
  if (!plan) return answer;
  const written = templateFor(plan, request);
  const headers = Object.entries(plan.headers).flatMap(([name, source]) => {
    const value = sourceValue(source, request);
    return value === undefined ? [] : [[name, value] as const];
  });
  const own = new Set(headers.map(([name]) => name.toLowerCase()));
  const type = [['Content-Type', written?.type ?? 'application/json'] as const];
  const rest = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return {
    status: plan.status ?? answer.status,
    headers: [...[...type, ...rest].filter(([name]) => !own.has(name.toLowerCase())), ...headers],
    body: written ? filled(written.template, refused, request) : answer.body,
  };
}

function templateFor(
  { templates }: GatewayResponsePlan,
  request: ApiRequest,
): { readonly type: string; readonly template: string } | undefined {
  const accepted = request.headers.find(([name]) => name.toLowerCase() === 'accept')?.[1].split(/[,;]/)[0];
  const types = [accepted ?? '', 'application/json', Object.keys(templates)[0] ?? ''];
  const type = types.find((each) => Object.hasOwn(templates, each));
  return type === undefined ? undefined : { type, template: templates[type] ?? '' };
}

/** `$context.error.message`, with braces or without; what is not known is an empty text. */
function filled(template: string, refused: GatewayAnswer, request: ApiRequest): string {
  const { message, type, validation = '' } = refused;
  const error: Readonly<Record<string, string>> = {
    message: message ?? '',
    messageString: JSON.stringify(message),
    responseType: type,
    validationErrorString: validation,
  };
  return template.replace(
    /\$(?:\{([\w.-]+)\}|((?:context|stageVariables|method)\.[\w.-]*\w))/g,
    (_, braced?: string, bare?: string) => {
      const name = braced ?? bare ?? '';
      const [, key] = /^context\.error\.(\w+)$/.exec(name) ?? [];
      return key === undefined ? (sourceValue(name, request) ?? '') : (error[key] ?? '');
    },
  );
}

/** Source: OpenAPI extension `x-amazon-apigateway-gateway-responses`, and the resource `AWS::ApiGateway::GatewayResponse`. */
export function gatewayResponsePlan(given: {
  readonly status: unknown;
  readonly parameters: unknown;
  readonly templates: unknown;
}): GatewayResponsePlan {
  const { status, parameters, templates } = given;
  const headers = Object.entries(isObject(parameters) ? parameters : {}).flatMap(([name, value]) => {
    const [, header] = /^gatewayresponse\.header\.(.+)$/i.exec(name) ?? [];
    return header === undefined ? [] : [[header, text(value)] as const];
  });
  return {
    ...(status !== undefined && { status: Number(status) }),
    headers: Object.fromEntries(headers),
    templates: Object.fromEntries(
      Object.entries(isObject(templates) ? templates : {}).map(([type, template]) => [type, text(template)]),
    ),
  };
}
