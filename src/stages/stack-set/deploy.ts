import { randomUUID } from 'node:crypto';
import type { StackAssembly } from '../../assembly/types.ts';
import {
  createInstances,
  createStackSet,
  deleteInstances,
  type StackSetInput,
  updateStackSet,
} from '../../aws/stack-sets/change.ts';
import type { FollowOptions, InstanceResult, StackSetEnd } from '../../aws/stack-sets/operation.ts';
import { placeKey } from '../../aws/stack-sets/stack-set.ts';
import type { Log } from '../../log.ts';
import type { Operation } from '../../outcome.ts';
import type { InstanceRow, StackReport } from '../../report/model.ts';
import { declaredParameters } from '../../template/parameters.ts';
import type { Capability } from '../../template/validate/capabilities.ts';
import { checkTemplateSize } from '../../template/write/from-value.ts';
import { checkReviewedPlan } from '../deploy/reviewed-plan.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';
import { lookUpStackSet } from './find.ts';
import { failureProblem, reasonText } from './instance-failure.ts';
import { accountLabels } from './labels.ts';
import { planStackSet, rowsOf, type StackSetPlan } from './plan.ts';
import { type PlannedInstance, withChange } from './planned-instances.ts';
import { addressOf, inDeploymentOrder, type StackSetRequest, stackSetRequest, targetsOf } from './request.ts';
import { resultLine } from './result-line.ts';
import { uploadForInstances } from './upload.ts';

/** Brings a stack set and its instances to what the inputs say, unless they are that already. */
export async function deployStackSet(
  assembled: StackAssembly,
  capabilities: readonly Capability[],
  run: ConnectedRun,
): Promise<StackOutcome> {
  const { aws, host, inputs } = run;
  const request = stackSetRequest(inputs);
  const address = addressOf(assembled.stackName, inputs);
  const found = await lookUpStackSet(assembled, { aws, address }, host.signal);
  const plan = await planStackSet(found, 'deploy', { run, request });
  checkTemplateSize(plan.rendered.template);
  if (found.current && !plan.updates && plan.planned.every(({ change }) => change === 'unchanged')) {
    host.log.info(
      `${assembled.stackName}: the stack set and its instances are what they shall be; nothing to do`,
    );
    return outcomeOf(plan, 'none', { ...plan.report, state: 'unchanged' });
  }
  await checkReviewedPlan(plan.report, run);
  const templateUrl = await uploadForInstances(plan, run);
  const input = inputOf(plan, { templateUrl, capabilities });
  return host.log.group(
    `${found.current ? 'Update' : 'Create'} the stack set ${assembled.stackName}`,
    (log) => change(plan, input, { run, log }),
  );
}

function inputOf(
  { address, current, rendered, request, stack }: StackSetPlan,
  { templateUrl, capabilities }: Pick<StackSetInput, 'templateUrl' | 'capabilities'>,
): StackSetInput {
  const declared = Object.keys(declaredParameters(rendered.template.template));
  const kept = declared.filter(
    (name) => !Object.hasOwn(rendered.parameters, name) && Object.hasOwn(current?.parameters ?? {}, name),
  );
  return {
    address,
    templateUrl,
    capabilities,
    parameters: { ...Object.fromEntries(kept.map((name) => [name, undefined])), ...rendered.parameters },
    tags: Object.keys(stack.tags).length > 0 ? stack.tags : undefined,
    permissions: request.permissions,
    preferences: request.preferences,
  };
}

/** One thing that is done to instances. */
interface Step {
  readonly title: string;
  readonly run: (options: FollowOptions) => Promise<StackSetEnd>;
}

