import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changedPicture } from '../../src/picture/changes.ts';
import { renderMermaid } from '../../src/picture/mermaid.ts';
import type { Picture } from '../../src/picture/types.ts';
import { allViews, MOST_SEEN } from '../../src/picture/view/all.ts';
import { type View, type ViewItem, viewOf } from '../../src/picture/view/index.ts';
import { treeOf } from '../../src/picture/view/tree.ts';
import { hostileText, RUNS } from '../fuzz/hostile.ts';
import { largeService } from '../support/large-service.ts';
import { pictureOfResources } from '../support/pictures.ts';

/** What is seen as one. */
const seen = (items: readonly ViewItem[]): readonly ViewItem[] =>
  items.flatMap((item) => (item.kind === 'box' ? seen(item.items) : [item]));
const nodesSeen = ({ items }: View): readonly string[] =>
  seen(items).flatMap((item) => (item.kind === 'node' && !item.isGuest ? [item.id] : []));

describe.each([
  ['by constructs', true],
  ['by what they are', false],
])('500 resources, %s', (_, isCdk) => {
  const resources = largeService(isCdk);
  const whole = pictureOfResources(resources);
  const picture = changedPicture(whole, whole, new Map([['D7S2WorkRole', 'changed']]));

  it('are that many', () => expect(Object.keys(resources)).toHaveLength(481));

  it('are never too many to be seen at once', () => {
    for (const view of allViews(picture)) {
      expect(seen(view.items).length).toBeLessThanOrEqual(MOST_SEEN + 16 + 24);
      const ids = new Set(seen(view.items).map(({ id }) => id));
      expect(view.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to))).toEqual([]);
    }
  });

  it('are each seen in one view, and all of them', () => {
    const all = allViews(picture).flatMap(nodesSeen);
    expect(all).toHaveLength(new Set(all).size);
    expect([...all].sort()).toEqual(picture.nodes.map(({ id }) => id).sort());
  });

  it('are opened where something changes', () => {
    const [first] = allViews(picture);
    expect(first && nodesSeen(first)).toContain('D7S2Work');
  });

  it.each([40_000, 12_000, 6_000, 2_500])('fit %i bytes of Mermaid text', (limit) => {
    const text = renderMermaid(picture, limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/^flowchart LR\n/);
    expect(text.split('\n').filter((line) => / (-->|-\.->|-\.-)/.test(line)).length).toBeLessThanOrEqual(200);
  });

  it('are not drawn where there is no room', () => expect(renderMermaid(picture, 100)).toBe(''));
});

/** All lines that are ever written: nothing else can be in them, whatever things are called. */
const LABEL = String.raw`"(?:[\p{L}\p{N} .,_/:()…·\u200b-]|#\d+;|<br>|[🟢🟡🔴])*"`;
const LINES = new RegExp(
  [
    'flowchart LR',
    String.raw` +n\d+(\[|\[\(|\(\[|\{\{|\(|\[\[)${LABEL}(\]|\)\]|\]\)|\}\}|\)|\]\])(:::(added|changed|replaced|removed))?`,
    String.raw` +subgraph n\d+\[${LABEL}\]`,
    ' +end',
    String.raw` +n\d+ (-->|-\.->|-\.-)(\|${LABEL}\|)? n\d+`,
    String.raw` +linkStyle \d+ stroke:#[0-9a-f]{6},stroke-width:2px`,
    String.raw` +classDef \w+ fill:#[0-9a-f]{6},stroke:#[0-9a-f]{6},color:#1f2328(,stroke-dasharray:5 3)?`,
  ]
    .map((line) => `^${line}$`)
    .join('|'),
  'u',
);

const hostilePicture = fc
  .array(fc.tuple(hostileText, hostileText, hostileText), { minLength: 1, maxLength: 6 })
  .map(
    (texts): Picture => ({
      nodes: texts.map(([name, step, detail], index) => ({
        id: `${index}${name}`,
        kind: index % 2 === 0 ? 'function' : 'other',
        type: detail,
        name,
        path: index % 2 === 0 ? [step, step] : [step],
        details: [detail],
        parts: [name],
        ...(index % 3 === 0 && { change: 'added' }),
      })),
      edges: texts.map(([name, , label], index) => ({
        from: `0${texts[0]?.[0]}`,
        to: `${index}${name}`,
        kind: 'event',
        label,
      })),
      left: [],
    }),
  );

it('nothing gets out of a label of Mermaid text', () =>
  fc.assert(
    fc.property(hostilePicture, (picture) => {
      const text = renderMermaid(picture, 40_000);
      for (const line of text.split('\n')) expect(line).toMatch(LINES);
    }),
    RUNS,
  ));

it('what Mermaid reads in labels by itself is written so that it does not', () => {
  const label = (name: string): string | undefined => {
    const picture: Picture = {
      nodes: [{ id: 'a', kind: 'function', type: '', name, path: [], details: [], parts: [] }],
      edges: [],
      left: [],
    };
    return /"(.*)"/.exec(renderMermaid(picture, 1_000))?.[1];
  };
  expect(label('1. one')).toBe('1\u200b. one');
  expect(label('- one')).toBe('\u200b- one');
  expect(label('$$x$$')).toBe('#36;\u200b#36;\u200bx#36;\u200b#36;\u200b');
  expect(label('fab:fa-aws')).toBe('fab\u200b:fa-aws');
  expect(label('a\\nb "c" `d` <e> #35; %%')).toBe(
    'a#92;\u200bnb #34;c#34; #96;d#96; #60;e#62; #35;35#59; #37;#37;',
  );
});

it('a group within a group within a group ends', () => {
  const path = Array.from({ length: 5_000 }, (_, index) => `s${index}`);
  const picture: Picture = {
    nodes: [
      { id: 'a', kind: 'function', type: '', name: 'a', path, details: [], parts: [] },
      { id: 'b', kind: 'function', type: '', name: 'b', path, details: [], parts: [] },
    ],
    edges: [],
    left: [],
  };
  expect(viewOf(picture, treeOf(picture), 10).items).toHaveLength(1);
});
