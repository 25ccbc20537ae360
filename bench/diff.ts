import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { type BenchRow, median } from './row.ts';

const RESOURCES = 500;
const ROUNDS = 11;
/** So many times as fast as the library of CDK; its time and ours are of loading the code and the first diff. */
const TARGET = 25;
/** Apache-2.0; installed for the measurement only. */
const PEER = '@aws-cdk/cloudformation-diff';

/**
 * The first diff of two 500-resource templates in a fresh process, loading included, as an action has it: against the
 * CDK's diff library, or, where that cannot be installed, against sorting keys and comparing lines.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-diff-'));
  try {
    await writeFile(join(folder, 'before.json'), JSON.stringify(template(128)));
    await writeFile(join(folder, 'after.json'), JSON.stringify(template(256)));
    await build({
      entryPoints: [resolve(import.meta.dirname, '../src/template/diff/compare.ts')],
      outfile: join(folder, 'ours.mjs'),
      bundle: true,
      // As dist/ is.
      minify: true,
      platform: 'node',
      format: 'esm',
    });
    await writeFile(join(folder, 'lines.mjs'), LINES);
    const scripts = {
      ours: script('./ours.mjs', 'compareTemplates', KNOWN),
      peer: script('./lines.mjs', 'diffLines'),
    };
    const installed = await install(folder);
    if (installed) scripts.peer = script(PEER, 'fullDiff');
    const times = { ours: [] as number[], peer: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.ours.push(await timed(folder, scripts.ours));
      times.peer.push(await timed(folder, scripts.peer));
    }
    const [ours, peerValue] = [median(times.ours), median(times.peer)];
    // Of pairs: whatever else the machine does meanwhile slows both of a pair.
    const ratio = median(times.ours.map((each, round) => (times.peer[round] ?? 0) / each));
    return [
      {
        name: `first diff of two ${RESOURCES}-resource templates`,
        ours,
        peer: installed ? PEER : 'lines of sorted JSON',
        peerValue,
        unit: 'ms',
        ratio,
        target: installed ? `at least ${TARGET} times as fast` : 'reported',
        ok: !installed || ratio >= TARGET,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A template as we take it, with a value that it refers to. */
const KNOWN = "(template) => ({ template, known: { 'AWS::StackName': 'orders' } })";

/** Prints the milliseconds that it takes to load a module and call one of its functions. */
const script = (module: string, name: string, argument = '(template) => template'): string => `
import { readFileSync } from 'node:fs';
const [before, after] = ['before.json', 'after.json'].map((file) => JSON.parse(readFileSync(file, 'utf8')));
const start = performance.now();
const { ${name}: diff } = await import('${module}');
const argument = ${argument};
if (!diff(argument(before), argument(after))) throw new Error('no difference');
console.log(performance.now() - start);
`;

const LINES = `
const sorted = (_key, value) => value && typeof value === 'object' && !Array.isArray(value)
  ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value;
const lines = (template) => JSON.stringify(template, sorted, 1).split('\\n');
export function diffLines(before, after) {
  const known = new Set(lines(before));
  return lines(after).filter((line) => !known.has(line));
}
`;

async function timed(folder: string, source: string): Promise<number> {
  await writeFile(join(folder, 'measure.mjs'), source);
  const { stdout, stderr, status } = spawnSync(process.execPath, ['measure.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

async function install(folder: string): Promise<boolean> {
  await mkdir(join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
  return spawnSync('npm', ['install', ...options, PEER], { cwd: folder, timeout: 120_000 }).status === 0;
}

/** Functions with their roles and tables; some differ in memory, code or the table's name. */
function template(variant: number): unknown {
  const resources = Array.from({ length: RESOURCES }, (_, index) => [`R${index}`, resource(index, variant)]);
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) };
}

function resource(index: number, variant: number): unknown {
  const next = { 'Fn::GetAtt': [`R${index + 1}`, 'Arn'] };
  if (index % 3 === 0) {
    const hash = (index % 7 === 0 ? variant : 1).toString(16).padStart(64, '0');
    return {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: `function-${index}`,
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
        Code: { S3Bucket: 'bucket', S3Key: `prefix/${hash}.zip` },
        MemorySize: index % 5 === 0 ? variant : 128,
        Role: next,
        Environment: { Variables: { LEVEL: 'info', TABLE: { 'Fn::Sub': `\${AWS::StackName}-${index}` } } },
        Tags: [{ Key: 'team', Value: 'orders' }],
      },
    };
  }
  if (index % 3 === 1) {
    const actions = [
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      ...(index % 11 === 0 && variant > 128 ? ['dynamodb:Scan'] : []),
    ];
    return {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        },
        Policies: [
          {
            PolicyName: 'table',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: actions, Resource: next }] },
          },
        ],
      },
    };
  }
  return {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: `table-${index}-${index % 10 === 0 ? variant : 1}`,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    },
  };
}
