import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import { describeStack, type Stack, stackResources } from '../../aws/stack/stack.ts';
import { originOf } from '../../environments/tags.ts';
import type { Host } from '../../host.ts';
import { ProblemError } from '../../problem.ts';
import { hostSuffix } from '../../regions.ts';
import { billedWhileIdle } from '../../template/idle-costs.ts';
import { own } from '../../template/types.ts';
import { enterEnvironment } from '../enter-environment.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import type { ConnectedRun } from '../run.ts';

/** Says of what was deployed to an environment where it answers, how old it is, when it goes, and what it costs. */
export async function described(
  outcome: StackOutcome,
  stack: StackAssembly,
  run: ConnectedRun,
): Promise<StackOutcome> {
  const { environment, host } = run;
  const { report, stackId } = outcome;
  if (!environment || stackId === '') return outcome;
  try {
    const { aws } = await enterEnvironment(stack, { aws: run.aws, purpose: 'deploy' }, host.log);
    const current = await describeStack(aws, stackId, host.signal);
    if (!current) return outcome;
    const url = await addressIn(aws, { stack: current, wanted: run.inputs.environmentUrl }, host);
    const about = {
      name: environment.name,
      url,
      created: current.created,
      expires: originOf(current.tags)?.expires,
      billed: [stack.template, ...stack.nested.map(({ template }) => template)].flatMap(({ template }) =>
        billedWhileIdle(template),
      ),
      logsUrl: logsUrl(aws.region, current.name),
      isTransient: environment.pullRequest !== undefined,
    };
    return { ...outcome, report: { ...report, environment: about } };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    host.log.debug(`What was deployed cannot be described: ${error.message}`);
    return outcome;
  }
}

const ADDRESS = /^https?:\/\//;

/** The output that is asked for; one that is called an address; the address that an API has by itself. */
async function addressIn(
  aws: Aws,
  { stack: { id, name, outputs }, wanted }: { readonly stack: Stack; readonly wanted: string | undefined },
  { log, signal }: Pick<Host, 'log' | 'signal'>,
): Promise<string | undefined> {
  if (wanted !== undefined) {
    const value = own(outputs, wanted);
    if (value !== undefined && ADDRESS.test(value)) return value;
    const what =
      value === undefined ? 'has no output of this name' : 'has no address (https://...) in this output';
    log.warning(`environment-url: ${wanted}: ${name} ${what}`);
    return undefined;
  }
  const addresses = Object.entries(outputs).filter(([, value]) => ADDRESS.test(value));
  const [, named] = addresses.find(([each]) => /(url|endpoint|address)$/i.test(each)) ?? addresses[0] ?? [];
  if (named !== undefined) return named;
  const resources = await stackResources(aws, id, signal);
  const idOf = (type: string) => resources.find((each) => each.type === type)?.physicalId;
  const host = (id: string) => `https://${id}.execute-api.${aws.region}.${hostSuffix(aws.region)}`;
  const http = idOf('AWS::ApiGatewayV2::Api');
  const [rest, stage] = [idOf('AWS::ApiGateway::RestApi'), idOf('AWS::ApiGateway::Stage')];
  if (http) return host(http);
  return rest && stage ? `${host(rest)}/${stage}` : undefined;
}

/** The console's list of the log groups that have the stack's name in theirs. */
function logsUrl(region: string, stackName: string): string {
  const host = hostSuffix(region).startsWith('amazonaws.com.cn')
    ? 'console.amazonaws.cn'
    : 'console.aws.amazon.com';
  return `https://${region}.${host}/cloudwatch/home?region=${region}#logsV2:log-groups$3FlogGroupNameFilter$3D${encodeURIComponent(stackName)}`;
}
