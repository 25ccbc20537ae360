import { expect, it } from '@jest/globals';
import { s3Artifact } from '../../../src/service/decorators/index.ts';
import type { Service } from '../../../src/service/types.ts';
import { faultsOf, lint, propertiesOf, templateOf, typesOf } from './support.ts';

const service: Service = {
  name: 'shop',
  functions: { index: { handler: 'index.py' } },
  customResources: {
    SearchIndex: {
      function: 'index',
      properties: { Table: { Ref: 'Orders' } },
      dependsOn: ['Queue'],
      timeout: 300,
    },
    OtherIndex: { function: 'index', type: 'Custom::Other' },
  },
  resources: { Orders: { Type: 'AWS::SNS::Topic' }, Queue: { Type: 'AWS::SQS::Queue' } },
};

it('functions of the service may stand behind custom resources', async () => {
  expect(typesOf(service)).toMatchObject({ SearchIndex: 'Custom::Index', OtherIndex: 'Custom::Other' });
  expect(propertiesOf(service, 'SearchIndex')).toEqual({
    ServiceToken: { 'Fn::GetAtt': ['Index', 'Arn'] },
    ServiceTimeout: 300,
    Table: { Ref: 'Orders' },
  });
  expect(await lint({ custom: templateOf(service) })).toEqual([]);
});

it('a function that there is not is a fault', () => {
  expect(faultsOf({ ...service, customResources: { A: { function: 'indx' } } })).toEqual([
    'customResources.A.function: there is no function indx. Write index if that is meant.',
  ]);
});

it('names that declarations give may not be those of resources', () => {
  const taken = { ...service, customResources: { Orders: { function: 'index' } } };
  expect(faultsOf(taken)).toEqual([
    'resources.Orders: Orders is the name of something that the service declares besides. Give the resource another name.',
  ]);
});

it('our own have a policy of their own, which is there before them and goes after them', () => {
  const artifact = (key: string) => s3Artifact({ bucket: 'reports', key, content: { A: 'b' } });
  const made = templateOf({ ...service, decorators: [artifact('a.json'), artifact('b.json')] });
  const entries = Object.entries(made.Resources as Record<string, { Type: string; DependsOn?: string[] }>);
  const artifacts = entries.filter(([, { Type }]) => Type === 'Custom::SpartaArtifact');
  expect(artifacts).toHaveLength(2);
  for (const [id, { DependsOn }] of artifacts) expect(DependsOn).toEqual([`${id}Policy`]);
  expect(entries.filter(([id]) => id === 'CustomResources')).toHaveLength(1);
});

it('there is no function for them where there are none', () => {
  expect(Object.keys(typesOf(service))).not.toContain('CustomResources');
});
