import type { Problem } from '../../../problem.ts';
import { isObject } from '../../types.ts';
import type { Judged } from '../judged.ts';

/**
 * Mappings that are no maps of maps of texts or lists.
 * Source: CloudFormation template reference, "Mappings".
 */
export function* mappingProblems({ template, locate, isExtended }: Judged): Generator<Problem> {
  // What the language extensions let stand in a mapping is not known.
  if (isExtended) return;
  const sections = isObject(template.Mappings) ? template.Mappings : {};
  for (const [name, mapping] of Object.entries(sections)) {
    const wrong = isObject(mapping)
      ? wrongEntry(mapping)
      : { path: [], message: 'a mapping has to be a map of maps' };
    if (!wrong) continue;
    const { path, message } = wrong;
    const next = 'Write it as top key, second key and value.';
    yield { subject: name, message, place: locate(['Mappings', name, ...path]), next };
  }
}

/** The first one: the rest of a mapping is most often wrong in the same way. */
function wrongEntry(
  mapping: object,
): { readonly path: readonly string[]; readonly message: string } | undefined {
  for (const [key, entry] of Object.entries(mapping)) {
    if (!isObject(entry))
      return { path: [key], message: `the entry ${JSON.stringify(key)} of a mapping has to be a map` };
    for (const [second, value] of Object.entries(entry)) {
      if (isObject(value)) {
        const message = `the value of ${JSON.stringify(second)} has to be a text or a list, and is a map`;
        return { path: [key, second], message };
      }
    }
  }
  return undefined;
}
