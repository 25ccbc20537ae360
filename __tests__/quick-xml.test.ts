import { beforeAll, expect, it } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { quickXml } from '../scripts/sdk-plugins.ts';

type Parse = (text: string) => unknown;

/** The parser of the SDK as a bundle has it. */
async function parser(plugins: Plugin[]): Promise<Parse> {
  const { outputFiles } = await build({
    stdin: { contents: "export { parseXML } from '@aws-sdk/xml-builder';", resolveDir: import.meta.dirname },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    write: false,
    plugins,
  });
  const module = { exports: {} as { parseXML: Parse } };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
    module,
    module.exports,
    process.getBuiltinModule,
  );
  return module.exports.parseXML;
}

let theirs: Parse;
let ours: Parse;
beforeAll(async () => {
  theirs = await parser([]);
  ours = await parser([quickXml]);
});

const outcome = (parse: Parse, text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    return String(error);
  }
};

const piece = fc.constantFrom(
  ...[
    'a',
    '&quot;',
    '&amp;quot;',
    '&amp;',
    '&#34;',
    '&#x22;',
    '&lt;',
    '&none;',
    '&',
    ';',
    '"',
    ' ',
    '\n',
    '>',
    '/',
    'ü',
    '☃',
  ],
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const name = fc.constantFrom('a', 'b', 'StackId', 'member', '#text', '__proto__', 'ns:c');
const attributes = fc
  .array(fc.tuple(name, text), { maxLength: 2 })
  .map((all) => all.map(([key, value]) => ` ${key}="${value.replaceAll('"', '')}"`).join(''));
const element = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .tuple(
      name,
      attributes,
      fc.constantFrom('', ' ', '\n'),
      fc.array(
        fc.oneof(
          { depthSize: 'small' },
          text,
          fc.constant('<!-- x -->'),
          fc.constant('<![CDATA[<&quot;>]]>'),
          tie('element'),
        ),
        {
          maxLength: 4,
        },
      ),
    )
    .map(([tag, more, blank, inside]) =>
      inside.length === 0 ? `<${tag}${more}${blank}/>` : `<${tag}${more}${blank}>${inside.join('')}</${tag}>`,
    ),
})).element;

it('reads XML quickly as the SDK reads it, also what is broken', () => {
  fc.assert(
    fc.property(element, fc.nat(30), (document, cut) => {
      for (const each of [document, document.slice(0, -cut), `<?xml version="1.0"?>\n${document}`])
        expect(outcome(ours, each)).toEqual(outcome(theirs, each));
    }),
    { numRuns: 500 },
  );
});
