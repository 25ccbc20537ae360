import type { Problem } from '../../../problem.ts';
import { isObject, isYes, type JsonObject, scalarText } from '../../types.ts';
import type { Judged } from '../judged.ts';
import { breachOf } from '../parameter-constraints.ts';

/**
 * Forms of types, not their names: AWS adds some.
 * Source: CloudFormation template reference, "Parameters", "CloudFormation-supplied parameter types".
 */
const TYPE = /^(String|Number|CommaDelimitedList|List<(String|Number|AWS(::\w+)+)>|AWS(::\w+)+(<.+>)?)$/;

/**
 * What is wrong with how parameters are declared. CloudFormation answers "Every Default member must be a string."
 * Sources: that answer, https://github.com/aws-cloudformation/cfn-lint/pull/624; cfn-lint's schema of parameters (E2001).
 */
export function* declarationProblems({ template, locate }: Judged): Generator<Problem> {
  for (const [name, parameter] of Object.entries(isObject(template.Parameters) ? template.Parameters : {})) {
    const path = ['Parameters', name];
    if (!isObject(parameter)) {
      const next = 'Write a Type below it.';
      yield { subject: name, message: 'a parameter has to be a map', place: locate(path), next };
    } else if (!TYPE.test(scalarText(parameter.Type).trim())) {
      const message =
        parameter.Type === undefined
          ? 'the parameter has no Type'
          : `unknown parameter type ${JSON.stringify(parameter.Type)}`;
      const next = 'Write String, Number, CommaDelimitedList, List<Number>, or a type of AWS.';
      yield { subject: name, message, place: locate([...path, 'Type']), next };
    } else if (isObject(parameter.Default) || Array.isArray(parameter.Default)) {
      yield {
        subject: name,
        message: 'Default has to be a text, without functions',
        place: locate([...path, 'Default']),
        next: 'Write it out; items of a list are divided by commas.',
      };
    } else if (parameter.AllowedValues !== undefined && !Array.isArray(parameter.AllowedValues)) {
      const next = 'Write a list.';
      const place = locate([...path, 'AllowedValues']);
      yield { subject: name, message: 'AllowedValues has to be a list', place, next };
    } else {
      const message = defaultProblem(parameter);
      const next = 'Change the default, or what the parameter allows.';
      if (message) yield { subject: name, message, place: locate([...path, 'Default']), next };
    }
  }
}

function defaultProblem(parameter: JsonObject): string | undefined {
  const { Default, NoEcho } = parameter;
  if (Default === undefined || Default === null || typeof Default === 'object') return undefined;
  const text = String(Default);
  const breach = breachOf(parameter, text);
  if (!breach) return undefined;
  return `${isYes(NoEcho) ? 'its default' : `the default ${JSON.stringify(text)}`} ${breach.says}`;
}
