import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pythonTools } from '../../scripts/venv.ts';
import { readElf } from '../../src/packaging/elf.ts';
import { builder } from '../../src/packaging/toolchains/build.ts';
import type { RustBuild } from '../../src/packaging/toolchains/spec.ts';
import { isBuiltAgain, makeProject, type Project, whyBuiltAgain } from '../packaging/support.ts';

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const spec = (directory: string, changes: Partial<RustBuild> = {}): RustBuild => ({
  kind: 'rust',
  directory,
  runtime: 'provided.al2023',
  architecture: process.arch === 'arm64' ? 'arm64' : 'x86_64',
  ...changes,
});

const manifest = (name: string, rest = '') =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${rest}`;

const lock = (...names: readonly string[]) =>
  `version = 4\n${names.map((name) => `\n[[package]]\nname = "${name}"\nversion = "0.1.0"\n${name === 'hello' && names.length > 1 ? 'dependencies = [\n "common",\n]\n' : ''}`).join('')}`;

/** A program with a package beside it, a build script, and a place in a file that it would print. */
const FILES = {
  'fn/Cargo.toml': manifest('hello', '[dependencies]\ncommon = { path = "../common" }\n'),
  'fn/Cargo.lock': lock('common', 'hello'),
  'fn/build.rs': `fn main() {
  let out = std::env::var("OUT_DIR").unwrap();
  std::fs::write(format!("{out}/made.rs"), "pub fn made(at: usize) -> u32 { [1, 2][at] }").unwrap();
}
`,
  'fn/src/main.rs': `include!(concat!(env!("OUT_DIR"), "/made.rs"));
