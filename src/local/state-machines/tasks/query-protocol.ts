import { isObject, type Json, type JsonObject } from '../../../template/types.ts';
import { xmlUnescaped } from '../../aws-api/xml-text.ts';

/** Parameters as AWS's query protocol flattens them: `Attributes.entry.1.Name=...`. */
export function queryForm(parameters: JsonObject): string {
  const form = new URLSearchParams();
  const put = (name: string, value: Json | undefined): void => {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) put(`${name}.member.${index + 1}`, item);
    else if (isObject(value)) {
      const isMap = name.endsWith('MessageAttributes');
      for (const [index, [key, item]] of Object.entries(value).entries()) {
        if (!isMap) put(`${name}.${key}`, item);
        else {
          form.set(`${name}.entry.${index + 1}.Name`, key);
          put(`${name}.entry.${index + 1}.Value`, item);
        }
      }
    } else if (value !== undefined) form.set(name, String(value));
  };
  for (const [name, value] of Object.entries(parameters)) put(name, value);
  return form.toString();
}

const inside = (xml: string, name: string): string =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '';

/** The flat values of an answer in XML, or its error. */
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
  const result = inside(xml, `${action}Result`);
  const found: JsonObject = {};
  for (const [, name = '', value = ''] of result.matchAll(/<(\w+)>([^<]*)<\/\1>/g))
    found[name] = xmlUnescaped(value);
  return { answer: found };
}
