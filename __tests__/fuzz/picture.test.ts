import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderMermaid } from '../../src/picture/mermaid.ts';
import type { JsonObject } from '../../src/template/types.ts';
import { effectiveTemplate } from '../../src/template/values/effective.ts';
import { pictureOfResources } from '../support/pictures.ts';
import { hostileJson, hostileText, promptly, RUNS } from './hostile.ts';

const TYPES = [
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Method',
  'AWS::ApiGatewayV2::Route',
  'AWS::S3::Bucket',
  'AWS::Events::Rule',
  'AWS::CloudFormation::Stack',
  'AWS::Logs::SubscriptionFilter',
];
const PROPERTIES = [
  'Role',
  'Roles',
  'Policies',
  'PolicyDocument',
  'FunctionName',
  'EventSourceArn',
  'Body',
  'Targets',
];

const value = fc.oneof(
  hostileJson,
  fc.constantFrom('A', 'B', 'C').map((Ref) => ({ Ref })),
  fc.constantFrom('A', 'B', 'C').map((name) => ({ 'Fn::GetAtt': [name, 'Arn'] })),
);
const resource = fc.record({
  Type: fc.oneof(fc.constantFrom(...TYPES), hostileText),
  Properties: fc.oneof(hostileJson, fc.dictionary(fc.constantFrom(...PROPERTIES), value)),
});
const resources = fc.dictionary(fc.oneof(fc.constantFrom('A', 'B', 'C'), hostileText), resource, {
  maxKeys: 5,
});

it('whatever stands in a template is drawn, every resource of it', () =>
  fc.assert(
    fc.asyncProperty(resources, (given) =>
      promptly(() => {
        const Resources = given as unknown as JsonObject;
        const effective = effectiveTemplate({ template: { Resources }, known: {} });
        const { nodes, edges, left } = pictureOfResources(effective.Resources);
        const drawn = new Set([...nodes.flatMap(({ parts }) => parts), ...left]);
        expect([...drawn].sort()).toEqual(Object.keys(effective.Resources).sort());
        const ids = new Set(nodes.map(({ id }) => id));
        expect(edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
        renderMermaid({ nodes, edges, left }, 20_000);
      }),
    ),
    RUNS,
  ));
