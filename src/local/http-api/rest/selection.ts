import type { Json } from '../../../template/types.ts';
import { text } from '../../functions/resolve.ts';
import type { MappedIntegration } from './types.ts';

const PASSTHROUGH: readonly MappedIntegration['passthrough'][] = [
  'WHEN_NO_MATCH',
  'WHEN_NO_TEMPLATES',
  'NEVER',
];

/** What an integration says that becomes of bodies that no template is for. */
export function passthroughOf(value: Json | undefined): MappedIntegration['passthrough'] {
  const given = text(value ?? '').toUpperCase();
  return PASSTHROUGH.find((each) => each === given) ?? 'WHEN_NO_MATCH';
}

/** What `IntegrationResponses` of mocks are chosen by: the status that the request template gives. */
export const mockStatus = (body: string): string | undefined =>
  /["']?statusCode["']?\s*:\s*["']?(\d{3})\b/.exec(body)?.[1];

/** The same of functions: the message of an error. */
export function errorMessageIn(body: string): string | undefined {
  const message = isJson(body) ? JSON.parse(body)?.errorMessage : undefined;
  return typeof message === 'string' ? message : undefined;
}

/** Whether what no template is for goes on as it is. */
export const passesThrough = ({
  passthrough,
  templates,
}: Pick<MappedIntegration, 'passthrough' | 'templates'>): boolean =>
  passthrough === 'WHEN_NO_MATCH' ||
  (passthrough === 'WHEN_NO_TEMPLATES' && Object.keys(templates).length === 0);

/** Functions take nothing else. */
export function isJson(body: string): boolean {
  try {
    JSON.parse(body);
    return true;
  } catch {
    return false;
  }
}
