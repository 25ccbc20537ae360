/** Variables by which package managers find their way out of this machine: proxies, mirrors and certificates. */
const NAMES =
  /^((https?|no|all)_proxy|ssl_cert_(file|dir)|node_extra_ca_certs|requests_ca_bundle|pip_(cert|index_url|find_links|proxy)|uv_(index_url|default_index|native_tls)|npm_config_(registry|cafile|proxy|https_proxy))$/i;

/** What a runner has in its environment, besides what the tests give it: a package manager may need them. */
export const NETWORK_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    NAMES.test(name) && value !== undefined ? [[name, value]] : [],
  ),
);
