/**
 * `npm run test:collisions FOLDER`: reads every public template below a folder of checkouts (see scripts/corpus.ts), and compares the
 * names that are found to collide with those that stand in it as plain texts. Names that no table knows are listed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../src/problem.ts';
import { fixedNames } from '../src/template/names/fixed-names.ts';
import { nameType } from '../src/template/names/name-types.ts';
import { parseTemplate } from '../src/template/read/parse.ts';
import { references } from '../src/template/references.ts';
import { isObject, type Json, own, type Template } from '../src/template/types.ts';
import { knownParameters } from '../src/template/values/known-value.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give the folder that has the checkouts.');

/** Nothing in a public template is of one copy only. */
const SHARED = { isOwnText: () => false, isOwnValue: () => false };

let templates = 0;
let names = 0;
const missed: string[] = [];
const unknown = new Map<string, number>();
for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  const template = /\.(ya?ml|json|template)$/.test(file) ? read(join(folder, file)) : undefined;
  if (!template) continue;
  templates++;
  const found = fixedNames({ template, known: knownParameters(template) }, SHARED);
  names += found.length;
  for (const [id, resource] of Object.entries(template.Resources)) {
    if (!isObject(resource) || typeof resource.Type !== 'string' || !isObject(resource.Properties)) continue;
    const { Type, Properties, Condition } = resource;
    const about = nameType(Type);
    const written = about?.property.reduce<Json | undefined>(
      (each, key) => (isObject(each) ? own(each, key) : undefined),
      Properties,
    );
    const isText = typeof written === 'string' && written !== '' && Condition === undefined;
    const holder = about?.within === undefined ? undefined : Properties[about.within];
    // Unique only in something that each copy of the stack has for itself: its event bus, its cluster.
    const isWithinCopy =
      holder !== undefined && references(holder).some(({ name }) => Object.hasOwn(template.Resources, name));
    if (isText && !isWithinCopy && !found.some((name) => name.id === id))
      missed.push(`${file}: ${id} is ${written}`);
    if (about) continue;
    const key = ['Name', `${Type.split('::').at(-1)}Name`].find(
      (each) => typeof Properties[each] === 'string',
    );
    if (key !== undefined) unknown.set(`${Type}.${key}`, (unknown.get(`${Type}.${key}`) ?? 0) + 1);
  }
}
for (const [name, count] of [...unknown].sort((a, b) => b[1] - a[1]))
  console.log(`not looked at: ${name} (${count})`);
for (const each of missed) console.error(`missed: ${each}`);
console.log(`${templates} templates, ${names} names that collide, ${missed.length} missed`);
process.exitCode = templates > 0 && missed.length === 0 ? 0 : 1;

/** Other files have other things in them. */
function read(path: string): Template | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    if (!text.includes('Resources') || !text.includes('AWS::')) return undefined;
    const { template } = parseTemplate(text, path);
    return isObject(template.Resources) ? template : undefined;
  } catch (error) {
    if (error instanceof ProblemError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}
