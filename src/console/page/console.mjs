/** The console: what is known of the service, what is sent to it, and what happens in it. */
import { get, post, Refused } from './ask.mjs';
import { createDetail } from './detail.mjs';
import { forgetPictures } from './machine.mjs';
import { clock, make, milliseconds, pretty, stateOf } from './make.mjs';
import { showMap } from './map.mjs';
import { showMetrics } from './metrics.mjs';

const part = (id) => document.getElementById(id);
const entries = new Map();
/** What is chosen as soon as it begins. */
let awaited;
let builds;

const state = {
  service: { targets: [], examples: [], files: [] },
  entries: () => [...entries.values()],
  /** Whether it is sent JSON: a function, a queue, a state machine. */
  takesEvents: (id) => ['function', 'message', 'machine'].includes(state.targetOf(id)?.kind),
  targetOf: (id) => state.service.targets.find((target) => target.id === id),
  isRequest: ({ event, id }) => requests.has(id) || /^\{\s*"method"/.test(event),
};
/** Requests as they were sent, by id. */
const requests = new Map();

const detail = createDetail(part('detail'), { state, replay, edit, open });

// --- What is sent

const chosen = () => state.service.targets[Number(part('to').value)];

function fillTargets() {
  const before = chosen()?.id;
  const groups = [
    ['Functions', 'function'],
    ['Routes', 'route'],
    ['State machines', 'machine'],
    ['Queues, topics and buses', 'message'],
  ].flatMap(([label, kind]) => {
    const options = state.service.targets.flatMap((target, index) =>
      target.kind === kind ? [make('option', { value: String(index), text: target.id })] : [],
    );
    return options.length === 0 ? [] : [make('optgroup', { label }, options)];
  });
  part('to').replaceChildren(...groups);
  const at = state.service.targets.findIndex(({ id }) => id === before);
  if (at >= 0) part('to').value = String(at);
}

function fillEvents() {
  const { examples, files } = state.service;
  const option = (value, text) => make('option', { value, text });
  const sent = state
    .entries()
    .filter(({ to, event, within }) => to === chosen()?.id && event !== '' && within === undefined);
  const groups = [
    ['Files', files.map(({ file }, index) => option(`file:${index}`, file))],
    [
      'Sent before',
      sent
        .slice(-20)
        .reverse()
        .map(({ id, at }) => option(`sent:${id}`, `${clock(at)} ${id.slice(0, 8)}`)),
    ],
    ['Examples', examples.map((name) => option(`example:${name}`, name))],
  ];
  const before = part('from').value;
  part('from').replaceChildren(
    option('', 'As written below'),
    ...groups.flatMap(([label, options]) =>
      options.length === 0 ? [] : [make('optgroup', { label }, options)],
    ),
  );
  if ([...part('from').options].some(({ value }) => value === before)) part('from').value = before;
}

function showTarget() {
  const target = chosen();
  if (!target) return;
  const isRoute = target.kind === 'route';
  part('about').textContent = target.about;
  part('for-functions').hidden = isRoute;
  part('for-routes').hidden = !isRoute;
  part('event-label').textContent = target.takesText ? 'Text of the message' : 'JSON of the event';
  part('tenant-field').hidden = !target.wantsTenant;
  part('send-profile').hidden = !target.canProfile;
  part('no-profile').textContent = target.whyNoProfile ?? '';
  if (isRoute) {
    const [method, path] = target.id.split(' ');
    part('path').value = path;
    part('method-field').hidden = method !== 'ANY';
    if (method !== 'ANY') part('method').value = method;
  }
  fillEvents();
}

async function takeEvent() {
  const [kind, ...rest] = part('from').value.split(':');
  const name = rest.join(':');
  if (kind === 'file') part('event').value = pretty(state.service.files[Number(name)].event);
  if (kind === 'sent') part('event').value = pretty(entries.get(name)?.event ?? '');
  if (kind === 'example')
    part('event').value = JSON.stringify(
      await get(`/api/example?source=${encodeURIComponent(name)}`),
      undefined,
      2,
    );
}

async function tried(act) {
  part('problems').replaceChildren();
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    part('problems').replaceChildren(...error.problems.map((problem) => make('p', { text: problem })));
  }
}

async function sendCall(call) {
  const { id } = await post('/api/call', call);
  choose(id);
}

async function sendRequest(call) {
  const { id } = await post('/api/request', call);
  requests.set(id, call);
  choose(id);
}

const send = (profile) =>
  tried(() => {
    const target = chosen();
    if (target?.kind !== 'route')
      return sendCall({
        to: target?.id ?? '',
        event: part('event').value,
        profile,
        tenant: part('tenant').value,
      });
    return sendRequest({
      to: target.id,
      method: part('method').value,
      path: part('path').value,
      headers: part('headers').value,
      body: part('body').value,
    });
  });

function replay(entry, profile) {
  return tried(() => {
    const call = requests.get(entry.id);
    if (call) return sendRequest(call);
    if (state.takesEvents(entry.to))
      return sendCall({ to: entry.to, event: entry.event, profile, tenant: part('tenant').value });
    const { method, path, headers, body = '' } = JSON.parse(entry.event);
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return sendRequest({ to: entry.to, method, path, headers: lines.join('\n'), body });
  });
}

function edit(entry) {
  prepare(entry.to);
  part('event').value = pretty(entry.event);
}

