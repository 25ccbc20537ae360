import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { xmlUnescaped } from '../../aws-api/xml-text.ts';

/** Parameters as AWS's query protocol flattens them: `Attributes.entry.1.Name=...`. */
export function queryForm(parameters: JsonObject): string {
  const form = new URLSearchParams();
  const put = (name: string, value: Json | undefined): void => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) put(`${name}.member.${index + 1}`, item);
    else if (isObject(value)) {
      const names = mapNames(name);
      for (const [index, [key, item]] of Object.entries(value).entries()) {
        if (!names) put(`${name}.${key}`, item);
        else {
          form.set(`${name}.entry.${index + 1}.${names[0]}`, key);
          put(`${name}.entry.${index + 1}.${names[1]}`, item);
        }
      }
    } else if (value !== undefined) form.set(name, String(value));
  };
  for (const [name, value] of Object.entries(parameters)) put(name, value);
  return form.toString();
}

/** What a key and a value of a map are called; nothing where it is a structure. Source: the API model of SNS. */
function mapNames(name: string): readonly [key: string, value: string] | undefined {
  if (name.endsWith('MessageAttributes')) return ['Name', 'Value'];
  return name === 'Attributes' ? ['key', 'value'] : undefined;
}

const inside = (xml: string, name: string): string =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '';

/** The values of an answer in XML, or its error. */
export function queryAnswer(
  xml: string,
  action: string,
  ok: boolean,
): { readonly answer: Json; readonly error?: { readonly code: string; readonly message: string } } {
  if (!ok)
    return {
      answer: null,
      error: { code: inside(xml, 'Code') || 'Error', message: xmlUnescaped(inside(xml, 'Message')) },
    };
  const found = valueIn(inside(xml, `${action}Result`));
  return { answer: isObject(found) ? found : {} };
}

/** What is in an element: a list (of `member`), a map (of `entry`), more elements by their names, or text. */
function valueIn(xml: string): Json {
  const children = childrenOf(xml);
  const [first] = children;
  if (!first) return xmlUnescaped(xml);
  if (first.name === 'member') return children.map(({ inner }) => valueIn(inner));
  if (first.name === 'entry')
    return Object.fromEntries(
      children.map(({ inner }) => [xmlUnescaped(inside(inner, 'key')), valueIn(inside(inner, 'value'))]),
    );
  return Object.fromEntries(
    children.map(({ name, inner }) => [name, inner === '' && LISTS.includes(name) ? [] : valueIn(inner)]),
  );
}

/** Without any item, they look like text. */
const LISTS = ['Topics', 'Subscriptions', 'Tags', 'Successful', 'Failed'];

interface XmlElement {
  readonly name: string;
  readonly inner: string;
}

/** The elements at the top of a text, which has no comments and no sections of other kinds. */
function childrenOf(xml: string): XmlElement[] {
  const children: XmlElement[] = [];
  let depth = 0;
  let begin = 0;
  for (const { 0: tag, 1: close, 2: name = '', index } of xml.matchAll(/<(\/?)(\w+)[^>]*>/g)) {
    if (tag.endsWith('/>')) {
      if (depth === 0) children.push({ name, inner: '' });
    } else if (close === '') {
      if (depth++ === 0) begin = index + tag.length;
    } else if (--depth === 0) children.push({ name, inner: xml.slice(begin, index) });
  }
  return children;
}
