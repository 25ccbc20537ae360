/** The pictures of all examples: against what people see in them, and against their templates. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cdkModules, synthesise } from '../../scripts/cdk.ts';
import { pictureOf } from '../../src/picture/graph/index.ts';
import type { Picture, PictureSource } from '../../src/picture/types.ts';
import { constructNames } from '../../src/template/diff/construct-names.ts';
import { isObject, type Json, type Template } from '../../src/template/types.ts';
import { expectFile } from '../support/golden.ts';
import { expandedFile, linesOf } from '../support/pictures.ts';

const root = resolve(import.meta.dirname, '../..');
const files = globSync(['examples/*/template.{json,yaml}', '__tests__/golden/*.json'], { cwd: root }).sort();
const named = files.map((file): [string, string] => [
  file.startsWith('examples') ? (file.split('/')[1] ?? '') : basename(file, '.json'),
  file,
]);

function expectDrawn(name: string, picture: Picture): void {
  expectFile(join(import.meta.dirname, 'expected', `${name}.txt`), `${linesOf(picture).join('\n')}\n`);
}

/** Every resource of a stack and of those in it, by the keys of the picture. */
function allResources({ template, children }: PictureSource, prefix = ''): Map<string, Json> {
  const own = Object.entries(template.Resources).map(([id, value]): [string, Json] => [
    `${prefix}${id}`,
    value,
  ]);
  const inner = [...children].flatMap(([id, child]) => [...allResources(child, `${prefix}${id}.`)]);
  return new Map([...own, ...inner]);
}

/** Without any of the code under test: whether a resource's text names another one. */
const names = (resources: ReadonlyMap<string, Json>, one: string, other: string): boolean =>
  new RegExp(`["{]${other.split('.').at(-1)}["}.]`).test(JSON.stringify(resources.get(one) ?? ''));

function checkAgainst(source: PictureSource, picture: Picture): void {
  const resources = allResources(source);
  const drawn = picture.nodes.flatMap(({ parts }) => parts);
  expect([...new Set([...drawn, ...picture.left])].sort()).toEqual([...resources.keys()].sort());
  for (const { id, kind, type, parts } of picture.nodes) {
    if (kind === 'outside') continue;
    const resource = resources.get(id);
    expect(isObject(resource) && resource.Type).toBe(type);
    expect(parts[0]).toBe(id);
    // Whatever is drawn with it leads to it, by some way through the template.
    const reached = new Set([id]);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const part of parts)
        if ([...reached].some((each) => names(resources, part, each) || names(resources, each, part)))
          reached.add(part);
    }
    expect([...reached].sort()).toEqual([...parts].sort());
  }
  const partsOf = new Map(picture.nodes.map(({ id, parts }) => [id, parts]));
  for (const { from, to } of picture.edges) {
    const [some, others] = [partsOf.get(from) ?? [], partsOf.get(to) ?? []];
    const isNamed = some.some((one) =>
      others.some((other) => names(resources, one, other) || names(resources, other, one)),
    );
    const isOutside = from.startsWith('outside:') || to.startsWith('outside:');
    const isThrough = from.includes('.') || to.includes('.');
    expect([from, to, isNamed || isOutside || isThrough]).toEqual([from, to, true]);
  }
}

describe('of templates', () => {
  it.each(named)('%s', (name, file) => {
    const source = expandedFile(join(root, file));
    const picture = pictureOf(source);
    checkAgainst(source, picture);
    expectDrawn(name, picture);
  });
});

describe('of CDK applications', () => {
  const applications = readdirSync(join(root, 'examples')).filter((name) =>
    existsSync(join(root, 'examples', name, 'cdk.json')),
  );
  let made: string;
  beforeAll(async () => {
    const cdk = await cdkModules();
    if ('missing' in cdk) throw new Error(cdk.missing);
    made = await mkdtemp(join(tmpdir(), 'pictures-'));
    await symlink(cdk.modules, join(made, 'node_modules'));
    await Promise.all(
      applications.map(async (name) => {
        await cp(join(root, 'examples', name), join(made, name), { recursive: true });
        await synthesise(join(made, name));
      }),
    );
  });
  afterAll(() => rm(made, { recursive: true, force: true }));

  it('there are some', () => expect(applications.length).toBeGreaterThan(3));

  it.each(applications)('%s', (name) => {
    const folder = join(made, name, 'cdk.out');
    for (const file of readdirSync(folder).filter((each) => /(?<!nested)\.template\.json$/.test(each))) {
      const source = assembled(folder, file);
      const picture = pictureOf(source);
      checkAgainst(source, picture);
      expectDrawn(`${name}-${file.split('.')[0]}`, picture);
    }
  });
});

/** Nested stacks are in files that the metadata of their resources names. */
function assembled(folder: string, file: string): PictureSource {
  const template = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Template;
  const children = Object.entries(template.Resources).flatMap(([id, resource]): [string, PictureSource][] => {
    const metadata = isObject(resource) ? resource.Metadata : undefined;
    const path = isObject(metadata) ? metadata['aws:asset:path'] : undefined;
    return typeof path === 'string' && path.endsWith('.nested.template.json')
      ? [[id, assembled(folder, path)]]
      : [];
  });
  const names = constructNames(template, undefined);
  return { template, names, codeSizes: {}, children: new Map(children) };
}