function prepare(id) {
  part('to').value = String(state.service.targets.findIndex((target) => target.id === id));
  showTarget();
  part('event').focus();
  part('send').scrollIntoView({ block: 'nearest' });
}

// --- What happened

function choose(id) {
  if (entries.has(id)) openSent(id);
  else awaited = id;
}

/** Where all is one column, what was sent stands far below its form. */
const isOneColumn = matchMedia('(max-width: 59.99rem)');

function openSent(id) {
  open(id);
  if (isOneColumn.matches) part('detail').scrollIntoView({ block: 'start' });
}

function open(id) {
  const entry = entries.get(id);
  if (!entry) return;
  detail.show(entry);
  for (const button of part('history').querySelectorAll('button'))
    button.setAttribute('aria-current', String(button.dataset.id === id));
}

function rowOf(entry) {
  const { words, name } = stateOf(entry);
  const { numbers, tookMs } = entry.end ?? {};
  const took = numbers ? milliseconds(numbers.durationMs) : tookMs && milliseconds(tookMs);
  const more = [
    clock(entry.at),
    took,
    numbers && `${numbers.usedMb} MB`,
    numbers && (numbers.initMs === undefined ? 'warm' : 'cold'),
    entry.cause,
  ];
  return make('li', {}, [
    make(
      'button',
      {
        type: 'button',
        'data-id': entry.id,
        'aria-current': String(detail.shown() === entry.id),
        on: {
          click: () => {
            open(entry.id);
            // The next key is for what was opened, and not for the next of 200 rows.
            part('detail').focus({ preventScroll: true });
            part('detail').scrollIntoView({ block: 'nearest' });
          },
        },
      },
      [
        make('span', { class: 'name', text: entry.to }),
        make('span', { class: `state ${name}`, text: words }),
        make('span', { class: 'more', text: more.filter(Boolean).join(' · ') }),
      ],
    ),
  ]);
}

/** Newest first; what is there already stays where it is. */
function showRow(entry) {
  part('nothing').hidden = true;
  const list = part('history');
  const there = list.querySelector(`[data-id="${CSS.escape(entry.id)}"]`)?.closest('li');
  const row = rowOf(entry);
  if (!there) return list.prepend(row);
  const hadFocus = there.contains(document.activeElement);
  there.replaceWith(row);
  if (hadFocus) row.querySelector('button').focus();
}

function note(entry) {
  const isNew = !entries.has(entry.id);
  entries.set(entry.id, entry);
  showRow(entry);
  if (awaited === entry.id) {
    awaited = undefined;
    openSent(entry.id);
  } else if (detail.shown() === entry.id) open(entry.id);
  else if (shares(entry)) detail.renewPath(entries.get(detail.shown()));
  if (isNew) fillEvents();
}

/** Whether it belongs to the path of what is shown. */
const shares = ({ trace }) => trace && entries.get(detail.shown())?.trace === trace;

// --- The service

async function load() {
  state.service = await get('/api/service');
  const { title, place, hasMetrics } = state.service;
  document.title = `${title} · Console`;
  part('title').textContent = title;
  part('place').textContent = place;
  fillTargets();
  showTarget();
  if (hasMetrics) void showMetrics(part('metrics'));
}

function tellRebuilt() {
  const last = state
    .entries()
    .findLast((entry) => (state.takesEvents(entry.to) && !entry.within) || state.isRequest(entry));
  const again = make('button', { type: 'button', id: 'replay-last', text: 'Replay the last one' });
  again.addEventListener('click', () => replay(last, false));
  const close = make('button', { type: 'button', text: 'Close' });
  close.addEventListener('click', () => {
    part('rebuilt').hidden = true;
  });
  part('rebuilt').replaceChildren(
    make('span', { text: `The service was built anew at ${clock(Date.now())}.` }),
    ...(last ? [again] : []),
    close,
  );
  part('rebuilt').hidden = false;
}

function connect() {
  const source = new EventSource('/api/stream');
  const connection = (words, name) => {
    part('connection').textContent = words;
    part('connection').className = name;
  };
  const on = (name, act) => source.addEventListener(name, ({ data }) => act(JSON.parse(data)));
  source.addEventListener('open', () => connection('live', 'live'));
  source.addEventListener('error', () => connection('no connection', 'lost'));
  on('all', async (all) => {
    if (builds !== undefined && builds !== all.builds) await renewed();
    builds = all.builds;
    entries.clear();
    part('history').replaceChildren();
    for (const entry of all.entries) note(entry);
  });
  on('entry', note);
  on('log', ({ id, text }) => {
    const entry = entries.get(id);
    if (entry) entry.logs += text;
    detail.write(id, text);
  });
  on('renewed', async (all) => {
    builds = all.builds;
    await renewed();
  });
}

async function renewed() {
  forgetPictures();
  await load();
  tellRebuilt();
  await showMap(part('map'), { target: state.targetOf, prepare });
}

part('to').addEventListener('change', showTarget);
part('from').addEventListener('change', () => tried(takeEvent));
part('event').addEventListener('input', () => {
  part('from').value = '';
});
part('send').addEventListener('submit', (event) => {
  event.preventDefault();
  void send(false);
});
part('send-profile').addEventListener('click', () => send(true));
part('send').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(false);
});

await tried(load);
connect();
await tried(() => showMap(part('map'), { target: state.targetOf, prepare }));
