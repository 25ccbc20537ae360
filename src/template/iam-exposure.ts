import { own, textOf } from './equivalence.ts';
import { isObject, type Json, type JsonObject } from './types.ts';

/** What anybody on the internet can reach because of a resource's own properties, by its type. */
const EXPOSURES: ReadonlyMap<string, (properties: JsonObject) => readonly string[]> = new Map([
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
    ({ AuthorizationType, RouteKey }) =>
      isNone(AuthorizationType) ? [`route ${textOf(RouteKey)} without authorizer`] : [],
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
export function exposures(type: string, properties: JsonObject): readonly string[] {
  return EXPOSURES.get(type)?.(properties) ?? [];
}

function openUrl({ AuthType }: JsonObject): string[] {
  return AuthType === 'NONE' ? ['function URL without authentication'] : [];
}

/** Public access is blocked by default since April 2023; a bucket has to ask for it. */
function openBucket({
  AccessControl,
  PublicAccessBlockConfiguration: block,
  WebsiteConfiguration,
}: JsonObject): string[] {
  const acl = textOf(AccessControl);
  const off = isObject(block)
    ? Object.keys(block).filter((key) => /^false$/i.test(textOf(own(block, key))))
    : [];
  return [
    ...(acl.startsWith('Public') ? [`bucket with ACL ${acl}`] : []),
    ...(off.length > 0 ? [`bucket that may be made public (${off.sort().join(', ')} off)`] : []),
    ...(WebsiteConfiguration === undefined ? [] : ['bucket served as a website']),
  ];
}

function openPorts(rule: Json): string[] {
  if (!isObject(rule) || (rule.CidrIp !== '0.0.0.0/0' && rule.CidrIpv6 !== '::/0')) return [];
  const [from, to] = [textOf(own(rule, 'FromPort')), textOf(own(rule, 'ToPort'))];
  const all = from === '' || from === '-1';
  return [
    all
      ? 'all ports from anywhere'
      : from === to
        ? `port ${from} from anywhere`
        : `ports ${from} to ${to} from anywhere`,
  ];
}

/** Preflight requests carry no credentials. */
function openMethod({ AuthorizationType, ApiKeyRequired, HttpMethod }: JsonObject): string[] {
  const open = isNone(AuthorizationType) && !isTrue(ApiKeyRequired) && HttpMethod !== 'OPTIONS';
  return open ? [`${textOf(HttpMethod)} method without authorizer`] : [];
}

const isNone = (value: Json | undefined): boolean => value === undefined || value === 'NONE';
const isTrue = (value: Json | undefined): boolean => /^true$/i.test(textOf(value));
const list = (value: Json | undefined): Json[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
