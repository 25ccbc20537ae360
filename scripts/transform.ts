/**
 * `npm run test:transform FOLDER [--only TEXT] [--verbose]`: compares our SAM transform with AWS's own on the public test
 * inputs of `aws/serverless-application-model`. FOLDER is a checkout of it, or any other folder of templates (such as
 * `aws-samples/serverless-patterns`).
 *
 * Each template goes through both in three partitions. What AWS's transform takes has to come out equal; what it refuses
 * has to be refused; the few others are in scripts/transform-known.ts, each with its reason. Answers of AWS's transform are
 * kept in `.cache/`, as they take minutes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import {
  firstDifference,
  startSamTranslator,
  type TheirAnswer,
  type Upload,
} from '../__tests__/support/sam-translator.ts';
import { type TransformContext, transform } from '../src/sam/index.ts';
import { isObject, type JsonObject } from '../src/template/types.ts';
import { KNOWN } from './transform-known.ts';

/** Partitions, each with the region that the reference's own tests take for it. */
const REGIONS = ['ap-southeast-1', 'cn-north-1', 'us-gov-west-1'];

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined)
  throw new Error('Give the folder of a checkout of aws/serverless-application-model.');
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;
const isVerbose = flags.includes('--verbose');
const cache = resolve(import.meta.dirname, '../.cache/sam-translator');
mkdirSync(cache, { recursive: true });

const reference = await startSamTranslator();
const counts = { valid: 0, equal: 0, refused: 0, refusedHere: 0, crashed: 0 };
const differences: string[] = [];
const known = new Set<string>();
const isReference = inputs(folder) !== folder;
for (const path of files(inputs(folder))) {
  const name = relative(folder, path);
  if (only !== undefined && !name.includes(only)) continue;
  const text = readFileSync(path, 'utf8');
  const read = await kept(`text ${text}`, () => reference.read(text)).catch(() => undefined);
  if (!isObject(read) || !isObject(read.Resources) || !isSam(read)) continue;
  const uploads = isReference ? [] : uploaded(read);
  for (const region of REGIONS) await compare({ name, text, uploads, template: read }, contextOf(region));
}
await reference.stop();
report();

interface Case {
  readonly name: string;
  readonly text: string;
  readonly uploads: readonly Upload[];
  readonly template: JsonObject;
}

async function compare({ name, text, uploads, template }: Case, context: TransformContext): Promise<void> {
  // JavaScript has one kind of numbers: what is 3.0 there is 3 here, so they get it as it is written.
  const theirs = /\b\d+\.0\b/.test(text)
    ? await kept(JSON.stringify([text, uploads, context]), () =>
        reference.transformText({ text, uploads }, context),
      )
    : await kept(JSON.stringify([template, context]), () => reference.transform(template, context));
  const where = `${name} (${context.region})`;
  const ours = ourAnswer(template, context);
  if ('crashed' in theirs) counts.crashed++;
  else if ('refused' in theirs) {
    counts.refused++;
    if (typeof ours === 'string' || ours.problems.length > 0) counts.refusedHere++;
    else differs(name, `${where}: taken here, refused there: ${theirs.refused.join(' ')}`);
  } else {
    counts.valid++;
    const found =
      typeof ours === 'string'
        ? ours
        : (ours.problems.map(({ path, message }) => `refused: ${path.join('.')}: ${message}`)[0] ??
          firstDifference(ours.template, theirs.template));
    if (found === undefined) counts.equal++;
    else differs(name, `${where}: ${found}`);
  }
}

function differs(name: string, what: string): void {
  const input = basename(name).replace(/\.\w+$/, '');
  if (KNOWN.has(input)) known.add(input);
  else differences.push(what);
}

function ourAnswer(template: JsonObject, context: TransformContext): ReturnType<typeof transform> | string {
  try {
    return transform(template, { ...context, applicationUrl, seconds: 0 });
  } catch (error) {
    const [message, ...frames] = (error instanceof Error ? (error.stack ?? '') : String(error)).split('\n');
    const frame = frames.find((each) => each.includes('src/sam'))?.trim() ?? '';
    return `failed: ${message} ${frame.replace(resolve(import.meta.dirname, '..'), '')}`;
  }
}

