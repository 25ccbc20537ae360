import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { build } from 'esbuild';
import { type BenchRow, median } from './row.ts';
import { largeTemplate } from './support/large-template.ts';

const ROUNDS = 9;
const root = resolve(import.meta.dirname, '..');
/** The last commit that read YAML with the package `yaml`. */
const BEFORE = '4b46cb4';
/** What a preview does with a template, in both builds. */
const ENTRY = `
export { parseTemplate } from './src/template/read/parse.ts';
export { validateTemplate } from './src/template/validate/index.ts';
export { compareTemplates } from './src/template/diff/compare.ts';
`;

interface Measured {
  readonly milliseconds: number;
  /** Most memory that the process took. */
  readonly megabytes: number;
}

/**
 * Two templates parsed, the new one validated, and both compared, in a fresh process as an action has it: this build
 * against the one of an earlier commit, in turn. Beside a generated template, the one whose path is in `BENCH_TEMPLATE`.
 */
export async function run(): Promise<BenchRow[]> {
  const folder = join(root, '.cache', `bench-template-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    // In the project's folder, so that the packages of the earlier commit are found.
    const before = join(folder, 'checkout');
    await mkdir(before);
    const archive = execFileSync('git', ['archive', BEFORE, 'src', 'package.json'], {
      cwd: root,
      maxBuffer: 2 ** 28,
    });
    execFileSync('tar', ['-x', '-C', before], { input: archive });
    const builds = { ours: join(folder, 'ours.mjs'), before: join(folder, 'before.mjs') };
    await bundle(root, builds.ours);
    await bundle(before, builds.before);
    await writeFile(join(folder, 'measure.mjs'), MEASURE);

    const templates = [{ name: '500 resources, 800 KB', text: largeTemplate(), extension: '.yaml' }];
    const { BENCH_TEMPLATE: path } = process.env;
    if (path !== undefined)
      templates.push({ name: basename(path), text: await readFile(path, 'utf8'), extension: extname(path) });
    const rows: BenchRow[] = [];
    for (const { name, text, extension } of templates) {
      const files = [join(folder, `old${extension}`), join(folder, `new${extension}`)];
      await writeFile(files[0] ?? '', text);
      await writeFile(files[1] ?? '', changed(text));
      rows.push(...compared(name, measured(folder, builds, files)));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function measured(folder: string, builds: { ours: string; before: string }, files: readonly string[]) {
  const found = { ours: [] as Measured[], before: [] as Measured[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['ours', 'before'] as const) {
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        ['measure.mjs', builds[name], ...files],
        { cwd: folder, encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(stderr);
      found[name].push(JSON.parse(stdout) as Measured);
    }
  }
  return found;
}

function compared(name: string, { ours, before }: { ours: Measured[]; before: Measured[] }): BenchRow[] {
  const row = (what: string, key: keyof Measured, unit: string, most: number): BenchRow => {
    const [value, peerValue] = [ours, before].map((all) => median(all.map((each) => each[key])));
    // Of pairs: whatever else the machine does meanwhile slows both of a pair.
    const ratio = median(ours.map((each, round) => each[key] / (before[round]?.[key] ?? 0)));
    return {
      name: `${name}: ${what}`,
      ours: value ?? 0,
      peer: `commit ${BEFORE}`,
      peerValue: peerValue ?? 0,
      unit,
      ratio,
      target: `at most ${most}`,
      ok: ratio <= most,
    };
  };
  return [
    row('parsed, validated and compared', 'milliseconds', 'ms', 0.5),
    row('memory', 'megabytes', 'MB', 1),
  ];
}

const bundle = (project: string, outfile: string) =>
  build({
    stdin: { contents: ENTRY, resolveDir: project, loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    mainFields: ['module', 'main'],
    platform: 'node',
    format: 'esm',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });

/** Every tenth value of a tag or variable is another one. */
function changed(text: string): string {
  let count = 0;
  return text.replace(/(\bValue"?: "?)(?=\w)/g, (found) => (count++ % 10 === 0 ? `${found}x` : found));
}

const MEASURE = `
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
const [build, ...files] = process.argv.slice(2);
const { parseTemplate, validateTemplate, compareTemplates } = await import(build);
const texts = files.map((file) => readFileSync(file, 'utf8'));
const start = performance.now();
const [before, after] = texts.map((text, index) => parseTemplate(text, basename(files[index])));
const problems = validateTemplate(after);
const known = { 'AWS::StackName': 'orders' };
const [one, other] = [before, after].map(({ template }) => ({ template, known }));
const { diff } = compareTemplates(one, other);
const milliseconds = performance.now() - start;
if (problems.length > 0) throw new Error(problems[0].message);
if (diff.resources.length === 0) throw new Error('no difference');
console.log(JSON.stringify({ milliseconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
`;
