import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchRow, median } from './row.ts';

const root = resolve(import.meta.dirname, '..');
const ROUNDS = 5;
const LOADS = 15;

/** The preview of a service that was built before, against its first preview; and what loading TypeScript costs. */
export async function run(): Promise<BenchRow[]> {
  return [await secondRun('hello-go'), await secondRun('hello-node'), await loading()];
}

/** Compilers keep caches of their own, which both runs have: the first run is not its worst. */
async function secondRun(example: string): Promise<BenchRow> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-service-'));
  const isSource = (path: string) => !path.endsWith('.sparta');
  await cp(join(root, 'examples', example), folder, { recursive: true, filter: isSource });
  await mkdir(join(folder, 'node_modules'));
  for (const each of ['esbuild', '@esbuild'])
    await symlink(join(root, 'node_modules', each), join(folder, 'node_modules', each));
  const preview = () => timeOf([join(root, 'dist/cli.js'), 'provision', '--noop'], folder);
  const times = { first: [] as number[], second: [] as number[] };
  try {
    await preview();
    for (let round = 0; round < ROUNDS; round++) {
      await rm(join(folder, '.sparta'), { recursive: true, force: true });
      times.first.push(await preview());
      times.second.push(await preview());
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [ours, peerValue] = [median(times.second), median(times.first)];
  const ratio = ours / peerValue;
  return {
    name: `second preview of ${example}, sources unchanged`,
    ours,
    peer: 'its first preview',
    peerValue,
    unit: 'ms',
    ratio,
    target: 'under 1x',
    ok: ratio < 1,
  };
}

const DEFINITION = `
enum Size { Small = 128, Large = 1024 }
interface Options { readonly size: Size }
const options: Options = { size: Size.Large };
export default ({ stage }: { readonly stage: string }) => ({
  name: \`bench-\${stage}\`,
  resources: { Topic: { Type: 'AWS::SNS::Topic', Metadata: { ...options } } },
});
`;

/** The very module that loads definitions, by itself, against Node that does nothing. */
async function loading(): Promise<BenchRow> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-load-'));
  const definition = join(folder, 'sparta.config.ts');
  await writeFile(definition, DEFINITION);
  const module = JSON.stringify(join(root, 'src/sources/service/read.ts'));
  const load = `import(${module}).then(({ readDefinition }) => readDefinition(${JSON.stringify(definition)}, ${JSON.stringify(folder)}, async () => ({ stage: 'dev' })))`;
  const times = { ours: [] as number[], bare: [] as number[] };
  try {
    for (let round = 0; round < LOADS; round++) {
      times.bare.push(await timeOf(['-e', '0'], folder));
      times.ours.push(await timeOf(['-e', load], folder));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const [ours, peerValue] = [median(times.ours), median(times.bare)];
  return {
    name: 'loading a TypeScript definition with an enum',
    ours,
    peer: 'bare node -e 0',
    peerValue,
    unit: 'ms',
    ratio: ours / peerValue,
    target: 'under 100 ms more',
    ok: ours - peerValue < 100,
  };
}

function timeOf(args: readonly string[], cwd: string): Promise<number> {
  const start = performance.now();
  return new Promise((done, failed) => {
    spawn(process.execPath, args, { cwd, stdio: 'ignore' }).once('exit', (code) =>
      code === 0 ? done(performance.now() - start) : failed(new Error(`exit code ${code}`)),
    );
  });
}
