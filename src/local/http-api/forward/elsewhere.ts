import type { HttpEndpoint } from './types.ts';

/** Where requests leave this machine for, as the terminal tells it. */
export const elsewhere = ({ origin, path, query }: HttpEndpoint): string =>
  `${origin}${path}${query === '' ? '' : `?${query}`} (passed on)`;
