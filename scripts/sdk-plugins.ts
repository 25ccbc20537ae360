import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/** Node's own modules may be left out where nothing of them is used: loading http2 alone takes 3 ms. */
export const unusedBuiltins: Plugin = {
  name: 'unused-builtins',
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ path }) =>
      isBuiltin(path) ? { path, external: true, sideEffects: false } : undefined,
    ),
};

/**
 * What the SDK takes of Node's own modules and loads for longer than all of the SDK that needs it: one function to read
 * files; one function of zlib, with the first checksum; TLS, with the first request that is encrypted. Plain HTTP it
 * loads that late by itself.
 */
const LATE: Readonly<Record<string, string>> = {
  'fs/promises': `import { readFileSync } from 'node:fs';
    export const readFile = async (path, options) => readFileSync(path, options);`,
  zlib: "export const crc32 = (data, value) => process.getBuiltinModule('node:zlib').crc32(data, value);",
  https: `const https = () => process.getBuiltinModule('node:https');
    class Agent {
      constructor(options) { this.options = options; }
      get real() { return (this.made ??= new (https().Agent)(this.options)); }
      destroy() { this.made?.destroy(); }
    }
    const real = (agent) => (agent instanceof Agent ? agent.real : agent);
    const request = (options, ...rest) => https().request({ ...options, agent: real(options.agent) }, ...rest);
    export default { Agent, request };`,
};

export const late = (...names: readonly string[]): Plugin => ({
  name: 'late',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /./ }, ({ path }) => {
      const name = path.replace('node:', '');
      return names.includes(name) ? { path: name, namespace: 'late' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({ contents: LATE[path] ?? '' }));
  },
});

/**
 * How the SDK reads XML, and what stands for that: a text a character at a time, onto a string of as many pieces (a template is
 * one such text, of up to a megabyte); names in the same way; and quotes, of which a template is full, by a function for each.
 */
const BY_CHARACTER: readonly (readonly [slow: RegExp, quick: string])[] = [
  [
    /let text = "";\s*while \(p\.i < p\.z && p\.x\[p\.i\] !== "<"\) \{\s*text \+= p\.x\[p\.i\+\+\];\s*\}/,
    `const end = p.x.indexOf("<", p.i);
     const text = p.x.slice(p.i, end < 0 ? p.z : end);
     p.i += text.length;`,
  ],
  [
    /let tag = "";\s*while \(p\.i < p\.z && !" \\t\\r\\n>\/"\.includes\(p\.x\[p\.i\]\)\) \{\s*tag \+= p\.x\[p\.i\+\+\];\s*\}/,
    `const close = p.x.indexOf(">", p.i);
     let tag = p.x.slice(p.i, close < 0 ? p.z : close);
     const cut = tag.search(/[ \\t\\r\\n/]/);
     if (cut >= 0) tag = tag.slice(0, cut);
     p.i += tag.length;`,
  ],
  [
    /decodeEntities\(s\) \{\s*return s\.replace\(/,
    `decodeEntities(s) {
     if (!s.includes("&")) return s;
     return s.replaceAll("&quot;", '"').replace(`,
  ],
];

/** Lets the SDK read XML at once: the same of it, in a tenth of the time and memory. */
export const quickXml: Plugin = {
  name: 'quick-xml',
  setup: ({ onLoad }) =>
    onLoad({ filter: /xml-builder[\\/]dist-es[\\/]xml-parser\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [slow, quick] of BY_CHARACTER) {
        if (!slow.test(contents))
          throw new Error(
            `${path} reads text in another way now: see BY_CHARACTER in scripts/sdk-plugins.ts`,
          );
        contents = contents.replace(slow, () => quick);
      }
      return { contents };
    }),
};

/** Of a package of the SDK, a client wants to know its version only. */
export const versionOnly: Plugin = {
  name: 'version-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

/** Files of the SDK that are for other places than Node on a runner, by the end of their path, and what stands for them. */
const UNUSED: readonly (readonly [path: RegExp, contents: string])[] = [
  // SHA-256 for a Node without crypto.
  [/[\\/]Sha256Js\.js$/, 'export const Sha256Js = undefined;'],
  // Traces of the invocation that a function in Lambda is in.
  [
    /lambda-invoke-store[\\/]dist-es[\\/]invoke-store\.js$/,
    'export const InvokeStore = { getInstanceAsync: async () => undefined };',
  ],
  // What the names of browsers' classes stand for Node loads when they are named.
  [
    /[\\/]stream-type-check\.js$/,
    `const named = (name) => (value) => value?.constructor?.name === name;
     export const isReadableStream = named('ReadableStream');
     export const isBlob = named('Blob');`,
  ],
  // Streams of browsers; what is no stream of Node's is refused.
  [
    /[\\/]sdk-stream-mixin\.browser\.js$/,
    "export const sdkStreamMixin = () => { throw new Error('this is no stream of Node.js'); };",
  ],
];

/** Leaves out {@link UNUSED}. */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  setup: ({ onLoad }) => {
    for (const [filter, contents] of UNUSED) onLoad({ filter }, () => ({ contents }));
  },
};
