import type { Aws } from '../aws/connection/clients.ts';
import { listCode } from '../aws/functions/list-code.ts';
import { readFunction } from '../aws/functions/live-function.ts';
import type { StackResource } from '../aws/replies/long-replies.ts';
import { type Stack, stackResources } from '../aws/stack/stack.ts';
import type { GitHubApi } from '../github/api.ts';
import { provenanceOf } from '../github/attestations/provenance.ts';
import { GitHubError } from '../github/error.ts';
import type { Log } from '../log.ts';

/** Where things are asked. */
export interface Told {
  readonly api: GitHubApi;
  /** `owner/name` */
  readonly repository: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** Says of each function of a stack from which commit its code was built, and by which run, as its attestation has it. */
export async function tellProvenance(
  aws: Aws,
  stack: Stack,
  { api, repository, log, signal }: Told,
): Promise<void> {
  const functions = await functionsIn(aws, stack.id, signal);
  const ids = functions.map(({ physicalId }) => physicalId);
  const listed = await listCode(aws, ids, signal);
  for (const { logicalId, physicalId } of functions) {
    const codeId = listed.get(physicalId) ?? (await readFunction(aws, physicalId, signal))?.codeId;
    if (codeId === undefined) continue;
    try {
      const found = await provenanceOf(api, repository, digestOf(codeId));
      if (found)
        log.info(`${logicalId}: commit ${found.commit}${found.run ? `, built by ${found.run}` : ''}`);
      else log.warning(`${logicalId}: what runs there has no attestation of ${repository}`);
    } catch (error) {
      if (!(error instanceof GitHubError)) throw error;
      log.warning(`Attestations cannot be read: ${error.message}. The job needs \`attestations: read\``);
      return;
    }
  }
}

/** Those of nested stacks, too. */
async function functionsIn(
  aws: Aws,
  stackId: string,
  signal: AbortSignal,
): Promise<readonly StackResource[]> {
  const resources = await stackResources(aws, stackId, signal);
  const inner = await Promise.all(
    resources
      .filter(({ type, physicalId }) => type === 'AWS::CloudFormation::Stack' && physicalId !== '')
      .map(({ physicalId }) => functionsIn(aws, physicalId, signal)),
  );
  return [
    ...resources.filter(({ type, physicalId }) => type === 'AWS::Lambda::Function' && physicalId !== ''),
    ...inner.flat(),
  ];
}

/** Of an archive Lambda tells its SHA-256 in base64, of an image its digest, or that in hex. */
function digestOf(codeId: string): string {
  const plain = codeId.replace('sha256:', '');
  return /^[0-9a-f]{64}$/.test(plain) ? plain : Buffer.from(plain, 'base64').toString('hex');
}
