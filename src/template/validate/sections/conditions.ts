import type { Problem } from '../../../problem.ts';
import { functionsIn } from '../../transforms.ts';
import { isObject, type Json, type TemplatePath } from '../../types.ts';
import { isLoop } from '../../values/loops.ts';
import type { Judged } from '../judged.ts';

/** Functions that decide. Source: CloudFormation template reference, "Condition functions". */
const DECIDING = ['Condition', 'Fn::And', 'Fn::Equals', 'Fn::Not', 'Fn::Or'];
const OF_OTHERS = ['Fn::And', 'Fn::Not', 'Fn::Or'];

/**
 * Functions that conditions cannot call: they are decided before anything is there.
 * CloudFormation answers "Cannot use Fn::ImportValue in Conditions.", https://github.com/aws/aws-cdk/issues/32238.
 * Sources: CloudFormation template reference, "Condition functions", "Supported functions"; cfn-lint's E8003.
 */
const LATE = ['Fn::ImportValue', 'Fn::GetAZs', 'Fn::Cidr'];

/** What is wrong with how conditions are made, but for what they refer to. */
export function* conditionProblems({ template, locate }: Judged): Generator<Problem> {
  const { Conditions } = template;
  if (Conditions === undefined) return;
  if (!isObject(Conditions)) {
    yield { message: 'Conditions has to be a map', place: locate(['Conditions']) };
    return;
  }
  for (const [name, condition] of Object.entries(Conditions)) {
    if (isLoop(name)) continue;
    const wrong = wrongDecision(condition, ['Conditions', name]) ?? lateCall(condition, ['Conditions', name]);
    if (!wrong) continue;
    const { path, message, next } = wrong;
    yield { subject: name, message, place: locate(path), next };
  }
}

interface Wrong {
  readonly path: TemplatePath;
  readonly message: string;
  readonly next: string;
}

/** The first thing in a condition that decides nothing; plain truths are left to CloudFormation. */
function wrongDecision(value: Json, path: TemplatePath): Wrong | undefined {
  const next = `Write one of ${DECIDING.join(', ')}.`;
  if (!isObject(value)) {
    if (Array.isArray(value)) return { path, message: 'a condition is a function, not a list', next };
    if (value === null || /^(true|false)$/i.test(String(value))) return undefined;
    const meant = `To name a condition, write !Condition ${value}.`;
    return { path, message: `a condition is a function, not the text ${JSON.stringify(value)}`, next: meant };
  }
  const [name, ...more] = Object.keys(value);
  if (name === undefined || more.length > 0) return { path, message: 'a condition is one function', next };
  if (isLoop(name)) return undefined;
  if (!DECIDING.includes(name)) return { path: [...path, name], message: `${name} decides nothing`, next };
  const argument = value[name];
  if (!OF_OTHERS.includes(name) || !Array.isArray(argument)) return undefined;
  for (const [index, item] of argument.entries()) {
    const wrong = wrongDecision(item, [...path, name, index]);
    if (wrong) return wrong;
  }
  return undefined;
}

function lateCall(condition: Json, path: TemplatePath): Wrong | undefined {
  const functions = functionsIn(condition);
  const late = LATE.find((name) => functions.has(name));
  const found = late === undefined ? undefined : functions.get(late);
  return found
    ? {
        path: [...path, ...found],
        message: `conditions cannot call ${late}`,
        next: 'Give the value as a parameter.',
      }
    : undefined;
}
