import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { hashedId } from '../../logical-id.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, ref } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';
import { mutualTls } from './mutual-tls.ts';
import { recordSets } from './record-sets.ts';

/** The domain of an HTTP or WebSocket API, its mappings and its records. */
export function v2Domain(
  source: SamSource,
  { tags, groups }: { readonly tags: JsonObject | undefined; readonly groups: Map<string, Generated> },
): Generated[] {
  const { logicalId, properties, passed } = source;
  const domain = properties.Domain;
  if (!given(domain)) return [];
  if (!isObject(domain)) return refuse(logicalId, ['Domain'], 'Domain has to be a map');
  const { DomainName, CertificateArn } = domain;
  for (const name of ['DomainName', 'CertificateArn'])
    if (!given(domain[name])) refuse(logicalId, ['Domain'], `Domain needs ${name}`);
  const endpoint = given(domain.EndpointConfiguration) ? domain.EndpointConfiguration : 'REGIONAL';
  if (endpoint !== 'REGIONAL')
    refuse(
      logicalId,
      ['Domain', 'EndpointConfiguration'],
      'EndpointConfiguration of a domain of this kind has to be REGIONAL',
    );
  const domainId = hashedId('ApiGatewayDomainNameV2', DomainName);
  const configuration: JsonObject = { CertificateArn: CertificateArn ?? null, EndpointType: endpoint };
  for (const name of ['OwnershipVerificationCertificateArn', 'SecurityPolicy'])
    if (truthy(domain[name])) configuration[name] = domain[name];
  const made = generated(domainId, 'AWS::ApiGatewayV2::DomainName', {
    attributes: passed,
    properties: {
      DomainName,
      DomainNameConfigurations: [configuration],
      MutualTlsAuthentication: mutualTls(logicalId, domain),
      Tags: tags,
    },
  });
  return [
    made,
    ...mappings(source, domain.BasePath, domainId),
    ...recordSets({
      source,
      domain: { ...domain, EndpointConfiguration: endpoint },
      domainId,
      groups,
      takesBothNames: false,
    }),
  ];
}

function mappings(
  { logicalId, passed }: SamSource,
  basePath: Json | undefined,
  domainId: string,
): Generated[] {
  const mapping = (prefix: string, key?: string): Generated =>
    generated(`${prefix}ApiMapping`, 'AWS::ApiGatewayV2::ApiMapping', {
      attributes: passed,
      properties: {
        ApiId: ref(logicalId),
        ApiMappingKey: key,
        DomainName: ref(domainId),
        Stage: ref(`${logicalId}.Stage`),
      },
    });
  const paths =
    truthy(basePath) && (typeof basePath === 'string' || Array.isArray(basePath)) ? [basePath].flat() : [];
  if (paths.length === 0) return [mapping(logicalId)];
  return paths.map((path, index) => {
    const at = ['Domain', 'BasePath', index];
    if (typeof path !== 'string') return refuse(logicalId, at, 'BasePath has to be a list of texts');
    if (/[^0-9a-zA-Z/\-_]/.test(path))
      return refuse(
        logicalId,
        at,
        `the base path ${path} may have letters, digits, slashes, hyphens and underscores only`,
      );
    return mapping(logicalId + path.replace(/[-_/]+/g, ''), path.replace(/^\/+|\/+$/g, ''));
  });
}
