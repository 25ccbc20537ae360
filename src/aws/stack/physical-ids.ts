import type { Aws } from '../connection/clients.ts';
import { stackResources } from './stack.ts';

/**
 * Physical ids of a stack's resources by logical ID, and those of its nested stacks: by the logical IDs of the nested
 * stacks, joined by `/`; the stack itself is ''.
 */
export async function physicalIds(
  aws: Aws,
  stackId: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  const read = async (stack: string, path: string): Promise<void> => {
    const resources = (await stackResources(aws, stack, signal)).filter(
      ({ physicalId }) => physicalId !== '',
    );
    found.set(
      path,
      Object.fromEntries(resources.map(({ logicalId, physicalId }) => [logicalId, physicalId])),
    );
    for (const { type, logicalId, physicalId } of resources) {
      if (type === 'AWS::CloudFormation::Stack')
        await read(physicalId, path === '' ? logicalId : `${path}/${logicalId}`);
    }
  };
  await read(stackId, '');
  return found;
}