/** Those of the reference's own tests, in the form that these give them. */
function contextOf(region: string): TransformContext {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov') ? 'aws-us-gov' : 'aws';
  const arn = (name: string): string => `arn:${partition}:iam::aws:policy/${name}`;
  return {
    region,
    parameters: { param1: 'value1', param2: 'value2' },
    managedPolicies: {
      AWSLambdaBasicExecutionRole: arn('service-role/AWSLambdaBasicExecutionRole'),
      AmazonDynamoDBFullAccess: arn('AmazonDynamoDBFullAccess'),
      AmazonDynamoDBReadOnlyAccess: arn('AmazonDynamoDBReadOnlyAccess'),
      AWSLambdaRole: arn('service-role/AWSLambdaRole'),
      ...(partition === 'aws'
        ? { AWSXrayWriteOnlyAccess: arn('AWSXrayWriteOnlyAccess') }
        : { AWSXRayDaemonWriteAccess: arn('AWSXRayDaemonWriteAccess') }),
    },
  };
}

/** As the stand-in for the repository of applications says it (see __tests__/support/sam-translator.py). */
function applicationUrl(): string {
  return 'https://awsserverlessrepo-changesets-xxx.s3.amazonaws.com/signed-url';
}

/** Inputs of the reference have no transform, as their tests hand them to it. */
function isSam({ Transform }: JsonObject): boolean {
  const transforms = Array.isArray(Transform) ? Transform : [Transform];
  return isReference || transforms.includes('AWS::Serverless-2016-10-31');
}

/** Puts locations in S3 in the place of local ones, as packaging does; returned is where. */
function uploaded({ Resources }: JsonObject): Upload[] {
  const uploads: Upload[] = [];
  if (!isObject(Resources)) return uploads;
  for (const [logicalId, resource] of Object.entries(Resources)) {
    const properties = isObject(resource) ? resource.Properties : undefined;
    if (!isObject(resource) || !isObject(properties)) continue;
    const put = (name: string): void => {
      properties[name] = `s3://uploads/${name}`;
      uploads.push([logicalId, name, `s3://uploads/${name}`]);
    };
    for (const name of ['CodeUri', 'ContentUri', 'DefinitionUri', 'SchemaUri'])
      if (typeof properties[name] === 'string') put(name);
    if (resource.Type !== 'AWS::Serverless::Function' || properties.InlineCode !== undefined) continue;
    const name = properties.PackageType === 'Image' ? 'ImageUri' : 'CodeUri';
    if (properties[name] === undefined) put(name);
  }
  return uploads;
}

async function kept<Answer extends TheirAnswer | JsonObject>(
  question: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const file = join(cache, `${createHash('sha256').update(question).digest('hex').slice(0, 32)}.json`);
  if (statSync(file, { throwIfNoEntry: false })) return JSON.parse(readFileSync(file, 'utf8')) as Answer;
  const answer = await ask();
  writeFileSync(file, JSON.stringify(answer));
  return answer;
}

/** The inputs of a checkout of the reference; else the folder itself. */
function inputs(root: string): string {
  const below = join(root, 'tests', 'translator', 'input');
  return statSync(below, { throwIfNoEntry: false }) ? below : root;
}

function* files(root: string): Generator<string> {
  for (const entry of readdirSync(root, { withFileTypes: true })) {
    const path = join(root, entry.name);
    if (entry.isDirectory()) {
      if (!/^(?:node_modules|\.git|cdk\.out)$/.test(entry.name)) yield* files(path);
    } else if (/\.(?:ya?ml|json|template)$/.test(entry.name) && statSync(path).size < 4_000_000) yield path;
  }
}

function report(): void {
  for (const difference of isVerbose ? differences : differences.slice(0, 40)) console.log(difference);
  for (const input of known) console.log(`known: ${input}: ${KNOWN.get(input)}`);
  const { valid, equal, refused, refusedHere, crashed } = counts;
  console.log(
    `${equal} of ${valid} valid equal; ${refusedHere} of ${refused} refused are refused here; ${crashed} fail there by an error of its own`,
  );
  process.exitCode = differences.length > 0 ? 1 : 0;
}
