import type { ApiDomain } from '../../api-types.ts';
import { addResource } from '../draft.ts';
import { getAtt, ref } from '../resources.ts';
import type { ApiContext } from './context.ts';

/** A domain name for an HTTP or WebSocket API. */
export function addDomain(context: ApiContext, domain: ApiDomain | undefined, stage: string): void {
  if (!domain) return;
  const { draft, id } = context;
  const name = addResource(draft, `${id}Domain`, {
    Type: 'AWS::ApiGatewayV2::DomainName',
    Properties: {
      DomainName: domain.name,
      DomainNameConfigurations: [
        { CertificateArn: domain.certificate, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
      ],
    },
  });
  addResource(draft, `${id}Mapping`, {
    Type: 'AWS::ApiGatewayV2::ApiMapping',
    Properties: {
      ApiId: ref(id),
      DomainName: ref(name),
      Stage: ref(stage),
      ...(domain.basePath !== undefined && { ApiMappingKey: domain.basePath }),
    },
  });
  addRecord(context, domain, name);
}

/** A domain name for a REST API. */
export function addRestDomain(context: ApiContext, domain: ApiDomain | undefined, stage: string): void {
  if (!domain) return;
  const { draft, id } = context;
  const name = addResource(draft, `${id}Domain`, {
    Type: 'AWS::ApiGateway::DomainName',
    Properties: {
      DomainName: domain.name,
      RegionalCertificateArn: domain.certificate,
      EndpointConfiguration: { Types: ['REGIONAL'] },
      SecurityPolicy: 'TLS_1_2',
    },
  });
  addResource(draft, `${id}Mapping`, {
    Type: 'AWS::ApiGateway::BasePathMapping',
    Properties: {
      RestApiId: ref(id),
      DomainName: ref(name),
      Stage: ref(stage),
      ...(domain.basePath !== undefined && { BasePath: domain.basePath }),
    },
  });
  addRecord(context, domain, name);
}

function addRecord({ draft, id }: ApiContext, { name, zone }: ApiDomain, domain: string): void {
  if (zone === undefined) return;
  addResource(draft, `${id}Record`, {
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      HostedZoneId: zone,
      Name: name,
      Type: 'A',
      AliasTarget: {
        DNSName: getAtt(domain, 'RegionalDomainName'),
        HostedZoneId: getAtt(domain, 'RegionalHostedZoneId'),
      },
    },
  });
}
