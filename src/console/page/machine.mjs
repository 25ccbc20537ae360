/** An execution: of a state machine its states as a picture, its parts as a table, and its history. */
import { get } from './ask.mjs';
import { make } from './make.mjs';

/** Pictures by machine, until the service is built anew. */
const pictures = new Map();

export const forgetPictures = () => pictures.clear();

/** Whether the history is open stays as it was while an execution goes on. */
let isOpen = false;

/** @param {HTMLElement} place @param entry with its execution */
export async function showExecution(place, { to, execution }) {
  const hasPicture = execution.parts === 'states';
  const [title, part] = hasPicture ? ['States', 'State'] : ['Operations', 'Operation'];
  const before = place.querySelector('.machine svg');
  const figure = make('div', {
    class: 'machine picture scroll',
    role: 'region',
    'aria-label': 'Picture of the states',
    tabindex: '0',
  });
  // What was drawn stays, so that nothing jumps.
  if (before && place.dataset.machine === to) figure.append(before);
  place.dataset.machine = to;
  place.replaceChildren(
    make('h3', { text: 'Execution' }),
    make('p', { class: 'hint', text: execution.title, id: 'execution-title' }),
    ...(hasPicture ? [figure] : []),
    tableOf(title, ['After', part, 'Kind', 'Status', 'Took', 'Note'], execution.rows.map(rowOf)),
    historyOf(execution, part),
  );
  if (!hasPicture) return;
  if (!figure.firstChild) {
    const svg = await pictureOf(to);
    if (!figure.isConnected) return;
    // It is made by the process that serves this page, which writes all names as texts.
    figure.innerHTML = svg;
    if (svg === '') figure.remove();
  }
  mark(figure, execution);
}

function pictureOf(id) {
  if (!pictures.has(id)) {
    const drawn = get(`/api/machine?id=${encodeURIComponent(id)}`).then(
      ({ svg }) => svg,
      () => '',
    );
    pictures.set(id, drawn);
  }
  return pictures.get(id);
}

const MARKS = { entered: '✓', open: '…', failed: '✗' };

/** Colours, and marks for whoever cannot tell them apart. */
function mark(figure, { entered, open, failed, steps }) {
  const svg = figure.querySelector('svg');
  if (!svg) return;
  const of = (name) =>
    failed.includes(name)
      ? 'failed'
      : open.includes(name)
        ? 'open'
        : entered.includes(name)
          ? 'entered'
          : undefined;
  const classes = { entered: 'added', open: 'changed', failed: 'replaced' };
  for (const leaf of svg.querySelectorAll('[data-state]')) {
    const became = of(leaf.dataset.state);
    leaf.classList.remove(...Object.values(classes));
    if (became) leaf.classList.add(classes[became]);
    const text = leaf.querySelector('.name');
    const name = text.textContent.replace(/^[✓…✗] /, '');
    text.textContent = became ? `${MARKS[became]} ${name}` : name;
  }
  const arrows = svg.querySelectorAll('.edge');
  for (const [index, step] of JSON.parse(svg.dataset.steps).entries())
    arrows[index]?.classList.toggle('added', steps.includes(step));
}

const rowOf = ({ depth, name, what, status, after, took, note }) => [
  after,
  `${'\u2003'.repeat(depth)}${name}`,
  what,
  status,
  took,
  note,
];

function historyOf({ events }, part) {
  // Only of state machines it is known what an event follows.
  const follows = events.some(({ previous }) => previous !== undefined);
  const rows = events.map(({ id, previous, type, name, after }) => [
    id,
    after,
    type,
    name,
    ...(follows ? [previous || ''] : []),
  ]);
  return make('details', { open: isOpen, on: { toggle: ({ target }) => (isOpen = target.open) } }, [
    make('summary', { text: `History: ${events.length} events` }),
    tableOf('History', ['Id', 'After', 'Type', part, ...(follows ? ['Follows'] : [])], rows),
  ]);
}

const tableOf = (name, head, rows) =>
  make('div', { class: 'scroll', role: 'region', 'aria-label': name, tabindex: '0' }, [
    make('table', { class: 'execution' }, [
      make('thead', {}, [
        make(
          'tr',
          {},
          head.map((text) => make('th', { scope: 'col', text })),
        ),
      ]),
      make(
        'tbody',
        {},
        rows.map((cells) =>
          make(
            'tr',
            {},
            cells.map((text) => make('td', { text: String(text) })),
          ),
        ),
      ),
    ]),
  ]);