fn main() { println!("{} {}", common::rate(), made(std::env::args().count())); }
`,
  'common/Cargo.toml': manifest('common'),
  'common/src/lib.rs': 'pub fn rate() -> u32 { std::env::args().count().checked_add(2).unwrap() as u32 }\n',
};

const withoutCargo =
  spawnSync('cargo', ['--version']).status === 0 ? undefined : 'Rust is not tested: there is no cargo here';
if (withoutCargo) console.warn(withoutCargo);
const lambda = await pythonTools('cargo-lambda');
const target = spawnSync('rustup', ['target', 'add', 'aarch64-unknown-linux-gnu']);
const withoutLambda =
  withoutCargo ??
  ('missing' in lambda ? `cargo-lambda is not tested: ${lambda.missing}` : undefined) ??
  (target.status === 0 ? undefined : 'cargo-lambda is not tested: rustup cannot add a target');
if (withoutLambda && !withoutCargo) console.warn(withoutLambda);

(withoutCargo ? describe.skip : describe)('Rust', () => {
  it('makes the same bootstrap in any place, of this package and the one beside it', async () => {
    const binaries: Buffer[] = [];
    for (const folder of ['.', 'deep/er']) {
      const each = project(
        Object.fromEntries(Object.entries(FILES).map(([name, text]) => [join(folder, name), text])),
      );
      const { path } = await builder(each.output, each.context)(spec(join(each.root, folder, 'fn')));
      expect(spawnSync(join(path, 'bootstrap'), { encoding: 'utf8' }).stdout).toBe('3 2\n');
      binaries.push(readFileSync(join(path, 'bootstrap')));
      expect(binaries.at(-1)?.includes(each.root)).toBe(false);
      expect(spawnSync('find', [each.root, '-name', 'target']).stdout.toString()).toBe('');
    }
    expect(binaries[1]?.equals(binaries[0] ?? Buffer.alloc(0))).toBe(true);
    expect(readElf(binaries[0] ?? Buffer.alloc(0))?.machine).toBe(spec('').architecture);
  });

  it('builds again when a package beside it changes, although the new file is an old one', async () => {
    const each = project(FILES);
    const build = spec(join(each.root, 'fn'));
    const { path } = await builder(each.output, each.context)(build);
    expect(await isBuiltAgain(each, build)).toBe(false);
    each.write({ 'common/src/lib.rs': 'pub fn rate() -> u32 { 5 }\n' });
    spawnSync('touch', ['-d', '2001-01-01', join(each.root, 'common/src/lib.rs')]);
    const again = await builder(each.output, { ...each.context, answers: new Map() })(build);
    expect(again.from).toBe('toolchain');
    expect(spawnSync(join(again.path, 'bootstrap'), { encoding: 'utf8' }).stdout).toBe('5 2\n');
    expect(again.path).not.toBe(path);
  });

  it('takes what sources include from any folder, and settings above, at their word', async () => {
    const each = project({
      'fn/Cargo.toml': manifest('hello'),
      'fn/Cargo.lock': lock('hello'),
      'fn/src/main.rs': 'fn main() { println!("{}", include_str!("../../said/word.txt")); }\n',
      'said/word.txt': 'old',
    });
    const build = spec(join(each.root, 'fn'));
    const said = async () => {
      const { path } = await builder(each.output, { ...each.context, answers: new Map() })(build);
      return spawnSync(join(path, 'bootstrap'), { encoding: 'utf8' }).stdout;
    };
    expect(await said()).toBe('old\n');
    expect(await whyBuiltAgain(each, build)).toBeUndefined();
    each.write({ '.cargo/config.toml': '[profile.release]\nopt-level = 0\n' });
    expect(await whyBuiltAgain(each, build)).toBe('.cargo/config.toml has changed');
    rmSync(join(each.root, '.cargo'), { recursive: true });
    each.write({ 'Cargo.toml': '[workspace]\nmembers = ["fn"]\n' });
    expect(await whyBuiltAgain(each, build)).toBe('Cargo.toml has changed');
    rmSync(join(each.root, 'Cargo.toml'));
    each.write({ 'said/word.txt': 'new' });
    expect(await said()).toBe('new\n');
  });

  it('reports errors at their lines, from the root of the workspace', async () => {
    const each = project({ ...FILES, 'common/src/lib.rs': 'pub fn rate() -> u32 {\n  missing\n}\n' });
    await expect(builder(each.output, each.context)(spec(join(each.root, 'fn')))).rejects.toMatchObject({
      problems: [
        {
          message: expect.stringContaining('cannot find value `missing`'),
          place: { file: 'common/src/lib.rs', line: 2, column: 3 },
        },
      ],
    });
  });

  it('asks which of several programs it shall be, and takes the one that is named', async () => {
    const each = project({
      'Cargo.toml': manifest('hello'),
      'src/bin/one.rs': 'fn main() { println!("1"); }\n',
      'src/bin/two.rs': 'fn main() { println!("2"); }\n',
    });
    const build = builder(each.output, each.context);
    await expect(build(spec(each.root))).rejects.toThrow('it builds several programs: one, two');
    const { path } = await build(spec(each.root, { binary: 'two' }));
    expect(spawnSync(join(path, 'bootstrap'), { encoding: 'utf8' }).stdout).toBe('2\n');
    const all = project({
      'Cargo.toml':
        '[workspace]\nmembers = ["libs/*"]\nresolver = "2"\n[workspace.package]\nversion = "0.1.0"\n',
      'libs/hello/Cargo.toml': manifest('hello').replace('version = "0.1.0"', 'version.workspace = true'),
      'libs/hello/src/main.rs': 'fn main() { println!("a member"); }\n',
    });
    const member = builder(all.output, all.context);
    for (const directory of [all.root, join(all.root, 'libs/hello')]) {
      const { path: folder } = await member(spec(directory, { binary: 'hello' }));
      expect(spawnSync(join(folder, 'bootstrap'), { encoding: 'utf8' }).stdout).toBe('a member\n');
    }
    await expect(member(spec(all.root))).rejects.toThrow(
      'it is the manifest of a workspace, not of a package',
    );
    // Where no version was locked, none is written beside the sources either.
    expect(spawnSync('ls', [each.root], { encoding: 'utf8' }).stdout).toBe('Cargo.toml\nsrc\n');
  });

  it('says what is missing: a package, cargo, what links for another machine', async () => {
    const each = project({ ...FILES, 'Cargo.toml': '[workspace]\nmembers = ["fn"]\n' });
    rmSync(join(each.root, 'common/Cargo.toml'));
    const build = builder(each.output, each.context);
    await expect(build(spec(join(each.root, 'fn')))).rejects.toThrow('common');
    await expect(build(spec(join(each.root, 'nowhere')))).rejects.toThrow();
    const env = { ...each.context.env, PATH: '/nowhere' };
    await expect(builder(each.output, { ...each.context, env })(spec(each.root))).rejects.toMatchObject({
      problems: [{ message: 'cargo was not found', next: expect.stringContaining('rustup') }],
    });
  });

  it('believes cargo which files it read, but not where code of packages ran', async () => {
    const each = project({
      'Cargo.toml': manifest('hello'),
      'Cargo.lock': lock('hello'),
      'src/main.rs': 'fn main() { println!("{}", include_str!("../said.txt")); }\n',
      'said.txt': 'one',
      'README.md': 'Read me.',
    });
    const build = spec(each.root);
    await builder(each.output, each.context)(build);
    each.write({ 'README.md': 'Read me again.', 'src/other.rs': 'not mentioned', 'test/x.rs': '' });
    expect(await isBuiltAgain(each, build)).toBe(false);
    const changes: readonly Readonly<Record<string, string>>[] = [
      { 'said.txt': 'two' },
      { 'src/lib.rs': 'pub fn x() {}\n' },
      { '.cargo/config.toml': '[build]\nrustflags = ["-C", "debuginfo=1"]\n' },
      { 'build.rs': 'fn main() {}\n' },
      { 'README.md': 'A build script may read it.' },
    ];
    for (const files of changes) {
      each.write(files);
      expect([files, await isBuiltAgain(each, build)]).toEqual([files, true]);
    }
  });
});

(withoutLambda ? describe.skip : describe)('Rust with cargo-lambda', () => {
  it('makes the same bootstrap in any place, for each machine and the glibc of each runtime', async () => {
    const PATH = `${'bin' in lambda ? lambda.bin : ''}:${process.env.PATH}`;
    const built = async (folder: string, changes: Partial<RustBuild>): Promise<Buffer> => {
      const each = project(FILES);
      const context = { ...each.context, env: { ...each.context.env, PATH }, tools: join(each.root, folder) };
      const { path } = await builder(each.output, context)(spec(join(each.root, 'fn'), changes));
      return readFileSync(join(path, 'bootstrap'));
    };
    const arm = await built('a', { architecture: 'arm64' });
    expect(readElf(arm)?.machine).toBe('arm64');
    expect((await built('b/c', { architecture: 'arm64' })).equals(arm)).toBe(true);
    const old = readElf(await built('a', { architecture: 'x86_64', runtime: 'provided.al2' }));
    expect(old?.machine).toBe('x86_64');
    expect(old?.glibc?.[1]).toBeLessThanOrEqual(26);
  });
});
