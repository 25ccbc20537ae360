import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { hashedId } from '../../logical-id.ts';
import { refuse } from '../../problems.ts';
import { given, truthy } from '../../python/values.ts';
import { generated, getAtt } from '../../resource.ts';
import type { Generated, SamSource } from '../../types.ts';

/** A custom domain whose records are wanted. */
export interface DomainRecords {
  readonly source: SamSource;
  readonly domain: JsonObject;
  /** Logical ID of the domain, or what else its records are found by. */
  readonly domainId: Json;
  /** Groups that other APIs made. */
  readonly groups: Map<string, Generated>;
  /** Whether the group may have both an ID and a name of its zone. */
  readonly takesBothNames: boolean;
}

/** Records of `Route53`, added to the group of their zone, or in a group of their own. */
export function recordSets(records: DomainRecords): Generated[] {
  const { source, domain, groups } = records;
  const { logicalId, passed } = source;
  const route53 = domain.Route53;
  if (!given(route53)) return [];
  if (!isObject(route53)) return refuse(logicalId, ['Domain', 'Route53'], 'Route53 has to be a map');
  const { HostedZoneId, HostedZoneName, SeparateRecordSetGroup } = route53;
  if (!given(HostedZoneId) && !given(HostedZoneName))
    return refuse(logicalId, ['Domain', 'Route53'], 'Route53 needs HostedZoneId or HostedZoneName');
  const zone = truthy(HostedZoneId) ? HostedZoneId : HostedZoneName;
  const type = 'AWS::Route53::RecordSetGroup';
  if (records.takesBothNames && truthy(SeparateRecordSetGroup)) {
    if (typeof SeparateRecordSetGroup !== 'boolean')
      return refuse(
        logicalId,
        ['Domain', 'Route53', 'SeparateRecordSetGroup'],
        'SeparateRecordSetGroup has to be true or false',
      );
    const own = generated(hashedId('RecordSetGroup', [zone ?? null, domain.DomainName ?? null]), type, {
      attributes: passed,
    });
    if (truthy(HostedZoneId)) own.properties.HostedZoneId = HostedZoneId;
    if (truthy(HostedZoneName)) own.properties.HostedZoneName = HostedZoneName;
    own.properties.RecordSets = recordsOf(records, route53);
    return [own];
  }
  const groupId = hashedId('RecordSetGroup', zone);
  const group =
    groups.get(groupId) ?? generated(groupId, type, { attributes: passed, properties: { RecordSets: [] } });
  if (!groups.has(groupId)) {
    groups.set(groupId, group);
    if (Object.hasOwn(route53, 'HostedZoneId')) group.properties.HostedZoneId = HostedZoneId;
    if (
      Object.hasOwn(route53, 'HostedZoneName') &&
      (records.takesBothNames || !Object.hasOwn(route53, 'HostedZoneId'))
    )
      group.properties.HostedZoneName = HostedZoneName;
  }
  const { RecordSets } = group.properties;
  if (Array.isArray(RecordSets)) RecordSets.push(...recordsOf(records, route53));
  return [group];
}

function recordsOf({ domain, domainId }: DomainRecords, route53: JsonObject): Json[] {
  const types = route53.IpV6 === true ? ['A', 'AAAA'] : ['A'];
  return types.map((type) => ({
    Name: domain.DomainName ?? null,
    Type: type,
    AliasTarget: aliasTarget(domain, domainId, route53),
    ...(given(route53.Region) && { Region: route53.Region }),
    ...(given(route53.SetIdentifier) && { SetIdentifier: route53.SetIdentifier }),
  }));
}

/** The zone of all distributions of CloudFront. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

function aliasTarget({ EndpointConfiguration }: JsonObject, domainId: Json, route53: JsonObject): JsonObject {
  const health: JsonObject = given(route53.EvaluateTargetHealth)
    ? { EvaluateTargetHealth: route53.EvaluateTargetHealth }
    : {};
  if (EndpointConfiguration === 'REGIONAL')
    return {
      ...health,
      HostedZoneId: { 'Fn::GetAtt': [domainId, 'RegionalHostedZoneId'] },
      DNSName: { 'Fn::GetAtt': [domainId, 'RegionalDomainName'] },
    };
  if (EndpointConfiguration === 'EDGE')
    return {
      ...health,
      HostedZoneId: CLOUDFRONT_ZONE,
      DNSName: given(route53.DistributionDomainName)
        ? route53.DistributionDomainName
        : getAtt(String(domainId), 'DistributionDomainName'),
    };
  return {
    ...health,
    HostedZoneId: route53.VpcEndpointHostedZoneId ?? null,
    DNSName: route53.VpcEndpointDomainName ?? null,
  };
}
