import type { RenderedStack } from '../../assembly/render.ts';
import type { Stack } from '../../aws/stack/stack.ts';
import { declaredParameters, noEchoParameters } from '../../template/parameters.ts';
import { own, type Template } from '../../template/types.ts';
import { type KnownTemplate, knownParameters } from '../../template/values/known-value.ts';
import type { Deployed, DeployedStack } from './look-up-stack.ts';

/** What a stack is compared with. */
export interface FormerTemplate {
  readonly template: Template;
  /** The values that its parameters were given. */
  readonly parameters: Readonly<Record<string, string>>;
}

export const formerOf = ({ template, stack: { parameters } }: DeployedStack): FormerTemplate => ({
  template,
  parameters,
});

/** The former template with its values. */
export function knownThen({ template, parameters }: FormerTemplate, deployed: Deployed): KnownTemplate {
  return { template, known: knownValues(template, deployed, parameters) };
}

/** The template of this run with its values: a deployed stack keeps those that are not given. */
export function knownNow(
  { template: { template }, parameters }: RenderedStack,
  deployed: Deployed,
): KnownTemplate {
  const kept = 'stack' in deployed ? deployed.stack.parameters : {};
  return { template, known: knownValues(template, deployed, { ...kept, ...parameters }) };
}

function knownValues(
  template: Template,
  deployed: Deployed,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if ('stack' in deployed) return knownParameters(template, given, pseudoParameters(deployed.stack));
  const known = knownParameters(template, given);
  // A stack that nobody could look at may have other values than the defaults, and keeps them.
  return deployed.kind === 'absent'
    ? known
    : Object.fromEntries(Object.entries(known).filter(([name]) => Object.hasOwn(given, name)));
}

/** From `arn:aws:cloudformation:eu-central-1:123456789012:stack/orders/<id>` */
function pseudoParameters({ id, name }: Stack): Readonly<Record<string, string>> {
  const [, partition = '', , region = '', account = ''] = id.split(':');
  return {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackName': name,
    'AWS::StackId': id,
  };
}

/** Parameters whose new default changes nothing, as the stack keeps the value that it has. */
export function keptDefaultNotes(
  { template: { template }, parameters }: RenderedStack,
  deployed: Deployed,
): readonly string[] {
  if (deployed.kind !== 'stack') return [];
  const before = declaredParameters(deployed.template);
  const secret = new Set([...noEchoParameters(template), ...noEchoParameters(deployed.template)]);
  return Object.entries(declaredParameters(template)).flatMap(([name, { Default }]) => {
    const kept = own(deployed.stack.parameters, name);
    const former = own(before, name)?.Default;
    if (Default === undefined || former === undefined || String(Default) === String(former)) return [];
    if (Object.hasOwn(parameters, name) || kept === undefined || kept === String(Default)) return [];
    const value = secret.has(name) ? '' : `, ${JSON.stringify(kept)}`;
    return [
      `${name} keeps the value that the stack has${value}: its new default is for new stacks alone. Give it in the input parameters to change it.`,
    ];
  });
}
