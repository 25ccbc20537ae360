import type { StackAssembly } from '../../assembly/types.ts';
import {
  type FunctionCode,
  type FunctionUpdate,
  healFunctions,
  type InPlaceOptions,
  type InPlaceResult,
  updateFunctions,
} from '../../aws/functions/update-code.ts';
import { archiveOf } from '../../packaging/archive/single-file.ts';
import { problemLine } from '../../problem.ts';
import { type CodeLocation, codeLocation } from '../../template/assets/code-location.ts';
import { isObject, own } from '../../template/types.ts';
import { resolvedTemplate } from '../../template/values/effective.ts';
import type { KnownTemplate } from '../../template/values/known-value.ts';
import { functionNames, type Swapped } from '../plan/ask-in-place.ts';
import { formerOf, knownNow, knownThen } from '../plan/known-templates.ts';
import type { StandingPlan } from '../plan/stack-plan.ts';
import { NO_CHANGES, type StackOutcome } from '../report/stack-outcome.ts';
import { type Destination, hashInKey, objectLocation } from '../upload/destination.ts';

type Done = Pick<StackOutcome, 'operation' | 'report'>;

/**
 * Brings functions that were updated in place back to what the template means, in a stack that is that already.
 * Functions are found by the tag that was left on them.
 */
export async function catchUp(about: StandingPlan, swapped: Swapped, options: InPlaceOptions): Promise<Done> {
  const { report } = about;
  const { outputs } = about.deployed.stack;
  const healed = await heal(about, swapped, options);
  if (healed.length === 0) return { operation: 'none', report: { ...report, state: 'unchanged', outputs } };
  const notes = [`${healed.join(', ')} ran code that was updated in place; it is the template's again`];
  return { operation: 'in-place', report: { ...report, state: 'deployed', outputs, notes } };
}

/** Updates the code of the functions, and puts right those that an earlier update in place left with other code. */
export async function deployInPlace(
  about: StandingPlan,
  { functions, swapped }: { readonly functions: readonly string[]; readonly swapped: Swapped },
  options: InPlaceOptions,
): Promise<Done> {
  const { log } = options;
  const { report } = about;
  const { outputs } = about.deployed.stack;
  const result = await updateInPlace(about, functions, options);
  if (result.kind === 'failed') {
    const [failure, ...more] = result.problems;
    for (const problem of more) log.error(problemLine(problem));
    if (result.restored.length > 0)
      log.info(`${result.restored.join(', ')}: the code that it had before runs again`);
    return { operation: 'in-place', report: { ...report, state: 'failed', failure } };
  }
  // What an earlier update in place gave new code, and this one does not want to have it.
  const others = new Map([...swapped].filter(([id]) => !functions.includes(id)));
  const healed = await heal(about, others, options);
  if (healed.length === 0 && result.functions.every(({ sent }) => !sent))
    return {
      operation: 'none',
      report: { ...report, diff: NO_CHANGES, state: 'unchanged', outputs, notes: [RUNS_ALREADY] },
    };
  return { operation: 'in-place', report: { ...report, state: 'deployed', outputs, notes: [IN_PLACE] } };
}

/** Updates the code of functions, and nothing else. See {@link updateFunctions}. */
async function updateInPlace(
  about: StandingPlan,
  functions: readonly string[],
  options: InPlaceOptions,
): Promise<InPlaceResult> {
  const { aws } = about;
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
 * @param swapped without those that were updated in place just now
 * @returns names of those that ran other code
 */
export async function heal(
  about: StandingPlan,
  swapped: Swapped,
  options: InPlaceOptions,
): Promise<readonly string[]> {
  const left = [...swapped];
  if (left.length === 0) return [];
  const { aws } = about;
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
  { stack, destination }: StandingPlan,
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
function formerCodeOf(about: StandingPlan, before: KnownTemplate, id: string): FunctionCode | undefined {
  const code = codeOf(about, before, id);
  const hash = code?.kind === 's3' ? hashInKey(code.key) : undefined;
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
    const { hash, extension } = asset;
    const place = objectLocation(destination, { stackName, destination: undefined, hash, extension });
    return place.bucket === bucket && place.key === key;
  });
  return ours?.hash;
}

const IN_PLACE = 'Updated in place: CloudFormation learns of it with the next change set.';
const RUNS_ALREADY = 'Every function runs this code already, since an earlier update in place.';
