import type { Assembly, StackAssembly } from '../../assembly/types.ts';
import type { GitHubApi } from '../../github/api.ts';
import { attestBuild, MAY_NOT_SIGN, maySign, type Subject } from '../../github/attestations/attest.ts';
import { provenanceOf } from '../../github/attestations/provenance.ts';
import { recordDeployment } from '../../github/attestations/record.ts';
import { GitHubError } from '../../github/error.ts';
import { ProblemError } from '../../problem.ts';
import { gitHub } from '../report/publish.ts';
import type { StackOutcome } from '../report/stack-outcome.ts';
import { type ConnectedRun, stageOf } from '../run.ts';

/** Tells where what was attested runs. */
export type Recorder = (stack: StackAssembly, outcome: StackOutcome) => Promise<void>;

/**
 * Attests the archives and images of an assembly, before anything is deployed: digest, repository and commit. What has an
 * attestation keeps it, as the same bytes are the same build.
 *
 * @throws ProblemError where that is not possible: nothing is deployed then
 */
export async function attest({ stacks }: Assembly, run: ConnectedRun): Promise<Recorder> {
  const { inputs, host } = run;
  const { githubToken: token } = inputs;
  const { repository } = host.event;
  const api = await gitHub(token, host);
  if (!api || !token || repository === undefined || !maySign(host.env)) throw new ProblemError(MAY_NOT_SIGN);
  await host.log.group('Attest', async (log) => {
    const all = [...new Map(stacks.flatMap(subjectsOf).map((each) => [each.sha256, each])).values()];
    const fresh = await attestOnce(all, { api, repository, token });
    for (const each of all)
      log.info(`${each.name}: sha256:${each.sha256}${fresh.has(each.sha256) ? '' : ', attested already'}`);
  });
  return recorder(api, repository, run);
}

/** Where attestations are stored, and with which token. */
interface Attesting {
  readonly api: GitHubApi;
  readonly repository: string;
  readonly token: string;
}

/** What this process has signed or is about to sign, by repository and digest: several targets have the same archives. */
const signing = new Map<string, Promise<ReadonlySet<string>>>();

/** @returns digests of those that had no attestation before, and were not signed for another target */
async function attestOnce(all: readonly Subject[], where: Attesting): Promise<ReadonlySet<string>> {
  const keyOf = ({ sha256 }: Subject): string => `${where.repository} ${sha256}`;
  const others = all.flatMap((each) => signing.get(keyOf(each)) ?? []);
  const ours = all.filter((each) => !signing.has(keyOf(each)));
  const signed = sign(ours, where);
  for (const each of ours) signing.set(keyOf(each), signed);
  try {
    const [fresh] = await Promise.all([signed, ...others]);
    return fresh;
  } catch (error) {
    // The next run of a service in this process begins anew.
    for (const each of ours) signing.delete(keyOf(each));
    throw error;
  }
}

async function sign(all: readonly Subject[], { api, repository, token }: Attesting) {
  const fresh: Subject[] = [];
  for (const each of all) if (!(await known(api, repository, each))) fresh.push(each);
  if (fresh.length > 0) await attestBuild(fresh, token);
  return new Set(fresh.map(({ sha256 }) => sha256));
}

/** Who may not look is no worse off: there may be two attestations then. */
const known = (api: GitHubApi, repository: string, { sha256 }: Subject) =>
  provenanceOf(api, repository, sha256).catch((error: unknown) => {
    if (error instanceof GitHubError) return undefined;
    throw error;
  });

/** What is built from sources; templates are not. */
const subjectsOf = ({ assets }: StackAssembly): readonly Subject[] =>
  assets
    .filter(({ kind, path }) => kind === 'zip' || (kind === 'image' && path !== undefined))
    .map(({ source, hash }) => ({ name: source, sha256: hash.replace('sha256:', '') }));

function recorder(api: GitHubApi, repository: string, run: ConnectedRun): Recorder {
  const { inputs, host, aws } = run;
  const environment = run.environment?.name ?? inputs.deploymentEnvironment ?? stageOf(run) ?? inputs.stage;
  return async (stack, { operation, report }) => {
    if (operation === 'none' || report.state === 'failed') return;
    const region = stack.environment?.region ?? aws.region;
    try {
      for (const { name, sha256 } of subjectsOf(stack)) {
        const deployment = `${stack.stackName}-${name}`;
        await recordDeployment(api, repository, { name, sha256, environment, region, deployment });
      }
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      host.log.info(
        `No deployment record (${error.message}): these are for repositories of organisations, and the job needs \`artifact-metadata: write\``,
      );
    }
  };
}
