import { textDiff } from '../../template/diff/text.ts';
import { isIntrinsic } from '../../template/intrinsics.ts';
import { isObject, type Json, type JsonObject } from '../../template/types.ts';

/** Function calls up to this length stand on one line. */
const LONGEST_FLOW = 100;

/** A value as people write it in YAML, with short-form tags; the first line may be the only one. */
export function valueText(value: Json): string {
  return lines(value).join('\n');
}

/**
 * The change of one value as lines of a unified diff, signs first.
 *
 * @param name what changes; stands before the value
 */
export function changeLines(name: string, before: Json | undefined, after: Json | undefined): string[] {
  if (
    typeof before === 'string' &&
    typeof after === 'string' &&
    before.includes('\n') &&
    after.includes('\n')
  ) {
    return [
      `  ${name}: |`,
      ...textDiff(before.split('\n'), after.split('\n')).map(
        (line) => `${line.slice(0, 2)}  ${line.slice(2)}`,
      ),
    ];
  }
  return [...side('-', name, before), ...side('+', name, after)];
}

function side(sign: '-' | '+', name: string, value: Json | undefined): string[] {
  return value === undefined ? [] : field(name, value).map((line) => `${sign} ${line}`);
}

/** `name: value`, or the name and the value indented below it. */
function field(name: string, value: Json): string[] {
  // Once: each level of nested values would double the time.
  const all = lines(value);
  if (isBlock(value)) return [`${name}:`, ...all.map((line) => `  ${line}`)];
  const [first = '', ...rest] = all;
  return [`${name}: ${first}`, ...rest.map((line) => `  ${line}`)];
}

const isBlock = (value: Json): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : isObject(value) && Object.keys(value).length > 0 && shortForm(value) === undefined;

function lines(value: Json): string[] {
  if (typeof value === 'string') return value.includes('\n') ? ['|', ...value.split('\n')] : [scalar(value)];
  if (Array.isArray(value)) return value.length === 0 ? ['[]'] : value.flatMap(item);
  if (!isObject(value)) return [String(value)];
  const short = shortForm(value);
  if (short !== undefined) return [short];
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, each]) => field(key, each));
}

function item(value: Json): string[] {
  const [first = '', ...rest] = lines(value);
  return [`- ${first}`, ...rest.map((line) => `  ${line}`)];
}

/** Quotes only where the text would not be seen, or be taken for something else. */
const scalar = (text: string): string =>
  /^\s|\s$|^$|^(true|false|null|~|[-+]?\d[\d.]*)$/i.test(text) ? JSON.stringify(text) : text;

/** `!Ref Table`, `!GetAtt Table.Arn`, `!Sub ...`, where that fits a line. */
function shortForm(value: JsonObject): string | undefined {
  if (!isIntrinsic(value)) return undefined;
  const [key = '', argument] = Object.entries(value)[0] ?? [];
  const tag = `!${key.replace('Fn::', '')}`;
  if (typeof argument === 'string') return argument.includes('\n') ? undefined : `${tag} ${argument}`;
  if (key === 'Fn::GetAtt' && Array.isArray(argument) && argument.every((part) => typeof part === 'string'))
    return `${tag} ${argument.join('.')}`;
  const flow = argument === undefined ? '' : flowText(argument);
  return flow.length > 0 && flow.length <= LONGEST_FLOW ? `${tag} ${flow}` : undefined;
}

/** Text that may be JSON (a reference in a policy, after the kind of a principal) as people write it, on one line. */
export function readable(text: string): string {
  const [, kind = '', json = ''] = /^(\w+: |not )?([[{].*)$/s.exec(text) ?? [];
  if (json === '') return text;
  try {
    const value = JSON.parse(json) as Json;
    return kind + (inlineText(value) ?? flowText(value));
  } catch {
    return text;
  }
}

/** What `Fn::Sub`, and `Fn::Join` without a separator, make of references: `arn:${AWS::Partition}:s3:::logs`. */
function inlineText(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (!isObject(value) || !isIntrinsic(value)) return undefined;
  const [name = '', argument = null] = Object.entries(value)[0] ?? [];
  const sub = name === 'Fn::Sub' ? argument : undefined;
  if (typeof sub === 'string') return sub;
  if (name !== 'Fn::Join' || !Array.isArray(argument) || argument[0] !== '' || !Array.isArray(argument[1]))
    return undefined;
  const parts = argument[1].map((part) => inlineText(part) ?? variableText(part));
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

/** A reference as a variable of `Fn::Sub`. */
function variableText(value: Json): string | undefined {
  const [name, argument] = isObject(value) ? (Object.entries(value)[0] ?? []) : [];
  if (name === 'Ref' && typeof argument === 'string') return `\${${argument}}`;
  if (name !== 'Fn::GetAtt') return undefined;
  return `\${${Array.isArray(argument) ? argument.join('.') : String(argument)}}`;
}

/** A value on one line: `[-, [a, !Ref B]]`. */
function flowText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (isObject(value)) {
    return (
      shortForm(value) ??
      `{${Object.entries(value)
        .map(([key, each]) => `${key}: ${flowText(each)}`)
        .join(', ')}}`
    );
  }
  if (typeof value !== 'string') return String(value);
  // Limits of grants are JSON in texts.
  const shown = readable(value);
  if (shown !== value) return shown;
  return /[,[\]{}\n]|^\s*$/.test(value) ? JSON.stringify(value) : value;
}
