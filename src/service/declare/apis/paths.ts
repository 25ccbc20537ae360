import { pascal, shortHash } from '../identifiers.ts';

/** `/orders/{id}` of `GET /orders/{id}`. */
export const pathOf = (route: string): string => route.slice(route.indexOf(' ') + 1).replace(/(.)\/$/, '$1');

/** Letters and digits of a path, with a hash where they do not tell it from others. */
export const pathName = (path: string): string =>
  /^(\/[a-zA-Z0-9]+)*$/.test(path) ? pascal(path) : `${pascal(path)}${shortHash(path)}`;
