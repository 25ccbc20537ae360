import { type Locations, type RenderedStack, renderStack } from '../../assembly/render.ts';
import type { FileDestination, StackAssembly } from '../../assembly/types.ts';
import { type Destination, imageUri, objectLocation } from '../upload/destination.ts';

/** Stage 11: fills locations into the templates. Content decides the keys, so nothing needs to be uploaded for it. */
export function locate(stack: StackAssembly, where: Destination): RenderedStack {
  const at = (destination: FileDestination | undefined, hash: string, extension: string) =>
    objectLocation(where, { stackName: stack.stackName, destination, hash, extension });
  const locations: Locations = {
    asset: (asset) =>
      asset.kind === 'image'
        ? { kind: 'image', uri: imageUri(where, asset) }
        : at(asset.destination, asset.hash, asset.extension),
    nested: ({ destination: fixed }, hash, extension) => at(fixed, hash, extension),
  };
  return renderStack(stack, locations);
}
