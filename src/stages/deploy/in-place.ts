import type { RenderedStack } from '../../assembly/render.ts';
import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { isDenied } from '../../aws/functions/in-place-tag.ts';
import {
  type FunctionCode,
  type FunctionUpdate,
  healFunctions,
  type InPlaceOptions,
  type InPlaceResult,
  readTagged,
  type TaggedFunction,
  updateFunctions,
} from '../../aws/functions/update-code.ts';
import { type Stack, stackResources } from '../../aws/stack/stack.ts';
import type { Log } from '../../log.ts';
import { archiveOf } from '../../packaging/archive/single-file.ts';
import { ProblemError } from '../../problem.ts';
import type { StackReport } from '../../report/model.ts';
import { type CodeLocation, codeLocation, functionsOf } from '../../template/assets/code-location.ts';
import { type InPlaceAnswer, inPlaceAnswer } from '../../template/diff/in-place.ts';
import { noEchoParameters, ssmParameters } from '../../template/parameters.ts';
import { isObject, own } from '../../template/types.ts';
import { resolvedTemplate } from '../../template/values/effective.ts';
import { equivalent } from '../../template/values/equivalence.ts';
import type { KnownTemplate } from '../../template/values/known-value.ts';
import { formerOf, knownNow, knownThen } from '../plan/known-templates.ts';
import { type Destination, objectLocation } from '../plan/locate.ts';
import type { DeployedStack } from '../plan/look-up-stack.ts';

/** What one deployment is about. */
export interface InPlaceStack {
  readonly stack: StackAssembly;
  readonly rendered: RenderedStack;
  readonly destination: Destination;
  readonly deployed: DeployedStack;
}

/** Functions of a deployed stack whose code was updated in place, by logical ID. */
export type Swapped = ReadonlyMap<string, TaggedFunction>;

/**
 * The functions that run code which CloudFormation does not know of. To be read before the stack is changed.
 * A stack without functions costs no call.
 */
export async function readSwapped(
  aws: Aws,
  { stack, template }: DeployedStack,
  options: { readonly log: Log; readonly signal: AbortSignal },
): Promise<Swapped> {
  if (functionsOf(template).length === 0) return new Map();
  const names = await functionNames(aws, stack, options.signal).catch((error: unknown) => {
    if (!(error instanceof ProblemError) || !isDenied(error.cause)) throw error;
    // Who never updates in place need not be allowed to.
    options.log.info(
      'The resources of the stack may not be listed (cloudformation:ListStackResources), so code that was updated in place would not be put right',
    );
    return new Map<string, string>();
  });
  const tagged = new Map(
    (await readTagged(aws, [...names.values()], options)).map((each) => [each.name, each]),
  );
  return new Map(
    [...names].flatMap(([id, name]) => {
      const found = tagged.get(name);
      return found ? [[id, found] as const] : [];
    }),
  );
}

async function functionNames(
  aws: Aws,
  { id }: Stack,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const resources = await stackResources(aws, id, signal);
  return new Map(
    resources
      .filter(({ type, physicalId }) => type === 'AWS::Lambda::Function' && physicalId !== '')
      .map(({ logicalId, physicalId }) => [logicalId, physicalId]),
  );
}

/** Whether a change is one of code only; see {@link inPlaceAnswer}. No call is made. */
export function askInPlace(
  about: InPlaceStack,
  { diff, changedParameters, changedTags }: StackReport,
  notificationArns: readonly string[] | undefined,
): InPlaceAnswer {
  const { rendered, deployed } = about;
  const { status, notificationArns: current } = deployed.stack;
  const given = Object.keys(rendered.parameters);
  const reasons = [
    ...(/^(CREATE|UPDATE|IMPORT|UPDATE_ROLLBACK)_COMPLETE$/.test(status) ? [] : [`the stack is ${status}`]),
    ...(notificationArns && !equivalent([...notificationArns].sort(), [...current].sort())
      ? ['notification-arns change']
      : []),
    ...noEchoParameters(rendered.template.template)
      .filter((name) => given.includes(name))
      .map((name) => `parameter ${name} is NoEcho: only CloudFormation can tell whether it changes`),
    ...ssmParameters(rendered.template.template)
      .filter((name) => name !== 'BootstrapVersion')
      .map((name) => `parameter ${name} comes from SSM: only CloudFormation can tell whether it changes`),
  ];
  const [before, after] = [
    knownThen(formerOf(about.deployed), about.deployed),
    knownNow(about.rendered, about.deployed),
  ];
  const answer = inPlaceAnswer({ before, after, diff, changedParameters, changedTags });
  if (reasons.length === 0) return answer;
  return {
    kind: 'change-set',
    reasons: [...reasons, ...(answer.kind === 'change-set' ? answer.reasons : [])],
  };
}

