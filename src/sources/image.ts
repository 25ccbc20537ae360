import type { Architecture } from '../packaging/toolchains/spec.ts';
import type { TemplateDocument } from '../template/document.ts';
import { isObject, own } from '../template/types.ts';
import { alternatives, choose } from '../template/values/choice.ts';
import { foreseen, newReading } from '../template/values/foreseen.ts';
import { codeResource } from './sam/code-resource.ts';
import { settingsOf } from './sam/settings.ts';

/**
 * The architecture of a function, with the values that its template's parameters have.
 *
 * @throws ProblemError where only the deployment can tell it
 */
export function architectureOf(
  document: TemplateDocument,
  id: string,
  given: Readonly<Record<string, string>>,
): Architecture {
  const { template } = document;
  const declared = own(template.Resources, id);
  if (!isObject(declared)) return 'x86_64';
  const resource = codeResource(document, { id, resource: declared, at: ['Resources', id] });
  const scope = foreseen(template, { given, deployed: {} }, newReading());
  const [architecture = 'x86_64', ...others] = alternatives(
    choose(scope, (ask) => settingsOf(resource, ask).architecture()),
  );
  if (others.length === 0) return architecture;
  throw settingsOf(resource, (value) => value).wrong(
    'Architectures depends on a condition that only the deployment decides, and the image has one place only',
    'Give values to the parameters that decide it, or set the platform of the image.',
    'Properties',
    'Architectures',
  );
}
