import type { Problem } from '../problem.ts';
import { closest } from '../text/closest.ts';
import type { TemplateDocument } from './document.ts';
import { isObject, isYes, type JsonObject, scalarText, type Template } from './types.ts';
import { breachOf } from './validate/parameter-constraints.ts';

export { isList } from './validate/parameter-constraints.ts';

/** The parameters that a template declares. */
export function declaredParameters(template: Template): Readonly<Record<string, JsonObject>> {
  const declared = isObject(template.Parameters) ? template.Parameters : {};
  return Object.fromEntries(
    Object.entries(declared).filter((entry): entry is [string, JsonObject] => isObject(entry[1])),
  );
}

/** Names of parameters whose values must never be shown, by CloudFormation's own mark. */
export function noEchoParameters(template: Template): readonly string[] {
  return Object.entries(declaredParameters(template))
    .filter(([, parameter]) => isYes(parameter.NoEcho))
    .map(([name]) => name);
}

/** Parameters whose value is read from SSM by CloudFormation: it may change while the template does not. */
export function ssmParameters(template: Template): readonly string[] {
  return Object.entries(declaredParameters(template))
    .filter(([, parameter]) => scalarText(parameter.Type).startsWith('AWS::SSM::Parameter::Value'))
    .map(([name]) => name);
}

/** Parameters that have neither a value nor a default. */
export function parametersWithoutValue(
  template: Template,
  given: Readonly<Record<string, string>>,
): readonly string[] {
  return Object.entries(declaredParameters(template))
    .filter(([name, { Default }]) => Default === undefined && !Object.hasOwn(given, name))
    .map(([name]) => name);
}

/**
 * Compares the values that are given with what the template declares.
 *
 * @param kept names that keep the value which the deployed stack has
 */
export function parameterProblems(
  document: TemplateDocument,
  given: Readonly<Record<string, string>>,
  kept: ReadonlySet<string>,
): Problem[] {
  const declared = declaredParameters(document.template);
  const problems: Problem[] = [];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue;
    const meant = closest(name, Object.keys(declared));
    problems.push({
      message: `the template declares no parameter ${name}`,
      place: { file: document.file },
      next: meant
        ? `Write ${meant} if that is meant.`
        : `Declared are: ${Object.keys(declared).join(', ') || 'none'}.`,
    });
  }
  for (const [name, parameter] of Object.entries(declared)) {
    // Only for a problem: a place costs a syntax tree of the whole text.
    const place = () => document.locate(['Parameters', name]);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined) {
      if (parameter.Default === undefined && !kept.has(name)) {
        problems.push({
          message: `parameter ${name} has no value and no default`,
          place: place(),
          next: `Add ${name} to the input parameters, or keep what the stack has with UsePreviousValue.`,
        });
      }
    } else {
      // Where an asset's location is not known yet, an empty text stands for it.
      const breach =
        value === '' && !Array.isArray(parameter.AllowedValues) ? undefined : breachOf(parameter, value);
      const shown = isYes(parameter.NoEcho) ? 'its value' : JSON.stringify(value);
      if (breach)
        problems.push({
          message: `parameter ${name}: ${shown} ${breach.says}`,
          place: place(),
          next: breach.next,
        });
    }
  }
  return problems;
}
