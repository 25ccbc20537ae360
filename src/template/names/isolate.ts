import { sha256 } from '../../hash/canonical.ts';
import type { TemplateDocument, TemplateEdit } from '../document.ts';
import { isObject, type Json, own, type TemplatePath } from '../types.ts';
import { equivalent } from '../values/equivalence.ts';
import type { FixedName } from './fixed-names.ts';

/** How a name becomes one of its stack's own, or why it cannot. */
export type Isolation =
  | { readonly kind: 'edit'; readonly edit: TemplateEdit }
  | { readonly kind: 'unsafe'; readonly why: string };

const STACK = '${AWS::StackName}';
const HASH_LENGTH = 8;

/**
 * Makes a name unique to its stack, by the stack's name behind it, where nothing else goes by the former name.
 *
 * @param stackName what the stack is called; of a nested stack, whose name CloudFormation makes, `undefined`
 * @param all every fixed name of the template: they change together
 */
export function isolated(
  name: FixedName,
  document: TemplateDocument,
  { stackName, all }: { readonly stackName: string | undefined; readonly all: readonly FixedName[] },
): Isolation {
  const { about, path, value } = name;
  if (about.kind === 'address') return unsafe('it is an address that the world knows');
  if (valueAt(document.template, path) === undefined)
    return unsafe('it is made by a loop or a default of all functions');
  const elsewhere = mentions(document, value, new Set(all.map((each) => JSON.stringify(each.path))));
  if (elsewhere) {
    const { line } = document.locate(elsewhere);
    const where = `${elsewhere.slice(0, 2).join('.')}${line === undefined ? '' : ` (line ${line})`}`;
    return unsafe(`${where} goes by it, and would not find it any more`);
  }
  if (about.isLower && stackName !== stackName?.toLowerCase())
    return unsafe('it may have no upper-case letters, which the name of the stack has');
  const made = withStack(value, about.longest - 1 - (stackName?.length ?? 0), stackName);
  return made === undefined
    ? unsafe(`with the name of the stack it would have more than ${about.longest} characters`)
    : { kind: 'edit', edit: { path, value: made } };
}

const unsafe = (why: string): Isolation => ({ kind: 'unsafe', why });

/** @param room characters that are left beside the name of the stack */
function withStack(value: Json, room: number, stackName: string | undefined): Json | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    const cut = stackName === undefined ? String(value) : fitting(String(value), room);
    return cut === undefined ? undefined : { 'Fn::Sub': behind(cut.replaceAll('${', '${!')) };
  }
  if (!isObject(value)) return undefined;
  const text = own(value, 'Fn::Sub');
  if (typeof text === 'string') return { 'Fn::Sub': behind(text) };
  if (Array.isArray(text) && typeof text[0] === 'string')
    return { 'Fn::Sub': [behind(text[0]), ...text.slice(1)] };
  if (typeof value.Ref === 'string') return { 'Fn::Sub': `\${${value.Ref}}-${STACK}` };
  return { 'Fn::Join': ['-', [value, { Ref: 'AWS::StackName' }]] };
}

/** Queues and topics that keep order end in `.fifo`. */
const behind = (text: string): string =>
  text.endsWith('.fifo') ? `${text.slice(0, -'.fifo'.length)}-${STACK}.fifo` : `${text}-${STACK}`;

function fitting(text: string, room: number): string | undefined {
  if (text.length <= room) return text;
  const left = room - HASH_LENGTH - 1;
  if (left < 1 || text.endsWith('.fifo')) return undefined;
  return `${text.slice(0, left).replace(/-+$/, '')}-${sha256(text).slice(0, HASH_LENGTH)}`;
}

/** Says things to people only. */
const PROSE = new Set(['Description', 'Metadata', 'Comment', 'AllowedValues', 'Default']);

/** Where else a template goes by a name: written the same, or in an ARN or an address. */
function mentions(
  { template }: TemplateDocument,
  name: Json,
  except: ReadonlySet<string>,
): TemplatePath | undefined {
  const text = isObject(name) ? own(name, 'Fn::Sub') : name;
  const token = typeof text === 'string' ? new RegExp(`(^|[^\\w-])${escaped(text)}($|[^\\w-])`) : undefined;
  const walk = (value: Json, path: TemplatePath): TemplatePath | undefined => {
    if (except.has(JSON.stringify(path))) return undefined;
    if (isObject(value) || typeof value === 'string') {
      if (equivalent(value, name)) return path;
      if (typeof value === 'string' && /arn:|:\/\//.test(value) && token?.test(value)) return path;
    }
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, item] of Object.entries(value)) {
      const found = PROSE.has(key)
        ? undefined
        : walk(item as Json, [...path, Array.isArray(value) ? Number(key) : key]);
      if (found) return found;
    }
    return undefined;
  };
  for (const section of ['Resources', 'Outputs']) {
    const found = walk(own(template, section) ?? null, [section]);
    if (found) return found;
  }
  return undefined;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function valueAt(value: Json, path: TemplatePath): Json | undefined {
  return path.reduce<Json | undefined>(
    (each, step) => (isObject(each) ? own(each, String(step)) : undefined),
    value,
  );
}
