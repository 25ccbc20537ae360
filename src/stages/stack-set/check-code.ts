import type { StackAssembly } from '../../assembly/types.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import type { StackSetRequest } from './request.ts';

/**
 * Code that the instances could not read.
 *
 * @param region of the bucket that holds the template
 * @throws ProblemError
 */
export function checkCode(
  { stack, request }: { readonly stack: StackAssembly; readonly request: StackSetRequest },
  { region, s3Bucket }: { readonly region: string | undefined; readonly s3Bucket: string | undefined },
): void {
  const { settings, permissions } = request;
  const { stackName: subject, assets, nested } = stack;
  const problems: Problem[] = [];
  if (nested.length > 0)
    problems.push({
      subject,
      message: 'the nested stacks of a stack set cannot have templates of the repository',
      next: 'Put the resources into one template.',
    });
  const unreadable = assets.filter(
    ({ kind, targets, destination }) =>
      kind === 'image' || destination !== undefined || targets.some((target) => target.kind === 'parameter'),
  );
  if (unreadable.length > 0)
    problems.push({
      subject,
      message: `the instances of a stack set could not read ${unreadable.map(({ source }) => source).join(', ')}: images and assets of CDK are in one account and region`,
      next: 'Give these functions code as archives, or deploy each account on its own.',
    });
  if (assets.length > 0 && permissions.kind === 'service-managed' && s3Bucket === undefined)
    problems.push({
      subject: 'input s3-bucket',
      message: 'the accounts of organisational units may not read code in the bucket of the action',
      next: `Name a bucket that the organisation may read${settings.regions.length > 1 ? ', one for each region' : ''}; docs/stack-sets.md has its policy.`,
    });
  const isElsewhere = settings.regions.some((each) => each !== region);
  if (assets.length > 0 && isElsewhere && s3Bucket !== undefined && region && !s3Bucket.includes(region))
    problems.push({
      subject: 'input s3-bucket',
      message: `the name of ${s3Bucket} does not have the region ${region} in it, so it cannot be told how the buckets of the other regions are called`,
      next: 'Lambda reads code from its own region: give the buckets names with their regions, such as code-eu-central-1.',
    });
  if (problems.length > 0) throw new ProblemError(problems);
}
