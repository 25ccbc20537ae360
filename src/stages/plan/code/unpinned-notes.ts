import type { RenderedStack } from '../../../assembly/render.ts';
import type { StackReport } from '../../../report/model.ts';
import { type UnpinnedCaller, unpinnedCallers } from '../../../template/durable-callers.ts';
import { knownNow } from '../known-templates.ts';
import { madeHere } from '../levels/made.ts';
import type { FoundStack } from '../stack-plan.ts';

/**
 * What calls durable functions without a version or an alias, where it or the function changes: who changes neither has been
 * told before.
 */
export async function unpinnedNotes(
  { stack, deployed, aws }: FoundStack,
  rendered: RenderedStack,
  { diff }: StackReport,
): Promise<NonNullable<StackReport['unpinned']>> {
  const changed = new Set(
    diff.resources.filter(({ kind }) => kind !== 'removed').map(({ logicalId }) => logicalId),
  );
  const made = await madeHere(knownNow(rendered, deployed), {
    document: stack.template,
    region: stack.environment?.region ?? aws?.region,
  });
  const root = made.kind === 'made' ? made.template : rendered.template.template;
  const madeBy = made.kind === 'made' ? made.madeBy : {};
  const levels = [
    { place: '', template: root },
    ...rendered.nested.map(({ id, template }) => ({ place: `${id}/`, template: template.template })),
  ];
  return levels.flatMap(({ place, template }) =>
    unpinnedCallers(template)
      .filter(({ logicalId, durable }) =>
        [logicalId, durable].some((id) => changed.has(place + id) || changed.has(place + (madeBy[id] ?? id))),
      )
      .map((caller) => ({ logicalId: place + caller.logicalId, message: messageOf(caller) })),
  );
}

function messageOf({ type, durable, property, qualifier }: UnpinnedCaller): string {
  if (qualifier === '$LATEST')
    return `(${type}) calls $LATEST of the durable function ${durable} (${property}): executions that run would be replayed on new code; let it call a version, or an alias of one`;
  const what = type.endsWith('::Function') && property.startsWith('Environment') ? 'names' : 'calls';
  return `(${type}) ${what} the durable function ${durable} without a version or an alias (${property}): Lambda refuses such calls, and by $LATEST executions that run would be replayed on new code; name an alias of a version`;
}
