import type { Fault } from '../schema/check.ts';
import type { OutputDefinition, ResourceDefinition, Service } from '../types.ts';
import { addApis } from './apis/index.ts';
import { addArtifacts } from './artifacts.ts';
import { addCustomResourceFunction } from './custom-resource.ts';
import { type DeclaredAsset, type Grant, newDraft } from './draft.ts';
import { addEvents } from './events/index.ts';
import type { Names } from './names.ts';
import { addSites } from './sites/index.ts';
import { addStateMachines } from './states/index.ts';
import { addUserResources } from './user-resources.ts';

export type { DeclaredAsset } from './draft.ts';
export type { Names } from './names.ts';

/** What the declarations of a service come to. */
export interface Declared {
  /** The service's own resources, with what declarations say in them, and those that declarations add. */
  readonly resources: Readonly<Record<string, ResourceDefinition>>;
  readonly outputs: Readonly<Record<string, OutputDefinition>>;
  readonly assets: readonly DeclaredAsset[];
  /** What is wrong with the definition. */
  readonly faults: readonly Fault[];
  /** What functions need whose roles are not of this service's making: it cannot be given to them here. */
  readonly ungranted: Readonly<Record<string, readonly Grant[]>>;
}

/** Marshals what a service declares besides functions and roles. The same definition gives the same result. */
export function declare(service: Service, names: Names): Declared {
  const draft = newDraft(service, names);
  addApis(draft);
  addEvents(draft);
  addStateMachines(draft);
  addSites(draft);
  addArtifacts(draft);
  addUserResources(draft);
  addCustomResourceFunction(draft);
  return {
    resources: Object.fromEntries(draft.resources),
    outputs: Object.fromEntries(draft.outputs),
    assets: draft.assets,
    faults: draft.faults,
    ungranted: Object.fromEntries([...draft.grants].filter(([name]) => names.roleId(name) === undefined)),
  };
}
