import { ANY_METHOD, DEFAULT_PATH, Definition } from '../document/definition.ts';
import { bytes, listed, PyMap } from '../document/python-map.ts';

/** A kind of API that functions can have events of without naming one. */
export interface ImplicitKind {
  /** The logical ID of the API that such events share. */
  readonly apiId: string;
  readonly condition: string;
  readonly eventType: string;
  /** The property of an event that names its API. */
  readonly apiProperty: string;
  readonly type: string;
  /** Properties that the API begins with. */
  readonly properties: Readonly<Record<string, string>>;
  /** A definition without paths. */
  skeleton(apiId: string): Definition;
}

function skeleton(apiId: string, version: readonly [string, string], isHashed: boolean): Definition {
  const clock = isHashed ? { ticks: 0 } : undefined;
  const root = new PyMap(clock);
  const info = new PyMap(clock);
  root.set(bytes(version[0]), bytes(version[1]));
  root.set(bytes('info'), info);
  info.set(bytes('version'), bytes('1.0'));
  info.set(bytes('title'), listed({ Ref: bytes('AWS::StackName') }));
  root.set(bytes('paths'), new PyMap(clock));
  return new Definition(apiId, root, clock);
}

export const REST: ImplicitKind = {
  apiId: 'ServerlessRestApi',
  condition: 'ServerlessRestApiCondition',
  eventType: 'Api',
  apiProperty: 'RestApiId',
  type: 'AWS::Serverless::Api',
  properties: { StageName: 'Prod' },
  skeleton: (apiId) => skeleton(apiId, ['swagger', '2.0'], true),
};

export const HTTP: ImplicitKind = {
  apiId: 'ServerlessHttpApi',
  condition: 'ServerlessHttpApiCondition',
  eventType: 'HttpApi',
  apiProperty: 'ApiId',
  type: 'AWS::Serverless::HttpApi',
  properties: {},
  skeleton: (apiId) => skeleton(apiId, ['openapi', '3.0.1'], false),
};

/** The route of an event of an HTTP API that names none. */
export const ANY_ROUTE = { path: DEFAULT_PATH, method: ANY_METHOD };
