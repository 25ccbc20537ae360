import { expect, it } from '@jest/globals';
import { withoutBookkeeping } from '../../../src/template/diff/bookkeeping.ts';

it('takes away what the framework adds for itself, and nothing else', () => {
  const own = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic' }, CDKMetadata: { Type: 'AWS::SQS::Queue' } },
    Parameters: { Stage: { Type: 'String' } },
    Outputs: { O: { Value: '1' } },
  };
  const added = {
    ...own,
    Resources: { ...own.Resources, Usage: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'x' } } },
    Parameters: {
      ...own.Parameters,
      BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/q/version' },
    },
    Conditions: { CDKMetadataAvailable: { 'Fn::Equals': ['a', 'b'] } },
    Rules: { CheckBootstrapVersion: { Assertions: [] } },
  };
  expect(withoutBookkeeping(added)).toEqual(own);
  expect(withoutBookkeeping(own)).toEqual(own);
});
