import { pascal } from '../identifiers.ts';

const named = (kind: string) => (name: string) => {
  const id = pascal(name);
  return id.endsWith(kind) ? id : `${id}${kind}`;
};

/** Logical ID of a capacity provider. */
export const capacityId = named('CapacityProvider');
/** Logical ID of a network connector. */
export const connectorId = named('NetworkConnector');
/** Logical ID of the image of MicroVMs. */
export const microvmImageId = named('MicrovmImage');
