import type { TemplateEdit } from '../document.ts';
import { isObject, type Json, own, type Template, type TemplatePath } from '../types.ts';

/** Sets values in a copy; the template is left as it is. */
export function editValue(template: Template, edits: readonly TemplateEdit[]): Template {
  const result = structuredClone(template);
  for (const { path, value } of edits) setIn(result, path, value);
  return result;
}

/** A step that is no own key makes a map of its own: `__proto__` in a path reaches nothing but the template. */
function setIn(root: Json, path: TemplatePath, value: Json | undefined): void {
  let at: Json = root;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (Array.isArray(at) && typeof step === 'number') {
      if (last && value !== undefined) at[step] = value;
      at = at[step] ?? null;
    } else if (isObject(at)) {
      const key = String(step);
      const before: Json | undefined = own(at, key);
      if (last && value === undefined) delete at[key];
      else if (last) define(at, key, value ?? null);
      else if (!isObject(before) && !Array.isArray(before)) {
        if (value === undefined) return;
        define(at, key, {});
      }
      at = own(at, key) ?? null;
    } else return;
  }
}

const define = (map: object, key: string, value: Json): void => {
  Object.defineProperty(map, key, { value, configurable: true, enumerable: true, writable: true });
};
