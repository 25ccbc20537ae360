import type { Draft } from '../draft.ts';
import { addCapacity } from './capacity.ts';
import { addConnectors } from './connectors.ts';
import { addMicrovmImages } from './microvms.ts';

/** What functions, MicroVMs and web functions run on, and their ways into networks. */
export function addCompute(draft: Draft): void {
  addCapacity(draft);
  addConnectors(draft);
  addMicrovmImages(draft);
}
