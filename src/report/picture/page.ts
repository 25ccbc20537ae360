import { draw } from '../../picture/svg/draw.ts';
import { type Leaf, linesOf, sketchOf } from '../../picture/svg/sketch.ts';
import type { Picture, PictureNode } from '../../picture/types.ts';
import { allViews } from '../../picture/view/all.ts';
import type { View } from '../../picture/view/index.ts';
import { kindText } from '../../picture/words.ts';
import { own } from '../../template/types.ts';
import { html } from '../../text/html.ts';
import type { StackReport } from '../model.ts';
import { resourceLines } from '../sections.ts';

/** Connections that are read aloud with a node; all of them stand in the list. */
const MOST_TOLD = 5;

/**
 * The picture of a stack as a part of a page: what is seen at once, each folded group as a view of its own, and of each
 * node what it stands for, with its difference and its template. A script brings it to life; without one the first view
 * and the list remain. The other views are drawn by the script, once they are opened: to find where everything goes takes
 * longer than all the rest of a page.
 */
export function renderPicture(stack: StackReport, prefix: string, level: 2 | 3): RenderedPicture {
  const { picture } = stack;
  if (!picture || picture.nodes.length === 0) return { html: '', hasMoreViews: false };
  const views = allViews(picture);
  const ids = new Map(picture.nodes.map((node, index) => [node.id, `${prefix}-${index}`]));
  const seenIn = placesOf(views);
  const changed = new Map(stack.diff.resources.map((each) => [each.logicalId, each]));
  const drawn: Drawn = { stack, picture, ids, views, changed, connections: connectionsOf(picture), level };
  const parts = [
    `<section class="picture" data-picture="${html(prefix)}" aria-label="${html(`Picture of ${stack.stackName}`)}">`,
    toolbar(prefix),
    `<div class="stage">`,
    ...views.map((view, index) => viewText(view, index, drawn)),
    '</div>',
    `<div class="panel" role="region" aria-label="The resource that was chosen" tabindex="-1" hidden></div>`,
    '</section>',
    list(drawn),
    ...picture.nodes.map((node) => card(node, seenIn.get(node.id) ?? 0, drawn)),
  ];
  return { html: parts.join('\n'), hasMoreViews: views.length > 1 };
}

export interface RenderedPicture {
  /** `''` where there is nothing to see. */
  readonly html: string;
  /** The page's script needs what draws them. */
  readonly hasMoreViews: boolean;
}

interface Drawn {
  readonly stack: StackReport;
  readonly picture: Picture;
  /** Of nodes, in the page: nothing that others wrote gets into them. */
  readonly ids: ReadonlyMap<string, string>;
  readonly views: readonly View[];
  /** By logical ID. */
  readonly changed: ReadonlyMap<string, StackReport['diff']['resources'][number]>;
  readonly connections: Connections;
  /** Of headings below that of the stack. */
  readonly level: 2 | 3;
}

const toolbar = (prefix: string): string =>
  `<div class="tools" hidden><label for="${prefix}-search">Search</label><input id="${prefix}-search" type="search" autocomplete="off" placeholder="name, type or logical ID" aria-describedby="${prefix}-found"><output id="${prefix}-found"></output><span class="buttons"><button type="button" data-do="back" disabled>Whole picture</button><button type="button" data-do="out" aria-label="Zoom out">−</button><button type="button" data-do="in" aria-label="Zoom in">+</button><button type="button" data-do="fit">Fit</button></span></div><ul class="results" hidden></ul>`;

function viewText(view: View, index: number, { ids, views, stack, connections }: Drawn): string {
  const label = index === 0 ? `Picture of ${stack.stackName}` : `${view.branch.name} of ${stack.stackName}`;
  let first = true;
  const sketch = sketchOf(view, (item) => {
    const focus = first ? 0 : -1;
    first = false;
    const target =
      item.kind === 'node' ? `data-node="${ids.get(item.node.id)}"` : `data-open="${indexOf(item, views)}"`;
    return ` role="button" tabindex="${focus}" aria-label="${html(labelOf(item, connections))}" ${target}`;
  });
  const attributes = `role="group" aria-label="${html(label)}" data-view="${index}"`;
  return index === 0
    ? draw(sketch, attributes)
    : `<template data-view="${index}">${inMarkup({ sketch, attributes })}</template>`;
}

