import type { ServiceDecorator } from '../hook-types.ts';
import { logicalId } from '../marshal/ids.ts';
import type { Data } from '../values.ts';
import { add } from './add.ts';

export interface CloudMapOptions {
  /** Name of the namespace that is made; the stack's by default. */
  readonly namespace?: string;
  /** ID of a namespace that exists, instead. */
  readonly namespaceId?: string;
  /** Name of the service in it. */
  readonly service: string;
  /** Resources to list besides the functions: attributes by logical ID. */
  readonly resources?: Readonly<Record<string, Readonly<Record<string, Data>>>>;
}

/** Lists the service's functions, and resources, in AWS Cloud Map, where others find them by name. */
export const cloudMap = (options: CloudMapOptions): ServiceDecorator =>
  function cloudMap({ template, service }) {
    const { namespace, namespaceId, resources = {} } = options;
    if (namespaceId === undefined) {
      add(template, 'CloudMapNamespace', {
        Type: 'AWS::ServiceDiscovery::HttpNamespace',
        Properties: { Name: namespace ?? { Ref: 'AWS::StackName' } },
      });
    }
    add(template, 'CloudMapService', {
      Type: 'AWS::ServiceDiscovery::Service',
      Properties: {
        Name: options.service,
        NamespaceId: namespaceId ?? { Ref: 'CloudMapNamespace' },
        Type: 'HTTP',
      },
    });
    const instances: [string, string, Readonly<Record<string, Data>>][] = [
      ...Object.keys(service.functions ?? {}).map((name): [string, string, Record<string, Data>] => {
        const id = logicalId(name);
        return [
          id,
          name,
          { Type: 'AWS::Lambda::Function', Id: { Ref: id }, Arn: { 'Fn::GetAtt': [id, 'Arn'] } },
        ];
      }),
      ...Object.entries(resources).map(
        ([id, attributes]): [string, string, Readonly<Record<string, Data>>] => {
          const resource = service.resources?.[id];
          if (!resource) throw new Error(`there is no resource ${id}`);
          return [id, id, { Type: resource.Type, Id: { Ref: id }, ...attributes }];
        },
      ),
    ];
    for (const [id, name, attributes] of instances) {
      add(template, `${id}Instance`, {
        Type: 'AWS::ServiceDiscovery::Instance',
        Properties: {
          ServiceId: { Ref: 'CloudMapService' },
          InstanceId: name,
          InstanceAttributes: { Name: name, ...attributes },
        },
      });
    }
  };
