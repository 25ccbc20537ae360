/** Values that the reference reads as something else than is written; what it makes of them was seen with it. */
import { describe, expect, it } from '@jest/globals';
import { transform } from '../../src/sam/index.ts';
import type { JsonObject } from '../../src/template/types.ts';

function provider(properties: JsonObject): JsonObject | undefined {
  const { template, problems } = transform(
    {
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: { Made: { Type: 'AWS::Serverless::CapacityProvider', Properties: properties } },
    },
    { region: 'eu-west-1' },
  );
  expect(problems).toEqual([]);
  const { Made } = template.Resources as Record<string, { Properties: JsonObject }>;
  return Made?.Properties;
}

describe('AWS::Serverless::CapacityProvider', () => {
  it.each([
    { written: [''], read: [{}] },
    { written: [[]], read: [{}] },
    { written: [], read: {} },
    { written: [1, true], read: ['1', 'True'] },
    { written: ['subnet-1'], read: ['subnet-1'] },
    { written: { Ref: 'Subnets' }, read: { Ref: 'Subnets' } },
    { written: ['ab'], read: { a: 'b' } },
  ])('reads the list $written as $read', ({ written, read }) => {
    expect(provider({ VpcConfig: { SubnetIds: written as never } })?.VpcConfig).toEqual({ SubnetIds: read });
  });

  it('has no telemetry for settings that are empty', () => {
    const made = provider({
      VpcConfig: { SubnetIds: ['subnet-1'] },
      LoggingConfig: {},
      ManagedResourceTags: {},
    });
    expect(made).not.toHaveProperty('TelemetryConfig');
    expect(made).not.toHaveProperty('PropagateTags');
  });

  it('reads numbers from texts', () => {
    const made = provider({
      VpcConfig: { SubnetIds: ['subnet-1'] },
      ScalingConfig: { MaxVCpuCount: '8', AverageCPUUtilization: '50.5' },
    });
    expect(made?.CapacityProviderScalingConfig).toEqual({
      MaxVCpuCount: 8,
      ScalingMode: 'Manual',
      ScalingPolicies: [
        { PredefinedMetricType: 'LambdaCapacityProviderAverageCPUUtilization', TargetValue: 50.5 },
      ],
    });
  });
});
