import type {
  CapacityDefinition,
  CapacityLogging,
  CapacityUse,
  MicrovmHooks,
  MicrovmImageDefinition,
  MicrovmLogging,
  NetworkConnectorDefinition,
} from '../compute-types.ts';
import type { Value } from '../values.ts';
import * as s from './kinds.ts';
import { tags } from './tags.ts';

// Limits: resource schemas of AWS::Lambda::CapacityProvider, NetworkConnector and MicrovmImage, of 2026-11-29.

const value = s.value(s.text());
const optionalValue = s.optional(value);
const ids = (max: number) =>
  s.required(s.either(s.list(value, { min: 1, max }), s.intrinsic as s.Schema<Value<never>>));
const instanceTypes = s.optional(
  s.list(s.text({ pattern: /^[a-z0-9.*-]+$/, accepts: 'a type such as m7i.xlarge' }), { min: 1 }),
);
const perCent = s.optional(s.number({ min: 1, max: 100 }));

export const capacity = s.object<CapacityDefinition>('CapacityDefinition', {
  subnets: ids(16),
  securityGroups: ids(5),
  architecture: s.optional(s.choice('x86_64', 'arm64')),
  instanceTypes,
  excludedInstanceTypes: instanceTypes,
  maxCpus: s.optional(s.whole(2, 15_000)),
  use: s.optional(s.object<CapacityUse>('CapacityUse', { cpu: perCent, gpu: perCent })),
  kmsKey: optionalValue,
  logging: s.optional(
    s.object<CapacityLogging>('CapacityLogging', {
      group: optionalValue,
      level: s.optional(s.choice('DEBUG', 'INFO', 'WARN')),
    }),
  ),
  role: optionalValue,
  providerName: optionalValue,
  machineTags: s.optional(tags),
  tags: s.optional(tags),
});

export const networkConnector = s.object<NetworkConnectorDefinition>('NetworkConnectorDefinition', {
  subnets: ids(16),
  securityGroups: ids(5),
  protocol: s.optional(s.choice('IPv4', 'DualStack')),
  for: s.optional(s.choice('microvms', 'web-functions')),
  role: optionalValue,
  connectorName: optionalValue,
  tags: s.optional(tags),
});

/** Of a machine that runs, and of the image that is built. */
const [moment, building] = [s.optional(s.whole(1, 60)), s.optional(s.whole(1, 3600))];

export const microvmImage = s.object<MicrovmImageDefinition>('MicrovmImageDefinition', {
  folder: s.required(s.text({ pattern: /^\S.*$/, accepts: 'a folder' })),
  command: s.optional(s.text()),
  inputs: s.optional(s.list(s.text(), { min: 1 })),
  base: s.required(value),
  baseVersion: s.required(value),
  description: s.optional(s.text()),
  memory: s.optional(s.whole(1)),
  environment: s.optional(s.map(value)),
  connectors: s.optional(s.list(value, { max: 10 })),
  hooks: s.optional(
    s.object<MicrovmHooks>('MicrovmHooks', {
      port: s.optional(s.whole(1, 65_535)),
      ready: building,
      validate: building,
      run: moment,
      suspend: moment,
      resume: moment,
      terminate: moment,
    }),
  ),
  logging: s.optional(
    s.either(
      s.choice(false),
      s.object<MicrovmLogging>('MicrovmLogging', { group: optionalValue, stream: optionalValue }),
    ),
  ),
  osCapabilities: s.optional(s.boolean),
  role: optionalValue,
  imageName: optionalValue,
  tags: s.optional(tags),
});
