import type { TemplatePath } from '../../template/types.ts';
import { SamRefusal } from '../problems.ts';
import type { SamEvent } from './types.ts';

/** Refuses something about an event. */
export function refuseEvent({ owner, path, name }: SamEvent, at: TemplatePath, message: string): never {
  throw new SamRefusal({ logicalId: owner, path: [...path, ...at], message: `event ${name}: ${message}` });
}
