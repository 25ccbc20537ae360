import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { modelProblems } from './aws-model.ts';
import { passOn, readAll } from './pass-on.ts';

/** A stack of a stack set. */
export interface Instance {
  readonly account: string;
  readonly region: string;
  readonly unit?: string;
  status: 'CURRENT' | 'OUTDATED';
  reason: string;
  drift: string;
}

/** A call that was made, with its parameters as they were sent. */
export interface StackSetCall {
  readonly action: string;
  readonly form: Readonly<Record<string, string>>;
}

/**
 * Stands in for what moto lacks of StackSets: operations that take their time and fail in some accounts, tolerance, units with
 * accounts, drift, pages, one operation at a time. Everything else goes to the emulator behind it. Requests are compared with the SDK's model.
 */
export interface StackSetServer {
  readonly url: string;
  readonly calls: readonly StackSetCall[];
  /** What CloudFormation's model does not know. */
  readonly problems: readonly string[];
  instances(name: string): readonly Instance[];
  /** As it was sent, without blanks. */
  templateOf(name: string): string;
  /** Operations fail there, for this reason; `undefined`: no more. */
  failAt(account: string, region: string, reason: string | undefined): void;
  /** Somebody changed something. */
  driftAt(name: string, account: string, region: string): void;
  /** Called for each call, before it is answered. */
  onCall(listener: (action: string) => void): void;
  /** Somebody else's operation is running. */
  beginForeign(name: string): void;
  stop(): Promise<void>;
}

type Action = 'CREATE' | 'UPDATE' | 'DELETE' | 'DETECT_DRIFT';

interface Operation {
  readonly id: string;
  readonly action: Action;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  readonly places: { account: string; region: string; unit?: string; status: string; reason: string }[];
  readonly tolerance: number;
  readonly atOnce: number;
}

interface StackSet {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  template: string;
  instances: Instance[];
  readonly operations: Operation[];
}

const PAGE = 4;

