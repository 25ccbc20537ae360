import type { StackAssembly } from '../../assembly/types.ts';
import type { Aws } from '../../aws/connection/clients.ts';
import type { Bucket } from '../../aws/uploads/bucket-settings.ts';
import { keepVersions, lookAtCodeBucket, putBucketPolicy } from '../../aws/uploads/code-bucket.ts';
import type { Log } from '../../log.ts';
import { type Problem, ProblemError } from '../../problem.ts';
import { LAMBDA_READS, lambdaReads, withLambdaReads } from '../../template/iam/lambda-reads.ts';
import { isObject, type Json, type JsonObject, type TemplatePath } from '../../template/types.ts';

/** Whether an archive of a stack is the code of a web function, which Lambda reads from where it is put. */
export function hasWebCode({ template, nested, assets }: StackAssembly): boolean {
  const templates = new Map(nested.map((each) => [each.id, each.template.template] as const));
  return assets.some(({ kind, destination, targets }) =>
    kind === 'image' || destination
      ? false
      : targets.some((target) => {
          if (target.kind !== 'property') return false;
          const within = target.template === undefined ? template.template : templates.get(target.template);
          return WEB_CODE.test(typeAt(within ?? null, target.path));
        }),
  );
}

const WEB_CODE = /^AWS::(Serverless::WebFunction|Lambda::WebFunctionRevision)$/;

/** The type of the resource that a path leads into; of `Globals`, what they are for. */
function typeAt(template: Json, path: TemplatePath): string {
  if (path[0] === 'Globals') return `AWS::Serverless::${path[1]}`;
  let at: Json | undefined = template;
  for (const step of path.slice(0, path.indexOf('Properties')))
    at = Array.isArray(at) ? at[Number(step)] : isObject(at) ? at[step] : undefined;
  return isObject(at) && typeof at.Type === 'string' ? at.Type : '';
}

/**
 * Sees to it that Lambda can read the code of web functions in a bucket for as long as a revision refers to it: objects
 * are versioned, the policy lets Lambda read them, and no key of AWS encrypts them. Our own bucket is set up so; that of
 * the user is only looked at. Source: Lambda developer guide, "Storing code in Amazon S3"; what is an error there and what
 * a warning, SAM CLI 1.170.
 *
 * @throws ProblemError when Lambda would refuse code from there, all reasons at once
 */
export async function readyForWebCode(aws: Aws, bucket: Bucket, log: Log): Promise<void> {
  const { name } = bucket;
  const isOurs = bucket.owner !== undefined;
  const { versions, keyOfAws, ...found } = await lookAtCodeBucket(aws, bucket);
  const policy = documentOf(found.policy);
  const problems: Problem[] = [];
  if (keyOfAws)
    problems.push({
      message: `the bucket ${name} encrypts with a key of AWS, which Lambda may not use for web functions`,
      next: "Let it encrypt with S3's own keys, or with a key of yours that lets lambda.amazonaws.com call kms:Decrypt.",
    });
  if (versions === 'not kept' && !isOurs)
    problems.push({
      subject: 'input s3-bucket',
      message: `the bucket ${name} keeps no versions of objects, which web functions need`,
      next: 'Switch versioning on, choose another bucket, or leave the input out.',
    });
  if (problems.length > 0) throw new ProblemError(problems);
  if (versions === 'not kept') {
    log.info(`Switching on versions in the bucket ${name}, as web functions need them`);
    await keepVersions(aws, bucket);
  }
  if (!found.policyIsKnown || versions === 'unknown')
    log.warning(
      `Not known whether the bucket ${name} suits web functions: its ${found.policyIsKnown ? 'versioning' : 'policy'} may not be read`,
    );
  if (!found.policyIsKnown || lambdaReads(policy, name)) return;
  if (!isOurs) {
    log.warning(
      `The policy of the bucket ${name} does not let lambda.amazonaws.com call ${LAMBDA_READS.join(' and ')}, without which no web function starts`,
    );
    return;
  }
  log.info(`Letting Lambda read the code of this account's web functions in the bucket ${name}`);
  const { account, partition } = await aws.identity();
  await putBucketPolicy(
    aws,
    bucket,
    JSON.stringify(withLambdaReads(policy, { bucket: name, account, partition })),
  );
}

function documentOf(text = '{}'): JsonObject {
  const document: Json = JSON.parse(text);
  return isObject(document) ? document : {};
}
