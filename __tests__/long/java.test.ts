import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { builder } from '../../src/packaging/toolchains/build.ts';
import { classProblems } from '../../src/packaging/toolchains/java/class-version.ts';
import type { JavaBuild } from '../../src/packaging/toolchains/spec.ts';
import { walk } from '../../src/packaging/workspace/walk.ts';
import { isBuiltAgain, makeProject, type Project } from '../packaging/support.ts';

const made: Project[] = [];
const project = (files: Readonly<Record<string, string>>): Project => {
  const each = makeProject(files);
  made.push(each);
  return each;
};
afterEach(() => {
  for (const each of made.splice(0)) each.remove();
});

const spec = (directory: string, changes: Partial<JavaBuild> = {}): JavaBuild => ({
  kind: 'java',
  directory,
  runtime: 'java17',
  layer: false,
  ...changes,
});

/** Names of files below a folder, with their hashes. */
function contents(folder: string): Readonly<Record<string, string>> {
  const items = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = items.flatMap((item) =>
    item.isFile() ? [join(item.parentPath, item.name).slice(folder.length + 1)] : [],
  );
  return Object.fromEntries(
    names.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** As the JVM would load it: from classes and `lib/*`. */
const run = (folder: string): string =>
  spawnSync('java', ['-cp', `${folder}:${folder}/lib/*`, 'com.acme.Hello'], { encoding: 'utf8' }).stdout;

const SOURCES = {
  'fn/src/main/java/com/acme/Hello.java':
    'package com.acme;\npublic class Hello {\n  public static void main(String[] args) { System.out.print(Rate.rate()); }\n}\n',
  'fn/src/main/resources/app.properties': 'x=1\n',
  'shared/src/main/java/com/acme/Rate.java':
    'package com.acme;\npublic class Rate { public static int rate() { return 3; } }\n',
};

const pom = (name: string, rest: string) =>
  `<project xmlns="http://maven.apache.org/POM/4.0.0">\n<modelVersion>4.0.0</modelVersion>\n${
    name === 'parent'
      ? '<groupId>com.acme</groupId>'
      : '<parent><groupId>com.acme</groupId><artifactId>parent</artifactId><version>1.0</version></parent>'
  }\n<artifactId>${name}</artifactId>${name === 'parent' ? '<version>1.0</version>' : ''}\n${rest}\n</project>\n`;

/** A module named like a package of Maven Central: it must come from here. */
const MAVEN = {
  ...SOURCES,
  'pom.xml': pom(
    'parent',
    '<packaging>pom</packaging><modules><module>fn</module><module>shared</module></modules><properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>',
  ),
  'fn/pom.xml': pom(
    'fn',
    '<dependencies><dependency><groupId>com.acme</groupId><artifactId>shared</artifactId><version>1.0</version></dependency></dependencies>',
  ),
  'shared/pom.xml': pom('shared', ''),
};

const GRADLE = {
  ...SOURCES,
  'settings.gradle': "include 'fn', 'shared'\n",
  'fn/build.gradle':
    "apply plugin: 'java'\ndependencies { compileOnly project(':shared')\n  runtimeOnly project(':shared') }\n",
  'shared/build.gradle': "apply plugin: 'java'\n",
};

const missing = (...programs: readonly string[]): string | undefined => {
  const absent = programs.filter((program) => spawnSync(program, ['--version']).error !== undefined);
  return absent.length > 0 ? `not tested: there is no ${absent.join(' and no ')} here` : undefined;
};

const TOOLS = [
  { tool: 'Maven', files: MAVEN, first: [], jar: 'com.acme.shared-1.0.jar', without: missing('mvn', 'java') },
  {
    tool: 'Gradle',
    files: GRADLE,
    first: ['META-INF/MANIFEST.MF'],
    jar: 'shared.jar',
    without: missing('gradle', 'java'),
  },
] as const;

for (const { tool, files, first, jar, without } of TOOLS) {
  if (without) console.warn(`${tool} is ${without}`);
  (without ? describe.skip : describe)(`Java with ${tool}`, () => {
    it('makes classes and libraries, the same in any place, writes nothing beside the sources, and builds again when the module beside it changes', async () => {
      const results: Readonly<Record<string, string>>[] = [];
      for (const each of [project(files), project(files)]) {
        const before = contents(each.root);
        const { path } = await builder(each.output, each.context)(spec(join(each.root, 'fn')));
        expect(Object.keys(contents(path))).toEqual([
          ...first,
          'app.properties',
          'com/acme/Hello.class',
          `lib/${jar}`,
        ]);
        expect(run(path)).toBe('3');
        expect(Object.keys(contents(each.root)).filter((name) => !name.startsWith('.sparta/'))).toEqual(
          Object.keys(before),
        );
        results.push(contents(path));
      }
      expect(results[1]).toEqual(results[0]);
      const [each] = made;
      if (!each) return;
      const build = spec(join(each.root, 'fn'));
      each.write({ 'unread/notes.txt': 'changed' });
      expect(await isBuiltAgain(each, build)).toBe(false);
      each.write({
        'shared/src/main/java/com/acme/Rate.java':
          'package com.acme;\npublic class Rate { public static int rate() { return 5; } }\n',
      });
      const again = await builder(each.output, { ...each.context, answers: new Map() })(build);
      expect(run(again.path)).toBe('5');
    });

    it('makes jars of a layer, below java/lib', async () => {
      const each = project(files);
      const { path } = await builder(
        each.output,
        each.context,
      )(spec(join(each.root, 'shared'), { layer: true }));
      expect(Object.keys(contents(path))).toEqual([
        tool === 'Maven' ? 'java/lib/shared-1.0.jar' : 'java/lib/shared.jar',
      ]);
    });

    it('reports errors at their lines', async () => {
      const each = project({
        ...files,
        'shared/src/main/java/com/acme/Rate.java':
          'package com.acme;\npublic class Rate {\n  missing x;\n}\n',
      });
      const build = builder(each.output, each.context);
      await expect(build(spec(join(each.root, 'fn')))).rejects.toMatchObject({
        problems: [
          {
            message: expect.stringContaining('cannot find symbol'),
            place: { file: 'shared/src/main/java/com/acme/Rate.java', line: 3 },
          },
        ],
      });
    });
  });
}

describe('Java classes', () => {
  it('that the runtime cannot load are refused, but not those for newer releases only', () => {
    const { root, context } = project({});
    const compiled = (release: number) => Buffer.from([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 44 + release]);
    const write = (name: string, release: number): void => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), compiled(release));
    };
    write('com/acme/Hello.class', 17);
    write('META-INF/versions/21/com/acme/Hello.class', 21);
    const problems = (runtime: string) => classProblems(runtime, root, walk(context.space, root));
    expect(problems('java17.al2023')).toEqual([]);
    expect(problems('java11')).toMatchObject([
      { message: 'com/acme/Hello.class is compiled for Java 17, which java11 cannot load' },
    ]);
    write('com/acme/Hello.class', 8);
    expect(problems('java8.al2')).toEqual([]);
  });
});

describe('Java without its tools', () => {
  it('says which is missing, or which file', async () => {
    const each = project({ ...MAVEN, 'gradle/build.gradle': '' });
    const env = { ...each.context.env, PATH: '/nowhere' };
    const build = builder(each.output, { ...each.context, env });
    await expect(build(spec(join(each.root, 'fn')))).rejects.toMatchObject({
      problems: [{ message: 'mvn was not found', next: expect.stringContaining('actions/setup-java') }],
    });
    await expect(build(spec(join(each.root, 'gradle')))).rejects.toMatchObject({
      problems: [{ message: 'gradle was not found', next: expect.stringContaining('gradlew') }],
    });
    await expect(build(spec(join(each.root, 'shared/src')))).rejects.toThrow(
      'there is neither build.gradle nor build.gradle.kts nor pom.xml',
    );
  });
});
