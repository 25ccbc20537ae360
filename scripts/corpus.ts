/**
 * `npm run test:corpus FOLDER [--verbose]`: reads and checks every public template below a folder of checkouts, and prints what
 * is refused, by repository. The folder has one checkout each, under its own name, of:
 *
 *   aws-cloudformation/cfn-lint, aws/serverless-application-model, aws-samples/serverless-patterns,
 *   aws/aws-sam-cli-app-templates, aws-cloudformation/aws-cloudformation-templates
 *
 * Templates of `sam init` are written as cookiecutter writes them, with all defaults. What the repositories themselves call
 * faulty may be refused, and what cfn-lint refuses, too; anything else that is refused has to stand in
 * scripts/corpus-known.ts, with the reason.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Problem, ProblemError, problemLine } from '../src/problem.ts';
import { findLocalReferences } from '../src/template/assets/local-assets.ts';
import { parseTemplate } from '../src/template/read/parse.ts';
import { validateTemplate } from '../src/template/validate/index.ts';
import { KNOWN } from './corpus-known.ts';
import { pythonTools } from './venv.ts';

/** What the repositories say of their own files. */
const FAULTY = /\/bad\/|\/error_|[/_-]invalid|cfn-lint\/[^/]*\/test\/fixtures\/specs/;
/** Templates that SAM's own tests hand to the translator; the transform is what they are about, and is left out. */
const SAM_TESTS = /^serverless-application-model\/(?:tests|integration)\/(?!translator\/output)/;
const NOT_OURS = /^(?:node_modules|\.git|botocore|cdk\.out)$/;
/** Filled in by other tools before CloudFormation sees them. */
const PLACEHOLDERS = /\{\{ ?cookiecutter|\{%|\$\{self:|!?Rain::/;

/**
 * Rules of cfn-lint that say what is refused here: a text that cannot be read, sections, functions and references, parameters,
 * outputs, mappings, conditions, keys of resources, missing properties and transforms. The others judge values of properties.
 */
const SAME_KIND = /^E[0126-8]|^E30(?:0[13-6]|38)$/;

const COOKIECUTTER = `
import json, sys
from cookiecutter.main import cookiecutter
for source, target in json.loads(sys.argv[1]):
    cookiecutter(source, no_input=True, output_dir=target)
`;

interface Count {
  templates: number;
  faulty: number;
  faultyRefused: number;
  known: number;
}

interface Refused {
  readonly name: string;
  readonly shown: string;
  readonly path: string;
  readonly problems: readonly Problem[];
}

const [folder, ...flags] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the folder that has the checkouts.');
const verbose = flags.includes('--verbose');
const counts = new Map<string, Count>();
const refused: Refused[] = [];
const met = new Set<string>();

for (const repository of readdirSync(folder)) checkAll(join(folder, repository), repository);
const written = await samInit(join(folder, 'aws-sam-cli-app-templates'));
checkAll(written, 'sam init');
const taken = await takenByLint(refused);
rmSync(written, { recursive: true });

for (const [repository, { templates, faulty, faultyRefused, known }] of counts) {
  const here = refused.filter(({ name }) => name === repository);
  const wrong = here.filter((each) => taken.has(each)).length;
  console.log(
    `${repository}: ${templates} templates, ${wrong} refused that cfn-lint takes; ${here.length - wrong} refused by both, ` +
      `${known} known to be refused; ${faulty} said to be faulty, of which ${faultyRefused} are refused`,
  );
}
for (const { path, reason } of KNOWN)
  if (!met.has(path)) console.log(`not refused any more: ${path} (${reason})`);
for (const each of refused)
  if (verbose || taken.has(each)) console.log(each.problems.map(problemLine).join('\n'));
process.exitCode = taken.size > 0 ? 1 : 0;

function checkAll(root: string, name: string): void {
  const count: Count = { templates: 0, faulty: 0, faultyRefused: 0, known: 0 };
  for (const path of files(root)) {
    const text = readFileSync(path, 'utf8');
    if (!isTemplate(text)) continue;
    const shown = `${name}/${relative(root, path)}`;
    const problems = problemsOf(text, shown);
    const known = KNOWN.find(
      ({ path: each }) => shown === each || (each.endsWith('*') && shown.startsWith(each.slice(0, -1))),
    );
    if (FAULTY.test(shown)) {
      count.faulty++;
      if (problems.length > 0) count.faultyRefused++;
      continue;
    }
    count.templates++;
    if (problems.length === 0) continue;
    if (known) {
      count.known++;
      met.add(known.path);
    } else refused.push({ name, shown, path, problems });
  }
  counts.set(name, count);
}

/** Those of refused templates in which cfn-lint finds nothing of the same kind. */
async function takenByLint(all: readonly Refused[]): Promise<ReadonlySet<Refused>> {
  if (all.length === 0) return new Set();
  const tools = await pythonTools('lint');
  if ('missing' in tools) throw new Error(tools.missing);
  const args = [join(tools.bin, 'cfn-lint'), '--format', 'json', '--regions', 'us-east-1', '--'];
  const { stdout } = spawnSync(join(tools.bin, 'python'), [...args, ...all.map(({ path }) => path)], {
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const found = JSON.parse(stdout) as { Filename: string; Rule: { Id: string } }[];
  const told = new Set(found.filter(({ Rule }) => SAME_KIND.test(Rule.Id)).map(({ Filename }) => Filename));
  return new Set(all.filter(({ path }) => !told.has(path)));
}

function* files(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_OURS.test(entry.name)) yield* files(path);
    } else if (/\.(?:ya?ml|json|template)$/.test(entry.name) && statSync(path).size < 4_000_000) yield path;
  }
}

/** Whether a text has resources at its top, and is not filled in before. */
function isTemplate(text: string): boolean {
  return (
    !PLACEHOLDERS.test(text) &&
    /^(?:Resources|["']Resources["']|\s*["']Resources["']|\s*\{\s*["']Resources["'])\s*:/m.test(text) &&
    /["']?Type["']?\s*:\s*["']?(?:AWS|Custom|Alexa)::/.test(text)
  );
}

function problemsOf(text: string, path: string): readonly Problem[] {
  try {
    const isBare = SAM_TESTS.test(path) && !/^[\s{]*["']?Transform["']?\s*:/m.test(text);
    const isYaml = !/^\s*[{[]/.test(text);
    const whole = !isBare
      ? text
      : isYaml
        ? `${text}\nTransform: AWS::Serverless-2016-10-31\n`
        : text.replace('{', '{"Transform":"AWS::Serverless-2016-10-31",');
    const document = parseTemplate(whole, path);
    return [...validateTemplate(document), ...findLocalReferences(document).errors];
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw new Error(path, { cause: error });
  }
}

/** Writes all templates of `sam init` into a folder. */
async function samInit(templates: string): Promise<string> {
  const tools = await pythonTools('corpus');
  if ('missing' in tools) throw new Error(tools.missing);
  const out = mkdtempSync(join(tmpdir(), 'sam-init-'));
  const pairs = [...files(templates)]
    .filter((file) => file.endsWith('/cookiecutter.json'))
    .map((file) => file.slice(0, -'/cookiecutter.json'.length))
    .map((from) => [from, join(out, relative(templates, from).replaceAll('/', '__'))]);
  execFileSync(join(tools.bin, 'python'), ['-c', COOKIECUTTER, JSON.stringify(pairs)], { stdio: 'ignore' });
  return out;
}
