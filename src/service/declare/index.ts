import { type Fault, pathText } from '../schema/check.ts';
import type { OutputDefinition, ResourceDefinition, Service } from '../types.ts';
import { addApis, apiId } from './apis/index.ts';
import { addArtifacts } from './artifacts.ts';
import { capacityId, connectorId, microvmImageId } from './compute/ids.ts';
import { addCompute } from './compute/index.ts';
import { addCustomResourceFunction } from './custom-resource.ts';
import { type DeclaredAsset, type Draft, newDraft } from './draft.ts';
import { addEvents } from './events/index.ts';
import type { Names } from './names.ts';
import { addSites, siteId } from './sites/index.ts';
import { addStateMachines, stateMachineId } from './states/index.ts';
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
  /** What may well be wrong. */
  readonly warnings: readonly Fault[];
}

/** Marshals what a service declares besides functions and roles. The same definition gives the same result. */
export function declare(service: Service, names: Names): Declared {
  const draft = newDraft(service, names);
  checkNames(draft);
  addApis(draft);
  addEvents(draft);
  addStateMachines(draft);
  addCompute(draft);
  addSites(draft);
  addArtifacts(draft);
  addUserResources(draft);
  addCustomResourceFunction(draft);
  return {
    resources: Object.fromEntries(draft.resources),
    outputs: Object.fromEntries(draft.outputs),
    assets: draft.assets,
    faults: draft.faults,
    warnings: draft.warnings,
  };
}

/** Logical IDs by name, in each section. */
const IDS = {
  apis: apiId,
  sites: siteId,
  stateMachines: stateMachineId,
  capacityProviders: capacityId,
  networkConnectors: connectorId,
  microvmImages: microvmImageId,
} as const;

/** Names that become the same logical ID; functions, roles and resources are checked with one another elsewhere. */
function checkNames({ service, faults }: Draft): void {
  const named = Object.entries(IDS).flatMap(([section, idOf]) =>
    Object.keys(service[section as keyof typeof IDS] ?? {}).map((name) => ({
      path: [section, name],
      id: idOf(name),
    })),
  );
  const owners = new Map<string, string>();
  for (const { path, id } of named) {
    const owner = owners.get(id);
    if (owner !== undefined) {
      faults.push({
        path,
        message: `its logical ID is ${id}, as that of ${owner}`,
        next: 'Rename one of them.',
      });
    }
    owners.set(id, pathText(path));
  }
}