/** Updates the code of functions, and nothing else. See {@link updateFunctions}. */
export async function updateInPlace(
  aws: Aws,
  about: InPlaceStack,
  functions: readonly string[],
  options: InPlaceOptions,
): Promise<InPlaceResult> {
  const names = await functionNames(aws, about.deployed.stack, options.signal);
  const [before, after] = [
    resolvedTemplate(knownThen(formerOf(about.deployed), about.deployed)),
    resolvedTemplate(knownNow(about.rendered, about.deployed)),
  ];
  const updates = functions.flatMap((id): FunctionUpdate[] => {
    const [functionName, code, previous] = [
      names.get(id),
      codeOf(about, after, id),
      formerCodeOf(about, before, id),
    ];
    // A function whose condition is not met is none.
    return functionName === undefined || !code
      ? []
      : [{ logicalId: id, functionName, code, ...(previous && { previous }) }];
  });
  return updateFunctions(aws, updates, options);
}

/**
 * Gives functions that were updated in place the code that the template means, as far as the stack still has them.
 *
 * @param except logical IDs of those that were updated in place just now
 * @returns names of those that ran other code
 */
export async function heal(
  aws: Aws,
  about: InPlaceStack,
  swapped: Swapped,
  options: InPlaceOptions,
  except: readonly string[] = [],
): Promise<readonly string[]> {
  const left = [...swapped].filter(([id]) => !except.includes(id));
  if (left.length === 0) return [];
  const names = await functionNames(aws, about.deployed.stack, options.signal);
  const after = resolvedTemplate(knownNow(about.rendered, about.deployed));
  const meant = new Map(
    left.flatMap(([id, { name }]): [string, FunctionCode][] => {
      const code = names.get(id) === name ? codeOf(about, after, id) : undefined;
      return code ? [[name, code]] : [];
    }),
  );
  for (const [id, { name }] of left) {
    if (names.get(id) === name && !meant.has(name))
      options.log.warning(
        `${id} was updated in place once, and only CloudFormation can tell which code it should have: check it`,
      );
  }
  return healFunctions(
    aws,
    left.map(([, each]) => each),
    meant,
    options,
  );
}

/** The code that a template means, with its hash where the object is one of ours. */
function codeOf(
  { stack, destination }: InPlaceStack,
  { template, known }: KnownTemplate,
  id: string,
): FunctionCode | undefined {
  const resource = own(template.Resources, id);
  const location = isObject(resource) ? codeLocation(resource, known) : undefined;
  switch (location?.kind) {
    case undefined:
      return undefined;
    case 'inline':
      return { kind: 'zip', bytes: archiveOf(location.file, location.source) };
    case 'image':
      return location;
    case 's3': {
      const sha256 = contentHash(stack, destination, location);
      return { ...location, ...(sha256 && { sha256 }) };
    }
  }
}

/**
 * The code that the deployed template means. Keys tend to be hashes of content; whether this one is, the update finds out
 * by what the function runs, and has no need to fetch its code then.
 */
function formerCodeOf(about: InPlaceStack, before: KnownTemplate, id: string): FunctionCode | undefined {
  const code = codeOf(about, before, id);
  const hash = code?.kind === 's3' ? /(?:^|\/)([0-9a-f]{64})(?:\.\w+)?$/.exec(code.key)?.[1] : undefined;
  return code?.kind === 's3' && hash !== undefined ? { ...code, sha256: hash } : code;
}

/** Keys of ours are made of content. Those that the source chose (CDK) are not: what lies there may be older. */
function contentHash(
  { stackName, assets }: StackAssembly,
  destination: Destination,
  { bucket, key }: Extract<CodeLocation, { kind: 's3' }>,
): string | undefined {
  const ours = assets.find((asset) => {
    if (asset.kind === 'image' || asset.destination) return false;
    const place = objectLocation(destination, stackName, undefined, asset.hash, asset.extension);
    return place.bucket === bucket && place.key === key;
  });
  return ours?.hash;
}
