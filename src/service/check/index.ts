import { declarationFindings } from '../marshal/index.ts';
import type { Fault } from '../schema/check.ts';
import type { Service } from '../types.ts';
import { codeFaults } from './code.ts';
import type { Facts } from './facts.ts';
import { dependencyFaults, equalIds, namedFaults, nameFaults } from './names.ts';
import { privilegeFaults, roleFaults } from './roles.ts';
import { runtimeFaults, runtimeWarnings } from './runtime.ts';
import { settingFaults } from './settings.ts';
import { webFaults } from './web.ts';

/** Everything in which a definition contradicts itself or the disk; warnings do not stop it. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

/** Checks what the parts of a definition say about one another. */
export function checkService(service: Service, facts: Facts): Findings {
  const functions = Object.entries(service.functions ?? {}).map(([name, fn]) => ({
    name,
    fn,
    path: ['functions', name],
  }));
  const declared = declarationFindings(service);
  return {
    faults: [
      ...emptyService(service),
      ...equalIds(service),
      ...functions.flatMap((each) => [
        ...nameFaults(each, service),
        ...codeFaults(each, facts),
        ...runtimeFaults(each, facts),
        ...roleFaults(each, service),
        ...settingFaults(each, service),
        ...namedFaults(each, service),
        ...dependencyFaults(each, service),
      ]),
      ...Object.entries(service.roles ?? {}).flatMap(([name, role]) => [
        ...privilegeFaults(service, role.privileges, ['roles', name]),
      ]),
      ...webFaults(service, facts),
      ...archiveFaults(service),
      ...declared.faults,
      ...folderFaults(service, facts),
    ],
    warnings: [...functions.flatMap((each) => [...runtimeWarnings(each, facts)]), ...declared.warnings],
  };
}

function* emptyService(service: Service): Generator<Fault> {
  const { functions, web, resources, sites, capacityProviders, networkConnectors, microvmImages } = service;
  const all = [functions, web, resources, sites, capacityProviders, networkConnectors, microvmImages];
  if (all.some((each = {}) => Object.keys(each).length > 0)) return;
  yield { path: [], message: 'the service has neither functions nor resources', next: 'Define a function.' };
}

/** What a command makes need not be there yet. */
function* folderFaults({ sites = {}, microvmImages = {} }: Service, { kindOf }: Facts): Generator<Fault> {
  for (const [section, all] of Object.entries({ sites, microvmImages }))
    for (const [name, { folder, command }] of Object.entries(all)) {
      if (command !== undefined) continue;
      const path = [section, name, 'folder'];
      if (kindOf(folder) !== 'folder')
        yield {
          path,
          message: `${folder} is no folder`,
          next: 'Name a folder beside the definition, or set command to what makes it.',
        };
      else if (section === 'microvmImages' && kindOf(`${folder}/Dockerfile`) !== 'file')
        yield {
          path,
          message: `there is no Dockerfile in ${folder}`,
          next: 'Add one: AWS makes the image of it.',
        };
    }
}

function* archiveFaults({ functions = {}, hooks }: Service): Generator<Fault> {
  const image = Object.entries(functions).find(([, { build }]) => build?.kind === 'image');
  if (!hooks?.archive || !image) return;
  yield {
    path: ['hooks', 'archive'],
    message: `an image is no archive that a hook could add to, and function ${image[0]} is one`,
    next: 'Add the files in its Dockerfile.',
  };
}
