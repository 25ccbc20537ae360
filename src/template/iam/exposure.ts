import { isObject, isYes, type Json, type JsonObject, own, type Template } from '../types.ts';
import { branches, itemsOf } from '../values/branches.ts';
import { textOf } from '../values/equivalence.ts';

/**
 * @param template what the resource refers to
 * @param text how values are shown
 */
type Exposure = (properties: JsonObject, template: Template, text: typeof textOf) => readonly string[];

function openUrl({ AuthType }: JsonObject): string[] {
  return mayBe(AuthType, 'NONE') ? ['function URL without authentication'] : [];
}

/** Public access is blocked by default since April 2023; a bucket has to ask for it. */
const openBucket: Exposure = (
  { AccessControl, PublicAccessBlockConfiguration: block, WebsiteConfiguration },
  _,
  text,
) => {
  const off = isObject(block)
    ? Object.keys(block).filter((key) => /^(false|no|off|n)$/i.test(textOf(own(block, key))))
    : [];
  return [
    ...(textOf(AccessControl).startsWith('Public') ? [`bucket with ACL ${text(AccessControl)}`] : []),
    ...(off.length > 0 ? [`bucket that may be made public (${off.sort().join(', ')} off)`] : []),
    ...(WebsiteConfiguration === undefined ? [] : ['bucket served as a website']),
  ];
};

function openPorts(rule: Json, text: typeof textOf): string[] {
  if (!isObject(rule) || !(isAnywhere(rule.CidrIp) || isAnywhere(rule.CidrIpv6))) return [];
  const [from, to] = [textOf(own(rule, 'FromPort')), textOf(own(rule, 'ToPort'))];
  const all = from === '' || from === '-1' || textOf(own(rule, 'IpProtocol')) === '-1';
  const [first, last] = [text(own(rule, 'FromPort')), text(own(rule, 'ToPort'))];
  if (all) return ['all ports from anywhere'];
  return [from === to ? `port ${first} from anywhere` : `ports ${first} to ${last} from anywhere`];
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
const isAnywhere = (range: Json | undefined): boolean =>
  range !== undefined && branches(range).some((each) => /^(0\.0\.0\.0|[0:]*::[0:]*)\/0$/.test(textOf(each)));

/** Preflight requests carry no credentials. */
const openMethod: Exposure = ({ AuthorizationType, ApiKeyRequired, HttpMethod }, _, text) => {
  const open = isNone(AuthorizationType) && !isTrue(ApiKeyRequired) && textOf(HttpMethod) !== 'OPTIONS';
  return open ? [`${text(HttpMethod)} method without authorizer`] : [];
};

const isNone = (value: Json | undefined): boolean => value === undefined || mayBe(value, 'NONE');
/** Whether it is the text, in any branch. */
const mayBe = (value: Json | undefined, text: string): boolean =>
  value !== undefined && branches(value).some((each) => textOf(each) === text);
const isTrue = (value: Json | undefined): boolean =>
  value !== undefined && branches(value).some((each) => isYes(textOf(each)));
/** What anybody on the internet can reach because of a resource's own properties, by its type. */
const EXPOSURES: ReadonlyMap<string, Exposure> = new Map<string, Exposure>([
  ['AWS::Lambda::Url', openUrl],
  [
    'AWS::Serverless::Function',
    ({ FunctionUrlConfig }) => (isObject(FunctionUrlConfig) ? openUrl(FunctionUrlConfig) : []),
  ],
  ['AWS::S3::Bucket', openBucket],
  [
    'AWS::EC2::SecurityGroup',
    ({ SecurityGroupIngress }, _, text) =>
      itemsOf(SecurityGroupIngress).flatMap((rule) => openPorts(rule, text)),
  ],
  ['AWS::EC2::SecurityGroupIngress', (rule, _, text) => openPorts(rule, text)],
  [
    'AWS::ApiGatewayV2::Route',
    ({ AuthorizationType, RouteKey, ApiId }, template, text) =>
      isNone(AuthorizationType) && !isOfConnection(textOf(RouteKey), ApiId, template)
        ? [`route ${text(RouteKey)} without authorizer`]
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

/** What a resource lets anybody do, in words; each becomes a permission of its own. See {@link Exposure}. */
export function exposures(type: string, ...about: Parameters<Exposure>): readonly string[] {
  return EXPOSURES.get(type)?.(...about) ?? [];
}
