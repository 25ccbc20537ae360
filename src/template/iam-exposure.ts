import { own, textOf } from './equivalence.ts';
import { isObject, isYes, type Json, type JsonObject, type Template } from './types.ts';

/** What anybody on the internet can reach because of a resource's own properties, by its type. */
const EXPOSURES: ReadonlyMap<string, (properties: JsonObject, template: Template) => readonly string[]> =
  new Map<string, (properties: JsonObject, template: Template) => readonly string[]>([
    ['AWS::Lambda::Url', openUrl],
    [
      'AWS::Serverless::Function',
      ({ FunctionUrlConfig }) => (isObject(FunctionUrlConfig) ? openUrl(FunctionUrlConfig) : []),
    ],
    ['AWS::S3::Bucket', openBucket],
    ['AWS::EC2::SecurityGroup', ({ SecurityGroupIngress }) => list(SecurityGroupIngress).flatMap(openPorts)],
    ['AWS::EC2::SecurityGroupIngress', openPorts],
    [
      'AWS::ApiGatewayV2::Route',
      ({ AuthorizationType, RouteKey, ApiId }, template) =>
        isNone(AuthorizationType) && !isOfConnection(textOf(RouteKey), ApiId, template)
          ? [`route ${textOf(RouteKey)} without authorizer`]
          : [],
    ],
    ['AWS::ApiGateway::Method', openMethod],
    [
      'AWS::RDS::DBInstance',
      ({ PubliclyAccessible }) => (isTrue(PubliclyAccessible) ? ['database with a public address'] : []),
    ],
    [
      'AWS::Redshift::Cluster',
      ({ PubliclyAccessible }) => (isTrue(PubliclyAccessible) ? ['cluster with a public address'] : []),
    ],
  ]);

/** What a resource lets anybody do, in words; each becomes a permission of its own. */
export function exposures(type: string, properties: JsonObject, template: Template): readonly string[] {
  return EXPOSURES.get(type)?.(properties, template) ?? [];
}

function openUrl({ AuthType }: JsonObject): string[] {
  return textOf(AuthType) === 'NONE' ? ['function URL without authentication'] : [];
}

/** Public access is blocked by default since April 2023; a bucket has to ask for it. */
function openBucket({
  AccessControl,
  PublicAccessBlockConfiguration: block,
  WebsiteConfiguration,
}: JsonObject): string[] {
  const acl = textOf(AccessControl);
  const off = isObject(block)
    ? Object.keys(block).filter((key) => /^(false|no|off|n)$/i.test(textOf(own(block, key))))
    : [];
  return [
    ...(acl.startsWith('Public') ? [`bucket with ACL ${acl}`] : []),
    ...(off.length > 0 ? [`bucket that may be made public (${off.sort().join(', ')} off)`] : []),
    ...(WebsiteConfiguration === undefined ? [] : ['bucket served as a website']),
  ];
}

function openPorts(rule: Json): string[] {
  if (!isObject(rule) || !(isAnywhere(rule.CidrIp) || isAnywhere(rule.CidrIpv6))) return [];
  const [from, to] = [textOf(own(rule, 'FromPort')), textOf(own(rule, 'ToPort'))];
  const all = from === '' || from === '-1' || textOf(own(rule, 'IpProtocol')) === '-1';
  return [
    all
      ? 'all ports from anywhere'
      : from === to
        ? `port ${from} from anywhere`
        : `ports ${from} to ${to} from anywhere`,
  ];
}

/** A WebSocket API asks who it is for at `$connect` only; what comes later comes over that connection. */
function isOfConnection(routeKey: string, apiId: Json | undefined, template: Template): boolean {
  if (routeKey === '$connect' || /^[A-Z]+ \//.test(routeKey)) return false;
  const named = isObject(apiId) ? own(apiId, 'Ref') : undefined;
  const api = typeof named === 'string' ? own(template.Resources, named) : undefined;
  const protocol = isObject(api) && isObject(api.Properties) ? textOf(api.Properties.ProtocolType) : '';
  return routeKey === '$default' ? protocol === 'WEBSOCKET' : protocol !== 'HTTP';
}

/** Every address, of either protocol. */
const isAnywhere = (range: Json | undefined): boolean => /^(0\.0\.0\.0|[0:]*::[0:]*)\/0$/.test(textOf(range));

/** Preflight requests carry no credentials. */
function openMethod({ AuthorizationType, ApiKeyRequired, HttpMethod }: JsonObject): string[] {
  const open = isNone(AuthorizationType) && !isTrue(ApiKeyRequired) && textOf(HttpMethod) !== 'OPTIONS';
  return open ? [`${textOf(HttpMethod)} method without authorizer`] : [];
}

const isNone = (value: Json | undefined): boolean => value === undefined || textOf(value) === 'NONE';
const isTrue = (value: Json | undefined): boolean => isYes(textOf(value));
const list = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
