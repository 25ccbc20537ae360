import type { Problem } from '../../../problem.ts';
import { isFunctionCall } from '../../intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../../types.ts';
import { isLoop } from '../../values/loops.ts';
import type { Judged } from '../judged.ts';
import { unstableProblem } from '../unstable.ts';
import { idProblem } from './names.ts';

/**
 * What is wrong with outputs, but for what they refer to.
 * Source: CloudFormation template reference, "Outputs".
 */
export function* outputProblems(judged: Judged): Generator<Problem> {
  const { template, locate } = judged;
  const exported = new Map<string, string>();
  for (const [name, output] of Object.entries(isObject(template.Outputs) ? template.Outputs : {})) {
    if (isLoop(name)) continue;
    const subject = name;
    const place = () => locate(['Outputs', name]);
    const wrongId = idProblem(name);
    if (wrongId) yield { subject, message: wrongId, place: place(), next: 'Rename the output.' };
    if (!isObject(output)) {
      yield { subject, message: 'an output has to be a map', place: place(), next: 'Write Value below it.' };
      continue;
    }
    if (output.Value === undefined)
      yield { subject, message: 'the output has no Value', place: place(), next: 'Add one.' };
    else if (!isTextual(output.Value))
      yield {
        subject,
        message: 'Value has to come to a text',
        place: locate(['Outputs', name, 'Value']),
        next: 'Write a text or a function; Fn::Join makes a text of a list.',
      };
    // CloudFormation answers "Every Description member must be a string".
    if (isObject(output.Description) || Array.isArray(output.Description))
      yield {
        subject,
        message: 'Description has to be a text',
        place: locate(['Outputs', name, 'Description']),
        next: 'Write it without functions.',
      };
    if (output.Export !== undefined && !(isObject(output.Export) && output.Export.Name !== undefined))
      yield {
        subject,
        message: 'Export has to be a map with a Name',
        place: locate(['Outputs', name, 'Export']),
        next: 'Write Name below it.',
      };
    if (isObject(output.Export) && output.Export.Name !== undefined) {
      const path = ['Outputs', name, 'Export', 'Name'];
      const early = { what: 'the name of the export', argument: output.Export.Name, path };
      const unstable = unstableProblem(judged, early);
      if (unstable) yield unstable;
    }
    const given = exportName(output);
    const other = given === undefined ? undefined : exported.get(given);
    if (given !== undefined && other !== undefined) {
      const message = `the export ${JSON.stringify(given)} is that of output ${other}, too`;
      yield { subject, message, place: locate(['Outputs', name, 'Export']), next: 'Give it another name.' };
    } else if (given !== undefined) exported.set(given, name);
  }
}

/** Null is told elsewhere. Source: CloudFormation template reference, "Outputs"; cfn-lint's E6101. */
const isTextual = (value: Json): boolean =>
  typeof value !== 'object' || value === null || isFunctionCall(value);

/** The literal name under which an output is always exported: of those with conditions, only one may come to be. */
function exportName({ Condition, Export }: JsonObject): string | undefined {
  const name = Condition === undefined && isObject(Export) ? Export.Name : undefined;
  return typeof name === 'string' ? name : undefined;
}
