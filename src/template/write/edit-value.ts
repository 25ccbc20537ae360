import type { TemplateEdit } from '../document.ts';
import { isObject, type Json, own, type Template } from '../types.ts';

/** Sets values in a copy, which shares with the template what is not on the way to them. */
export function editValue(template: Template, edits: readonly TemplateEdit[]): Template {
  const copied = new Set<Json>();
  const copyOf = <T extends Json>(value: T): T => {
    if (typeof value !== 'object' || value === null || copied.has(value)) return value;
    const copy = (Array.isArray(value) ? [...value] : { ...value }) as T;
    copied.add(copy);
    return copy;
  };
  const result = copyOf(template);
  for (const { path, value } of edits) setIn(result, { path, value, copyOf });
  return result;
}

interface Setting extends TemplateEdit {
  /** What may be changed in place of a value: a copy, unless it is one. */
  readonly copyOf: <T extends Json>(value: T) => T;
}

/** A step that is no own key makes a map of its own: `__proto__` in a path reaches nothing but the template. */
function setIn(root: Json, { path, value, copyOf }: Setting): void {
  let at: Json = root;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (Array.isArray(at) && typeof step === 'number') {
      if (last && value !== undefined) at[step] = value;
      else if (step in at) at[step] = copyOf(at[step] ?? null);
      at = at[step] ?? null;
    } else if (isObject(at)) {
      const key = String(step);
      const before: Json | undefined = own(at, key);
      if (last && value === undefined) delete at[key];
      else if (last) define(at, key, value ?? null);
      else if (isObject(before) || Array.isArray(before)) define(at, key, copyOf(before));
      else {
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
