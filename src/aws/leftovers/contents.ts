import { ProblemError } from '../../problem.ts';
import type { Aws } from '../connection/clients.ts';
import { type StackEvent, stackEvents } from '../stack/events.ts';
import { stackResources } from '../stack/stack.ts';

/** What a stack has, or had, that CloudFormation does not delete by itself. By physical ID. */
export interface StackContents {
  readonly buckets: ReadonlySet<string>;
  /** Image repositories. */
  readonly repositories: ReadonlySet<string>;
  /** Their logs outlive them. */
  readonly functions: ReadonlySet<string>;
  readonly restApis: ReadonlySet<string>;
  /** Resources that were kept when the stack was deleted. */
  readonly kept: readonly { readonly type: string; readonly physicalId: string }[];
}

/** Reads it of a stack and of those in it, by ARN also once they are deleted; what is gone altogether has nothing. */
export async function contentsOf(aws: Aws, stackId: string, signal: AbortSignal): Promise<StackContents> {
  const found = {
    buckets: new Set<string>(),
    repositories: new Set<string>(),
    functions: new Set<string>(),
    restApis: new Set<string>(),
    kept: [] as { type: string; physicalId: string }[],
  };
  const sets: Readonly<Record<string, Set<string>>> = {
    'AWS::S3::Bucket': found.buckets,
    'AWS::ECR::Repository': found.repositories,
    'AWS::Lambda::Function': found.functions,
    'AWS::ApiGateway::RestApi': found.restApis,
  };
  const add = (type: string, physicalId: string): void => {
    if (physicalId !== '' && Object.hasOwn(sets, type)) sets[type]?.add(physicalId);
  };
  const read = async (id: string): Promise<void> => {
    const resources = await orNone(stackResources(aws, id, signal));
    const events = await orNone(stackEvents(aws, id, signal));
    const made = new Set(events.filter(isMade).map(({ physicalId }) => physicalId));
    for (const { type, physicalId, status } of resources) {
      if (made.has(physicalId) || THERE.has(status)) add(type, physicalId);
      if (status === 'DELETE_SKIPPED') found.kept.push({ type, physicalId });
      if (type === 'AWS::CloudFormation::Stack' && physicalId.startsWith('arn:') && physicalId !== id)
        await read(physicalId);
    }
    // Functions that were replaced, or rolled back, had logs as well.
    for (const { type, physicalId } of events)
      if (type === 'AWS::Lambda::Function' && made.has(physicalId)) add(type, physicalId);
  };
  await read(stackId);
  return found;
}

/**
 * What could not be created, because somebody else has something of its name, has that name for a physical ID: it is not the
 * stack's, and must not be touched. So only what was made, or is still there, counts.
 */
const isMade = ({ status, reason }: StackEvent): boolean =>
  /^(CREATE|IMPORT|UPDATE)_COMPLETE$/.test(status) ||
  (status === 'CREATE_IN_PROGRESS' && /creation initiated/i.test(reason));

const THERE: ReadonlySet<string> = new Set([
  'CREATE_COMPLETE',
  'DELETE_FAILED',
  'DELETE_SKIPPED',
  'IMPORT_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_IN_PROGRESS',
]);

async function orNone<T>(work: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}