/** What is deleted comes last: by then everything else has gone well. */
function stepsOf(plan: StackSetPlan, input: StackSetInput, { aws }: ConnectedRun): readonly Step[] {
  const { address, planned, request, current } = plan;
  const inOrder = inDeploymentOrder(
    plan.instances.map(({ region }) => region),
    request.settings,
  );
  const targeted = (change: PlannedInstance['change']) => targetsOf(withChange(planned, change), request);
  const names = (count: number) => `${count} instance${count === 1 ? '' : 's'}`;
  return [
    ...(current && plan.updates
      ? [
          {
            title: `Updating ${names(plan.instances.length)}`,
            run: (options: FollowOptions) =>
              updateStackSet(aws, { ...input, preferences: ofRegions(request, inOrder) }, options),
          },
        ]
      : []),
    ...targeted('added').map((targets) => ({
      title: `Creating instances in ${targets.regions.join(', ')}`,
      run: (options: FollowOptions) =>
        createInstances(aws, { address, targets, preferences: ofRegions(request, targets.regions) }, options),
    })),
    ...targeted('removed').map((targets) => ({
      title: `Deleting instances in ${targets.regions.join(', ')}`,
      run: (options: FollowOptions) =>
        deleteInstances(aws, { address, targets, preferences: ofRegions(request, targets.regions) }, options),
    })),
  ];
}

/** An order may name only regions that the operation is about. */
const ofRegions = ({ preferences }: StackSetRequest, regions: readonly string[]) => ({
  ...preferences,
  ...(preferences.RegionOrder && { RegionOrder: regions.length > 0 ? [...regions] : undefined }),
});

async function change(
  plan: StackSetPlan,
  input: StackSetInput,
  { run, log }: { readonly run: ConnectedRun; readonly log: Log },
): Promise<StackOutcome> {
  const { aws, inputs, host } = run;
  const { report, current, stack } = plan;
  const label = accountLabels(plan.planned.flatMap(({ account }) => account ?? []));
  const options: FollowOptions = {
    log,
    signal: host.signal,
    deadline: Date.now() + inputs.timeout * 60_000,
    cancelUpdate: inputs.cancelUpdate,
    onResult: (result) => log.info(resultLine(result)),
  };
  if (!current) await createStackSet(aws, input, randomUUID());
  const operation: Operation = current ? 'update' : 'create';
  const results = new Map<string, InstanceResult>();
  let status = '';
  for (const step of stepsOf(plan, input, run)) {
    log.info(step.title);
    const end = await step.run(options);
    for (const each of end.results) results.set(placeKey(each), each);
    status = end.status;
    if (!end.succeeded) {
      const failure = failureProblem(stack.stackName, end, { label, template: plan.rendered.template });
      const instances = withResults(plan.planned, results);
      return { ...outcomeOf(plan, operation, { ...report, state: 'failed', failure, instances }), status };
    }
  }
  // A tolerance lets an operation succeed although some have failed.
  const instances = withResults(plan.planned, results);
  const found = await lookUpStackSet(stack, { aws, address: plan.address }, host.signal);
  return {
    ...outcomeOf(plan, operation, { ...report, state: 'deployed', instances }),
    stackId: found.current?.id ?? '',
    status,
  };
}

const RESULTS: Readonly<Record<string, InstanceRow['result']>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

/** Accounts of organisational units are known by now. */
function withResults(
  planned: readonly PlannedInstance[],
  results: ReadonlyMap<string, InstanceResult>,
): readonly InstanceRow[] {
  const known = planned.filter(({ account }) => account !== undefined);
  const places = new Set(known.map(({ account = '', region }) => placeKey({ account, region })));
  const found = [...results.values()].filter((each) => !places.has(placeKey(each)));
  const all: readonly PlannedInstance[] = [
    ...known,
    ...found.map(({ account, region }) => ({
      holder: account,
      account,
      region,
      change: 'added' as const,
      instance: undefined,
    })),
  ];
  return rowsOf(all).map((row, index) => {
    const { account = '', region = '' } = all[index] ?? {};
    const done = results.get(placeKey({ account, region }));
    const result = done && RESULTS[done.status];
    const reason = done && result !== 'succeeded' ? reasonText(done.reason) : '';
    return { ...row, ...(result && { result }), ...(reason !== '' && { reason }) };
  });
}

const outcomeOf = (
  { template, current }: StackSetPlan,
  operation: Operation,
  report: StackReport,
): StackOutcome => ({
  report,
  template,
  operation,
  stackId: current?.id ?? '',
  status: current?.status ?? '',
  changeSetId: '',
});
