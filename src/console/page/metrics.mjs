/** What CloudWatch measured of the functions. */
import { get } from './ask.mjs';
import { make } from './make.mjs';

const WIDE = 240;
const HIGH = 40;

export async function showMetrics(place) {
  const metrics = await get('/api/metrics');
  const head = ['Function', 'Metric', 'Last', 'Over time'];
  const rows = metrics.map(({ function: name, name: metric, unit, values }) =>
    make('tr', {}, [
      make('td', { text: name }),
      make('td', { text: metric }),
      make('td', {
        class: 'number',
        text: values.length === 0 ? 'none' : `${round(values.at(-1))} ${unit}`.trim(),
      }),
      make('td', {}, values.length === 0 ? [] : [spark(values)]),
    ]),
  );
  place.replaceChildren(
    make('h2', { id: 'metrics-title', text: 'Metrics of the last 3 hours' }),
    make('div', { class: 'scroll', role: 'region', 'aria-label': 'Metrics', tabindex: '0' }, [
      make('table', {}, [
        make('thead', {}, [
          make(
            'tr',
            {},
            head.map((text) => make('th', { scope: 'col', text })),
          ),
        ]),
        make('tbody', {}, rows),
      ]),
    ]),
  );
  place.hidden = false;
}

const round = (value) => value.toLocaleString('en', { maximumFractionDigits: 1 });

function spark(values) {
  const most = Math.max(...values, 1e-9);
  const step = WIDE / Math.max(1, values.length - 1);
  const points = values.map(
    (value, at) => `${(at * step).toFixed(1)},${(HIGH - 2 - (value / most) * (HIGH - 4)).toFixed(1)}`,
  );
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', `0 0 ${WIDE} ${HIGH}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'spark');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `from ${round(Math.min(...values))} to ${round(most)}`);
  const line = document.createElementNS(namespace, 'polyline');
  line.setAttribute('points', points.join(' '));
  svg.append(line);
  return svg;
}
