import { HANDLER_DATA } from './data/handler-data.ts';

/** What CloudFormation does with a resource, by first letters: create, read, update, delete, list. */
export type Handler = 'c' | 'r' | 'u' | 'd' | 'l';

/** An IAM action, and the handlers of a type that call it. */
export interface HandlerAction {
  /** `sqs:CreateQueue` */
  readonly action: string;
  readonly handlers: ReadonlySet<Handler>;
}

const decoded = new Map<string, readonly HandlerAction[] | undefined>();

/**
 * What CloudFormation calls for resources of a type, with the credentials of whoever deploys. Only types that are asked for
 * are decoded: the data covers all of them. Source: `handlers` of CloudFormation's resource schemas.
 *
 * @returns `undefined` for types whose schema says nothing
 */
export function handlerActions(type: string): readonly HandlerAction[] | undefined {
  if (!decoded.has(type)) decoded.set(type, decode(type));
  return decoded.get(type);
}

/** All types whose schema says something of it. */
export const handledTypes = (): readonly string[] =>
  [...HANDLER_DATA.matchAll(/^[\w:]+/gm)].map(([type]) => type);

function decode(type: string): readonly HandlerAction[] | undefined {
  const start = HANDLER_DATA.indexOf(`\n${type} `);
  if (start < 0) return undefined;
  const [, ...services] = HANDLER_DATA.slice(start + 1, HANDLER_DATA.indexOf('\n', start + 1)).split(' ');
  return services.flatMap((text) => {
    const [service = '', actions = ''] = text.split(':');
    return actions.split(',').map((each): HandlerAction => {
      const [name = '', letters = ''] = each.split('/');
      return { action: `${service}:${name}`, handlers: new Set(letters as Iterable<Handler>) };
    });
  });
}