/** JSON in which nothing is markup. */
const inMarkup = (value: object): string =>
  JSON.stringify(value).replaceAll(
    /[<>&]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const indexOf = (item: Leaf, views: readonly View[]): number =>
  item.kind === 'folded' ? views.findIndex(({ branch }) => branch === item.branch) : 0;

/** What is read aloud: what can be seen, then what it is connected with. */
function labelOf(item: Leaf, connections: Connections): string {
  const told = item.kind === 'folded' ? [] : (connections.get(item.id) ?? []).slice(0, MOST_TOLD);
  return [linesOf(item).join(' '), ...told].join('. ');
}

/** Sentences on what leads from and to a node, by its id. */
type Connections = ReadonlyMap<string, readonly string[]>;

function connectionsOf({ nodes, edges }: Picture): Connections {
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  const found = new Map<string, string[]>();
  const add = (id: string, sentence: string): void =>
    void found.set(id, [...(found.get(id) ?? []), sentence]);
  for (const { from, to, kind, label, change } of edges) {
    const [one, other] = [names.get(from) ?? from, names.get(to) ?? to];
    const told = change ? ` (${change})` : '';
    const words = label === '' ? '' : ` (${label})`;
    if (kind === 'permission') {
      add(from, `${label} ${other}${told}`);
      add(to, `${one} ${label} it${told}`);
    } else if (kind === 'event') {
      add(from, `leads to ${other}${words}${told}`);
      add(to, `comes from ${one}${words}${told}`);
    } else {
      add(from, `knows ${other}${words}${told}`);
      add(to, `is known to ${one}${words}${told}`);
    }
  }
  return found;
}

/** By the id of a node, the view in which it is seen itself. */
function placesOf(views: readonly View[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const note = (items: View['items'], index: number): void => {
    for (const item of items) {
      if (item.kind === 'box') note(item.items, index);
      else if (item.kind === 'node' && !item.isGuest && !places.has(item.id)) places.set(item.id, index);
    }
  };
  for (const [index, { items }] of views.entries()) note(items, index);
  return places;
}

function list({ picture: { nodes }, ids, connections }: Drawn): string {
  const rows = nodes.map((node) => {
    const told = (connections.get(node.id) ?? []).map(html).join('<br>');
    return `<tr><td>${html(placeOf(node))}</td><td>${html([kindText(node), ...node.details].join(', '))}</td><td>${html(node.change ?? '')}</td><td>${told}</td><td><button type="button" data-show="${ids.get(node.id)}" hidden>Show</button></td></tr>`;
  });
  return `<details class="list"><summary>The picture as a list</summary><div class="scroll" role="region" aria-label="Nodes of the picture" tabindex="0"><table><thead><tr><th scope="col">Name</th><th scope="col">What it is</th><th scope="col">Change</th><th scope="col">Connections</th><td></td></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table></div></details>`;
}

const placeOf = ({ path, name }: PictureNode): string => [...path, name].join('/');

/** What is shown of a node once it is chosen. */
function card(node: PictureNode, view: number, drawn: Drawn): string {
  const { ids, connections, level } = drawn;
  const told = connections.get(node.id) ?? [];
  const searched = [node.name, ...node.path, kindText(node), node.type, ...node.parts].join(' ');
  return [
    `<template id="${ids.get(node.id)}" data-name="${html(placeOf(node))}" data-kind="${html(kindText(node))}" data-text="${html(searched.toLowerCase())}" data-view="${view}">`,
    `<h${level}>${html(node.name)}</h${level}>`,
    `<p>${html([kindText(node), node.type, ...node.details, node.change ?? ''].filter((each) => each !== '').join(' · '))}</p>`,
    ...(told.length === 0 ? [] : [`<ul>${told.map((each) => `<li>${html(each)}</li>`).join('')}</ul>`]),
    ...node.parts.map((part, index) => partText(part, index === 0, drawn)),
    '</template>',
  ].join('\n');
}

const SIGNS: Readonly<Record<string, string>> = { '-': 'minus', '+': 'plus', '!': 'at', '@': 'at' };

/** One resource: what changes, and what the template says of it. Of a new one, that is all the same. */
function partText(logicalId: string, isOpen: boolean, { stack, changed }: Drawn): string {
  const resource = changed.get(logicalId);
  const text = own(stack.resourceTexts ?? {}, logicalId);
  const isNew = resource?.kind === 'added' && text !== undefined;
  const diff = resource && !isNew ? changesText(resourceLines(resource, stack)) : '';
  const written =
    text === undefined
      ? ''
      : `<pre tabindex="0" aria-label="Template"><span class="${isNew ? 'plus' : 'same'}">${html(text)}</span></pre>`;
  const word = resource ? ` · ${resource.kind}` : '';
  return `<details${isOpen || resource ? ' open' : ''}><summary>${html(`${logicalId}${word}`)}</summary>${diff}${written}</details>`;
}

function changesText(lines: readonly string[]): string {
  const rows = lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `<span class="${SIGNS[line[0] ?? ''] ?? 'same'}">${html(line)}</span>`);
  return rows.length === 0 ? '' : `<pre tabindex="0" aria-label="What changes">${rows.join('')}</pre>`;
}
