import type { StackAssembly } from '../../../assembly/types.ts';
import type { TemplateDiff } from '../../../template/diff/types.ts';
import { callbackNotes } from './callback-handlers.ts';
import { missingHandlerNotes } from './missing-handlers.ts';
import { runtimeNotes } from './runtime-notes.ts';
import { typeNotes } from './type-notes.ts';

/** What would be refused only while it is deployed, or be deployed and fail: types, runtimes, handlers. */
export async function codeNotes(stack: StackAssembly, diff: TemplateDiff): Promise<readonly string[]> {
  const today = new Date().toISOString().slice(0, 10);
  const [types, missing, callbacks] = await Promise.all([
    typeNotes(stack, diff),
    missingHandlerNotes(stack, diff),
    callbackNotes(stack),
  ]);
  return [...types, ...missing, ...callbacks, ...runtimeNotes(stack, diff, today)];
}