/** @param units accounts by organisational unit */
export async function startStackSets(
  target: string,
  units: Readonly<Record<string, readonly string[]>> = {},
): Promise<StackSetServer> {
  const sets = new Map<string, StackSet>();
  const calls: StackSetCall[] = [];
  const problems: string[] = [];
  let listener: (action: string) => void = () => undefined;
  const failing = new Map<string, string>();
  const objects = new Map<string, string>();

  const member = (form: URLSearchParams, name: string): string[] =>
    [...form].filter(([key]) => key.startsWith(`${name}.member.`)).map(([, value]) => value);

  const placesOf = (form: URLSearchParams) => {
    const regions = member(form, 'Regions');
    const filter = form.get('DeploymentTargets.AccountFilterType');
    const named = member(form, 'DeploymentTargets.Accounts');
    const ofUnits = member(form, 'DeploymentTargets.OrganizationalUnitIds').flatMap((unit) =>
      (units[unit] ?? [])
        .filter((account) =>
          filter === 'INTERSECTION'
            ? named.includes(account)
            : filter === 'DIFFERENCE'
              ? !named.includes(account)
              : true,
        )
        .map((account) => ({ account, unit })),
    );
    const holders = [...member(form, 'Accounts').map((account) => ({ account })), ...ofUnits];
    return regions.flatMap((region) => holders.map((holder) => ({ ...holder, region })));
  };

  const begin = (set: StackSet, action: Action, form: URLSearchParams): string => {
    const busy = set.operations.find(({ status }) => status === 'RUNNING');
    if (busy)
      throw new Refusal(
        'OperationInProgressException',
        `Another Operation on StackSet ${set.name} is in progress: ${busy.id}`,
      );
    const id = form.get('OperationId') ?? '';
    const places =
      action === 'CREATE' || action === 'DELETE'
        ? placesOf(form)
        : set.instances.map(({ account, region }) => ({ account, region }));
    set.operations.push({
      id,
      action,
      status: 'RUNNING',
      places: places.map((place) => ({ ...place, status: 'PENDING', reason: '' })),
      tolerance: Number(form.get('OperationPreferences.FailureToleranceCount') ?? 0),
      atOnce: Number(form.get('OperationPreferences.MaxConcurrentCount') ?? 1),
    });
    return `<OperationId>${id}</OperationId>`;
  };

  /** With each look at it, an operation goes a step further. */
  const proceed = (set: StackSet, operation: Operation): void => {
    if (operation.status !== 'RUNNING') return;
    const next = operation.places.filter(({ status }) => status === 'PENDING').slice(0, operation.atOnce);
    for (const place of next) {
      const reason = failing.get(`${place.account}/${place.region}`);
      place.status = reason === undefined ? 'SUCCEEDED' : 'FAILED';
      place.reason = reason ?? '';
      settle(set, operation.action, place);
    }
    const failed = operation.places.filter(({ status }) => status === 'FAILED').length;
    if (failed > operation.tolerance) {
      for (const place of operation.places.filter(({ status }) => status === 'PENDING')) {
        place.status = 'CANCELLED';
        place.reason = 'Cancelled since failure tolerance has exceeded';
        settle(set, operation.action, place);
      }
      operation.status = 'FAILED';
    } else if (operation.places.every(({ status }) => status !== 'PENDING')) operation.status = 'SUCCEEDED';
  };

  const settle = (set: StackSet, action: Action, place: Operation['places'][number]): void => {
    if (action === 'DETECT_DRIFT') return;
    const { account, region, unit, status, reason } = place;
    const others = set.instances.filter((each) => each.account !== account || each.region !== region);
    const isGone = action === 'DELETE' && status === 'SUCCEEDED';
    const instance: Instance = {
      account,
      region,
      ...(unit && { unit }),
      status: status === 'SUCCEEDED' ? 'CURRENT' : 'OUTDATED',
      reason,
      drift: 'NOT_CHECKED',
    };
    set.instances = isGone ? others : [...others, instance];
  };

  const answer = (action: string, form: URLSearchParams): string | undefined => {
    const name = form.get('StackSetName') ?? '';
    if (action === 'CreateStackSet') {
      sets.set(name, {
        name,
        fields: Object.fromEntries(form),
        template: templateOf(form),
        instances: [],
        operations: [],
      });
      return `<StackSetId>${name}:1</StackSetId>`;
    }
    if (!/StackSet|StackInstance/.test(action)) return undefined;
    const set = sets.get(name);
    if (!set) throw new Refusal('StackSetNotFoundException', `StackSet ${name} not found`);
    const operation = set.operations.find(({ id }) => id === form.get('OperationId'));
    switch (action) {
      case 'DescribeStackSet':
        return `<StackSet>${described(set)}</StackSet>`;
      case 'UpdateStackSet':
        set.template = templateOf(form);
        return begin(set, 'UPDATE', form);
      case 'CreateStackInstances':
        return begin(set, 'CREATE', form);
      case 'DeleteStackInstances':
        return begin(set, 'DELETE', form);
      case 'DetectStackSetDrift':
        return begin(set, 'DETECT_DRIFT', form);
      case 'DeleteStackSet':
        if (set.instances.length > 0) throw new Refusal('StackSetNotEmptyException', 'StackSet is not empty');
        sets.delete(name);
        return '';
      case 'DescribeStackSetOperation':
        if (!operation) throw new Refusal('OperationNotFoundException', 'no such operation');
        proceed(set, operation);
        return `<StackSetOperation><OperationId>${operation.id}</OperationId><Status>${operation.status}</Status></StackSetOperation>`;
      case 'StopStackSetOperation':
        if (operation) operation.status = 'STOPPED';
        return '';
      case 'ListStackSetOperationResults':
        return page(operation?.places ?? [], form, ({ account, region, status, reason }) =>
          fields({ Account: account, Region: region, Status: status, StatusReason: reason }),
        );
      case 'ListStackInstances':
        return page(set.instances, form, ({ account, region, unit = '', status, reason, drift }) =>
          fields({
            Account: account,
            Region: region,
            OrganizationalUnitId: unit,
            Status: status,
            StatusReason: reason,
            DriftStatus: drift,
          }),
        );
      case 'ListStackSetOperations':
        return page(set.operations, form, ({ id, status, action: what }) =>
          fields({ OperationId: id, Status: status, Action: what }),
        );
      case 'ListStackInstanceResourceDrifts':
        return page(
          [0],
          form,
          () =>
            `${fields({ LogicalResourceId: 'Topic', ResourceType: 'AWS::SNS::Topic', StackResourceDriftStatus: 'MODIFIED' })}<PropertyDifferences><member>${fields({ PropertyPath: '/DisplayName' })}</member></PropertyDifferences>`,
        );
      default:
        return undefined;
    }
  };

  const templateOf = (form: URLSearchParams): string =>
    objects.get(new URL(form.get('TemplateURL') ?? '').pathname) ?? '';

  const server = createServer(async (incoming, outgoing) => {
    const body = await readAll(incoming);
    const [path = ''] = (incoming.url ?? '/').split('?');
    if (incoming.method === 'PUT') objects.set(path, body.toString());
    const form = new URLSearchParams(incoming.method === 'POST' && path === '/' ? body.toString() : '');
    const action = form.get('Action') ?? '';
    listener(action);
    try {
      const result = answer(action, form);
      if (result === undefined) return passOn(target, { incoming, body }, outgoing);
      calls.push({ action, form: Object.fromEntries(form) });
      problems.push(...modelProblems(body.toString()));
      outgoing.writeHead(200, { 'content-type': 'text/xml' });
      outgoing.end(
        `<${action}Response xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><${action}Result>${result}</${action}Result></${action}Response>`,
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      calls.push({ action, form: Object.fromEntries(form) });
      outgoing.writeHead(error.code === 'OperationInProgressException' ? 409 : 404, {
        'content-type': 'text/xml',
      });
      outgoing.end(
        `<ErrorResponse><Error><Type>Sender</Type><Code>${error.code}</Code><Message>${error.message}</Message></Error></ErrorResponse>`,
      );
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    problems,
    templateOf: (name) => sets.get(name)?.template.replaceAll(/\s/g, '') ?? '',
    instances: (name) => sets.get(name)?.instances ?? [],
    failAt: (account, region, reason) => {
      if (reason === undefined) failing.delete(`${account}/${region}`);
      else failing.set(`${account}/${region}`, reason);
    },
    driftAt: (name, account, region) => {
      const found = sets
        .get(name)
        ?.instances.find((each) => each.account === account && each.region === region);
      if (found) found.drift = 'DRIFTED';
    },
    onCall: (told) => {
      listener = told;
    },
    beginForeign: (name) => {
      sets.get(name)?.operations.push({
        id: 'foreign',
        action: 'UPDATE',
        status: 'RUNNING',
        places: [],
        tolerance: 0,
        atOnce: 1,
      });
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class Refusal extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const fields = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === '' ? '' : `<${name}>${escaped(value)}</${name}>`))
    .join('');

function described({ name, fields: given, template }: StackSet): string {
  const { PermissionModel = '', AdministrationRoleARN = '', ExecutionRoleName = '' } = given;
  const auto = given['AutoDeployment.Enabled'];
  return `${fields({
    StackSetName: name,
    StackSetId: `${name}:1`,
    Status: 'ACTIVE',
    TemplateBody: template,
    PermissionModel,
    AdministrationRoleARN,
    ExecutionRoleName,
  })}${auto ? `<AutoDeployment><Enabled>${auto}</Enabled></AutoDeployment>` : ''}`;
}

function page<T>(items: readonly T[], form: URLSearchParams, write: (item: T) => string): string {
  const from = Number(form.get('NextToken') ?? 0);
  const members = items.slice(from, from + PAGE).map((item) => `<member>${write(item)}</member>`);
  const more = items.length > from + PAGE ? `<NextToken>${from + PAGE}</NextToken>` : '';
  return `<Summaries>${members.join('')}</Summaries>${more}`;
}
