import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import type { Build } from '../../context.ts';
import { hashedId } from '../../logical-id.ts';
import { refuse } from '../../problems.ts';
import { keepOrder, tableOf } from '../../python/key-order.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, getAtt, ref } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';
import { toPython } from '../document/convert.ts';
import type { PyMap } from '../document/python-map.ts';
import { stateOf } from '../state.ts';
import { mutualTls } from './mutual-tls.ts';
import { recordSets } from './record-sets.ts';

const ENDPOINTS = ['EDGE', 'REGIONAL', 'PRIVATE'];

/** What a custom domain of a REST API becomes. */
export interface RestDomain {
  readonly resources: readonly Generated[];
  /** What comes last among all resources of the API. */
  readonly last: readonly Generated[];
  /** The domain as the hash of a deployment has it. */
  readonly hashed: PyMap | undefined;
}

/** The domain of an API, its mappings and its records. */
export function restDomain(source: SamSource, build: Build): RestDomain {
  const { logicalId, properties, passed } = source;
  const domain = properties.Domain;
  if (!given(domain)) return { resources: [], last: [], hashed: undefined };
  if (!isObject(domain)) return refuse(logicalId, ['Domain'], 'Domain has to be a map');
  const { DomainName, CertificateArn } = domain;
  for (const name of ['DomainName', 'CertificateArn'])
    if (!given(domain[name])) refuse(logicalId, ['Domain'], `Domain needs ${name}`);
  const isPrivate = domain.EndpointConfiguration === 'PRIVATE';
  const domainId = hashedId(isPrivate ? 'ApiGatewayDomainNameV2' : 'ApiGatewayDomainName', DomainName);
  const endpoint = given(domain.EndpointConfiguration) ? domain.EndpointConfiguration : 'REGIONAL';
  if (typeof endpoint !== 'string' || !ENDPOINTS.includes(endpoint))
    return refuse(
      logicalId,
      ['Domain', 'EndpointConfiguration'],
      `EndpointConfiguration of a domain has to be one of ${ENDPOINTS.join(', ')}`,
    );
  noteDistribution(domain, domainId);
  const hashed = toPython(domain, { ticks: 0 }) as PyMap;
  if (!isPrivate) {
    hashed.set('ApiDomainName', domainId);
    if (!given(domain.EndpointConfiguration)) hashed.set('EndpointConfiguration', endpoint);
  }
  const made = generated(
    domainId,
    isPrivate ? 'AWS::ApiGateway::DomainNameV2' : 'AWS::ApiGateway::DomainName',
    {
      attributes: passed,
      properties: {
        DomainName,
        [endpoint === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn']: CertificateArn,
        EndpointConfiguration: {
          Types: [endpoint],
          ...(truthy(domain.IpAddressType) && { IpAddressType: domain.IpAddressType }),
        },
        ...(!isPrivate && { MutualTlsAuthentication: mutualTls(logicalId, domain) }),
        ...optional(logicalId, domain, isPrivate),
      },
    },
  );
  const records = recordSets({
    source,
    domain: { ...domain, EndpointConfiguration: endpoint },
    domainId: isPrivate ? (DomainName ?? null) : domainId,
    groups: stateOf(build).recordSets,
    takesBothNames: true,
  });
  return {
    resources: [made, ...mappings(source, domain, { domainId, isPrivate }), ...records],
    last: isPrivate ? accessAssociation(source, domain, domainId) : [],
    hashed,
  };
}

function optional(logicalId: string, domain: JsonObject, isPrivate: boolean): JsonObject {
  const [own, other] = ['Policy', 'OwnershipVerificationCertificateArn'];
  const [allowed, refused] = isPrivate ? [own, other] : [other, own];
  if (refused && truthy(domain[refused]))
    refuse(
      logicalId,
      ['Domain', refused],
      `${refused} is for ${isPrivate ? 'public' : 'private'} domains; this one is ${isPrivate ? 'private' : 'public'}`,
    );
  const names = ['SecurityPolicy', 'EndpointAccessMode', allowed ?? ''];
  return Object.fromEntries(
    names.flatMap((name) => (truthy(domain[name]) ? [[name, domain[name] ?? null]] : [])),
  );
}

/**
 * The reference writes the name of a distribution into what the author wrote, where other APIs with the same `Globals`
 * find it.
 */
function noteDistribution({ Route53, EndpointConfiguration }: JsonObject, domainId: string): void {
  if (EndpointConfiguration !== 'EDGE' || !isObject(Route53) || given(Route53.DistributionDomainName)) return;
  const order = tableOf(Route53);
  order.add('DistributionDomainName');
  keepOrder(Route53, order);
  Route53.DistributionDomainName = getAtt(domainId, 'DistributionDomainName');
}

function mappings(
  { logicalId, passed }: SamSource,
  domain: JsonObject,
  { domainId, isPrivate }: { readonly domainId: string; readonly isPrivate: boolean },
): Generated[] {
  const { BasePath, NormalizeBasePath } = domain;
  const mapping = (prefix: string, basePath?: Json): Generated =>
    generated(
      `${prefix}BasePathMapping`,
      isPrivate ? 'AWS::ApiGateway::BasePathMappingV2' : 'AWS::ApiGateway::BasePathMapping',
      {
        attributes: passed,
        properties: {
          [isPrivate ? 'DomainNameArn' : 'DomainName']: ref(domainId),
          RestApiId: ref(logicalId),
          Stage: ref(`${logicalId}.Stage`),
          BasePath: basePath,
        },
      },
    );
  const paths =
    truthy(BasePath) && (typeof BasePath === 'string' || Array.isArray(BasePath)) ? [BasePath].flat() : [];
  if (paths.length === 0) return [mapping(logicalId)];
  return paths.map((path, index) => {
    if (typeof path !== 'string')
      return refuse(logicalId, ['Domain', 'BasePath', index], 'BasePath has to be a list of texts');
    // A base path has no slash at its ends.
    const plain = path.replace(/[^\p{L}\p{N}]/gu, '');
    const isNormalized = Object.hasOwn(domain, 'NormalizeBasePath') ? truthy(NormalizeBasePath) : true;
    return mapping(logicalId + plain, isNormalized ? plain : path);
  });
}

function accessAssociation(
  { logicalId, passed }: SamSource,
  domain: JsonObject,
  domainId: string,
): Generated[] {
  const association = domain.AccessAssociation;
  if (!given(association)) return [];
  if (!isObject(association))
    return refuse(logicalId, ['Domain', 'AccessAssociation'], 'AccessAssociation has to be a map');
  const endpoint = association.VpcEndpointId ?? null;
  return [
    generated(
      hashedId('DomainNameAccessAssociation', [endpoint, domainId]),
      'AWS::ApiGateway::DomainNameAccessAssociation',
      {
        attributes: passed,
        properties: {
          AccessAssociationSource: endpoint,
          AccessAssociationSourceType: 'VPCE',
          DomainNameArn: ref(domainId),
        },
      },
    ),
  ];
}
