/** The path and the query of a request, which may have question marks of its own. */
export function splitUrl(url: string): { readonly path: string; readonly query: string } {
  // Proxies send the whole address.
  const local = url.replace(/^https?:\/\/[^/?#]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : local.slice(mark + 1) };
}
