/** A CPU profile as a flame graph, and as a table for whoever cannot see or point at it. */
import flamegraph from 'd3-flame-graph';
import { select } from 'd3-selection';
import { make } from './make.mjs';

const HEIGHT = 20;
const MOST_ROWS = 25;

export function renderFlame(place, tree) {
  const whole = tree.total || 1;
  const flame = make('div', { id: 'flame', role: 'region', 'aria-label': 'Flame graph', tabindex: '0' });
  const found = make('output', { for: 'flame-search', id: 'flame-found' });
  const input = make('input', { id: 'flame-search', type: 'search', autocomplete: 'off' });
  const reset = make('button', { type: 'button', text: 'Whole profile' });
  place.append(
    make('p', {
      class: 'hint',
      text: `${ms(whole)} of CPU time. Width is time; choose a call to see it alone.`,
    }),
    make('p', { class: 'field' }, [
      make('label', { for: 'flame-search', text: 'Find a call' }),
      input,
      found,
    ]),
    make('p', { class: 'buttons' }, [reset]),
    flame,
    tableOf(tree, whole),
  );
  const chart = flamegraph()
    .width(Math.max(320, flame.clientWidth - 2))
    .cellHeight(HEIGHT)
    .minFrameSize(1)
    .transitionDuration(matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200)
    .inverted(true)
    .selfValue(false)
    .setColorMapper((node, original) => (node.highlight ? '#d2a8ff' : warm(node.data.name, original)))
    .setLabelHandler((node) => `${node.data.name} ${node.data.place} · ${ms(node.data.value)}`)
    .onClick(() => reach());
  select(flame).datum(valued(tree)).call(chart);
  const svg = flame.querySelector('svg');
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', 'Calls, each above those that it made');

  /** What can be clicked on can be reached by the keyboard: arrows lead from call to call. */
  function reach() {
    const frames = () => [...flame.querySelectorAll('g')].filter((each) => each.querySelector('rect'));
    for (const [index, frame] of frames().entries()) {
      frame.setAttribute('tabindex', index === 0 ? '0' : '-1');
      frame.setAttribute('role', 'button');
      frame.setAttribute('aria-label', frame.querySelector('title')?.textContent ?? '');
    }
  }
  reach();
  flame.addEventListener('keydown', (event) => {
    const frame = event.target.closest?.('g');
    const all = [...flame.querySelectorAll('g[role=button]')];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const to = frame && step ? all[all.indexOf(frame) + step] : undefined;
    if (to) {
      for (const each of all) each.setAttribute('tabindex', each === to ? '0' : '-1');
      to.focus();
    } else if ((event.key === 'Enter' || event.key === ' ') && frame)
      frame.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    else return;
    event.preventDefault();
  });
  input.addEventListener('input', () => {
    const term = input.value.trim();
    chart.clear();
    found.textContent = term === '' ? '' : 'No call is named so.';
    if (term !== '') chart.search(term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  });
  chart.setSearchHandler((results, sum) => {
    if (input.value.trim() !== '') found.textContent = `${results.length} calls, ${ms(sum)}`;
  });
  reset.addEventListener('click', () => {
    chart.resetZoom();
    reach();
  });
}

const valued = ({ name, place, total, children }) => ({
  name,
  place,
  value: total,
  children: children.map(valued),
});

const ms = (microseconds) =>
  `${(microseconds / 1000).toLocaleString('en', { maximumFractionDigits: microseconds < 10_000 ? 2 : 0 })} ms`;

/** One colour for one name, light enough for dark text in both themes. */
function warm(name) {
  let hash = 0;
  for (const letter of name) hash = (hash * 31 + letter.codePointAt(0)) % 997;
  return `hsl(${20 + (hash % 35)} 85% ${66 + (hash % 12)}%)`;
}

/** Where the time went, the most first; one row for all calls of one function. */
function tableOf(tree, whole) {
  const sums = new Map();
  const add = (frame, above) => {
    const key = `${frame.name}\n${frame.place}`;
    const sum = sums.get(key) ?? { name: frame.name, place: frame.place, self: 0, total: 0 };
    sum.self += frame.self;
    if (!above.has(key)) sum.total += frame.total;
    sums.set(key, sum);
    const next = new Set(above).add(key);
    for (const child of frame.children) add(child, next);
  };
  for (const child of tree.children) add(child, new Set());
  const rows = [...sums.values()].sort((a, b) => b.self - a.self).slice(0, MOST_ROWS);
  const head = ['Function', 'Where', 'Itself', 'With its calls', 'Share'];
  return make('details', {}, [
    make('summary', { text: 'The profile as a table' }),
    make('div', { class: 'scroll', role: 'region', 'aria-label': 'Calls by their own time', tabindex: '0' }, [
      make('table', {}, [
        make('thead', {}, [
          make(
            'tr',
            {},
            head.map((text, at) => make('th', { scope: 'col', text, class: at > 1 && 'number' })),
          ),
        ]),
        make(
          'tbody',
          {},
          rows.map(({ name, place, self, total }) =>
            make('tr', {}, [
              make('td', { text: name }),
              make('td', { text: place }),
              make('td', { class: 'number', text: ms(self) }),
              make('td', { class: 'number', text: ms(total) }),
              make('td', { class: 'number', text: `${((self / whole) * 100).toFixed(1)} %` }),
            ]),
          ),
        ),
      ]),
    ]),
  ]);
}
