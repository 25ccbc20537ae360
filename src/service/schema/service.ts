import type { Hook, HookList, Hooks, ServiceDecorator } from '../hook-types.ts';
import type {
  CustomResourceDefinition,
  OutputDefinition,
  ParameterDefinition,
  ResourceDefinition,
  Service,
} from '../types.ts';
import { api } from './api.ts';
import { capacity, microvmImage, networkConnector } from './compute.ts';
import { functionSchema } from './function.ts';
import * as s from './kinds.ts';
import { role } from './role.ts';
import { site } from './site.ts';
import { tags } from './tags.ts';
import { webFunction } from './web.ts';
import { stateMachine } from './workflow.ts';

const NAME = {
  pattern: /^[a-zA-Z][a-zA-Z0-9_-]*$/,
  accepts: 'letters, digits, - and _, the first a letter',
};
const LOGICAL_ID = { pattern: /^[a-zA-Z0-9]{1,255}$/, accepts: 'letters and digits, up to 255' };

const dataMap = () => s.optional(s.map(s.data));
const scalar = s.either(s.text(), s.number());

const resource = s.object<ResourceDefinition>('ResourceDefinition', {
  Type: s.required(s.text()),
  Properties: dataMap(),
  DependsOn: s.optional(s.either(s.text(), s.list(s.text()))),
  Condition: s.optional(s.text()),
  Metadata: dataMap(),
  CreationPolicy: dataMap(),
  UpdatePolicy: dataMap(),
  DeletionPolicy: s.optional(s.choice('Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot')),
  UpdateReplacePolicy: s.optional(s.choice('Delete', 'Retain', 'Snapshot')),
});

const customResource = s.object<CustomResourceDefinition>('CustomResourceDefinition', {
  function: s.required(s.text()),
  type: s.optional(
    s.text({
      pattern: /^Custom::[a-zA-Z0-9_@-]{1,52}$/,
      accepts: 'Custom:: and a name, such as Custom::Index',
    }),
  ),
  properties: dataMap(),
  dependsOn: s.optional(s.list(s.text())),
  timeout: s.optional(s.whole(1, 3600)),
});

const output = s.object<OutputDefinition>('OutputDefinition', {
  Value: s.required(s.data),
  Description: s.optional(s.text({ max: 1024 })),
  Export: dataMap(),
  Condition: s.optional(s.text()),
});

const parameter = s.object<ParameterDefinition>('ParameterDefinition', {
  Type: s.required(s.text()),
  Default: s.optional(scalar),
  Description: s.optional(s.text({ max: 4000 })),
  AllowedValues: s.optional(s.list(scalar)),
  AllowedPattern: s.optional(s.text()),
  ConstraintDescription: s.optional(s.text()),
  MinLength: s.optional(s.whole(0)),
  MaxLength: s.optional(s.whole(0)),
  MinValue: s.optional(s.number()),
  MaxValue: s.optional(s.number()),
  NoEcho: s.optional(s.boolean),
});

const hook = <Context>(): s.Schema<Hook<Context>> => ({ kind: 'either', of: [s.text(), s.code()] });
const hooksOf = <Context>() =>
  s.optional<HookList<Context>>({ kind: 'either', of: [s.text(), s.code(), s.list(hook<Context>())] });

const hooks = s.object<Hooks>('Hooks', {
  preBuild: hooksOf(),
  postBuild: hooksOf(),
  archive: hooksOf(),
  preMarshall: hooksOf(),
  postMarshall: hooksOf(),
  validate: hooksOf(),
  rollback: hooksOf(),
});

/** The whole of a definition. */
export const serviceSchema = s.object<Service>('Service', {
  name: s.required(
    s.text({
      pattern: /^[a-zA-Z][a-zA-Z0-9-]{0,127}$/,
      accepts: 'a letter, then up to 127 letters, digits and hyphens',
    }),
  ),
  description: s.optional(s.text({ max: 1024 })),
  functions: s.optional(s.map(functionSchema, NAME)),
  web: s.optional(s.map(webFunction, NAME)),
  apis: s.optional(s.map(api, NAME)),
  sites: s.optional(s.map(site, NAME)),
  customResources: s.optional(s.map(customResource, LOGICAL_ID)),
  stateMachines: s.optional(s.map(stateMachine, NAME)),
  capacityProviders: s.optional(s.map(capacity, NAME)),
  networkConnectors: s.optional(s.map(networkConnector, NAME)),
  microvmImages: s.optional(s.map(microvmImage, NAME)),
  roles: s.optional(s.map(role, NAME)),
  resources: s.optional(s.map(resource, LOGICAL_ID)),
  outputs: s.optional(s.map(output, LOGICAL_ID)),
  parameters: s.optional(s.map(parameter, LOGICAL_ID)),
  conditions: dataMap(),
  mappings: dataMap(),
  tags: s.optional(tags),
  hooks: s.optional(hooks),
  decorators: s.optional(s.list(s.code<ServiceDecorator>())),
});
