/** All that is known of one thing that happened, and what can be done with it. */
import { get, post, Refused } from './ask.mjs';
import { showExecution } from './machine.mjs';
import { clock, make, milliseconds, pretty, stateOf, temperature } from './make.mjs';

/** @param {HTMLElement} place */
export function createDetail(place, { state, replay, edit, open }) {
  let shown;
  let logs;
  let execution;

  function show(entry) {
    // What is drawn of an execution stays while it goes on.
    if (shown !== entry.id) execution = make('div', { id: 'execution' });
    shown = entry.id;
    const { words, name } = stateOf(entry);
    const target = state.targetOf(entry.to);
    logs = make('pre', { text: entry.logs, tabindex: '0', role: 'log', 'aria-label': 'Log', id: 'logs' });
    const parts = [
      make('h2', { id: 'detail-title' }, [
        document.createTextNode(`${entry.to} `),
        make('span', { class: `state ${name}`, text: words }),
      ]),
      factsOf(entry),
      actions(entry, target),
      make('div', { id: 'saving' }),
      make('div', { id: 'profile' }),
      ...(entry.execution ? [execution] : []),
      make('div', { id: 'path-part' }, pathOf(entry)),
      ...(entry.end ? answerOf(entry) : []),
      ...(entry.event === '' ? [] : text('Event', entry.event, 'sent')),
      ...(target?.kind === 'function' && !entry.execution ? [make('h3', { text: 'Log' }), logs] : []),
    ];
    const hadFocus = place.contains(document.activeElement) ? document.activeElement.dataset?.act : undefined;
    place.replaceChildren(...parts);
    place.hidden = false;
    if (hadFocus) place.querySelector(`[data-act="${hadFocus}"]`)?.focus();
    if (entry.hasProfile) void showProfile(entry.id);
    if (entry.execution) void showExecution(execution, entry);
  }

  function actions(entry, target) {
    // What an execution calls its own function with means nothing to anybody else.
    const isCall = target !== undefined && target.kind !== 'route' && entry.within === undefined;
    const isTested = isCall && ['function', 'machine'].includes(target.kind);
    const button = (act, label, click) =>
      make('button', { type: 'button', 'data-act': act, text: label, on: { click } });
    const buttons = [
      ...(isCall || state.isRequest(entry) ? [button('replay', 'Replay', () => replay(entry, false))] : []),
      ...(isCall && target.canProfile ? [button('profile', 'Profile', () => replay(entry, true))] : []),
      ...(isCall ? [button('edit', 'Edit and send', () => edit(entry))] : []),
      ...(isTested && state.service.canSave && entry.end
        ? [button('save', 'Save as test', () => save(entry))]
        : []),
    ];
    return make('p', { class: 'buttons' }, buttons);
  }

  /** What else the same cause led to, in its order. */
  function pathOf(entry) {
    const others = entry.trace ? state.entries().filter(({ trace }) => trace === entry.trace) : [];
    if (others.length < 2) return [];
    const items = others.map((each) =>
      make('li', {}, [
        each.id === entry.id
          ? make('strong', { text: each.to })
          : make('button', { type: 'button', text: each.to, on: { click: () => open(each.id) } }),
        document.createTextNode(` ${each.cause ? `by ${each.cause}, ` : ''}`),
        make('span', { class: stateOf(each).name, text: stateOf(each).words }),
      ]),
    );
    return [make('h3', { text: 'Path' }), make('ol', { class: 'path' }, items)];
  }

  function save(entry) {
    const form = saveForm(entry, () => place.querySelector('[data-act=save]').focus());
    document.getElementById('saving').replaceChildren(form);
    form.querySelector('input').focus();
  }

  async function showProfile(id) {
    const into = document.getElementById('profile');
    const { calls, notes } = await get(`/api/profile?id=${encodeURIComponent(id)}`);
    const hints = notes.map((note) => make('p', { class: 'hint', text: note }));
    const { renderFlame } = calls ? await import('/flame.js') : { renderFlame: undefined };
    if (shown !== id) return;
    into.replaceChildren(make('h3', { text: 'CPU profile', id: 'profile-title' }), ...hints);
    if (calls) renderFlame(into, calls);
  }

  return {
    show,
    shown: () => shown,
    /** What belongs to the same path has come further. */
    renewPath(entry) {
      document.getElementById('path-part')?.replaceChildren(...pathOf(entry));
    },
    write(id, more) {
      if (id !== shown || !logs) return;
      const isAtEnd = logs.scrollHeight - logs.scrollTop - logs.clientHeight < 24;
      logs.append(more);
      if (isAtEnd) logs.scrollTop = logs.scrollHeight;
    },
  };
}

/** What it is called in logs and histories. What is told of an event source has no such name. */
function idOf({ id, to, end, execution }) {
  if (end?.status === 'noted') return [];
  const name = execution ? 'Execution' : end?.status === 'arrived' ? 'Message id' : 'Request id';
  return [[name, id.startsWith(`${to} `) ? id.slice(to.length + 1) : id]];
}

function factsOf(entry) {
  const { at, cause, end } = entry;
  const { numbers } = end ?? {};
  const facts = [
    ['At', clock(at)],
    ['Cause', cause],
    ['Duration', numbers ? milliseconds(numbers.durationMs) : end?.tookMs && milliseconds(end.tookMs)],
    ['Billed', numbers && milliseconds(numbers.billedMs)],
    ['Memory', numbers && `${numbers.usedMb} of ${numbers.memoryMb} MB`],
    ['Start', numbers && temperature(numbers)],
    ...idOf(entry),
  ];
  return make(
    'dl',
    {},
    facts.flatMap(([name, value]) =>
      value
        ? [
            make('div', { class: value.length > 30 && 'wide' }, [
              make('dt', { text: name }),
              make('dd', { text: value }),
            ]),
          ]
        : [],
    ),
  );
}

const text = (title, value, id) => [
  make('h3', { text: title }),
  make('pre', { text: pretty(value), tabindex: '0', role: 'region', 'aria-label': title, id }),
];

function answerOf({ end }) {
  if (end.status === 'arrived') return [];
  return text(end.error ? `${end.error.type}: ${end.error.message}` : 'Response', end.response, 'response');
}

/** What a test would expect of an answer like this one: its status and its body, to be shortened by who knows better. */
function expectationOf({ end, execution }) {
  if (end.error) return { errorType: end.error.type };
  const status = execution && { status: 'SUCCEEDED' };
  let response;
  try {
    response = JSON.parse(end.response);
  } catch {
    return { ...status };
  }
  if (execution) return { ...status, response };
  const isHttp = typeof response === 'object' && response !== null && 'statusCode' in response;
  if (!isHttp) return { response };
  const { statusCode, body } = response;
  let parsed = body;
  try {
    parsed = JSON.parse(body);
  } catch {
    // Text is expected as it is.
  }
  return { status: statusCode, ...(body !== undefined && { response: { body: parsed } }) };
}

function saveForm(entry, leave) {
  const name = make('input', {
    id: 'test-name',
    required: true,
    autocomplete: 'off',
    value: 'case-1',
    spellcheck: 'false',
  });
  const expect = make('textarea', { id: 'test-expect', rows: '8', spellcheck: 'false' });
  expect.value = JSON.stringify(expectationOf(entry), undefined, 2);
  const told = make('div', { role: 'alert', class: 'problems', id: 'test-problems' });
  const done = make('p', { role: 'status', id: 'test-saved' });
  const submit = async (event) => {
    event.preventDefault();
    told.replaceChildren();
    try {
      const { file } = await post('/api/test', {
        name: name.value.trim(),
        function: entry.to,
        event: entry.event,
        expect: expect.value,
      });
      done.textContent = `Saved as ${file}`;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      told.textContent = error.message;
    }
  };
  return make('form', { on: { submit }, 'aria-label': 'Save as a smoke test' }, [
    make('h3', { text: 'Save as a smoke test' }),
    make('p', { class: 'field' }, [make('label', { for: 'test-name', text: 'Name of the file' }), name]),
    make('p', { class: 'field' }, [
      make('label', { for: 'test-expect', text: 'What is expected, as JSON' }),
      expect,
    ]),
    make('p', { class: 'buttons' }, [
      make('button', { class: 'main', text: 'Save' }),
      make('button', {
        type: 'button',
        text: 'Close',
        on: {
          click: ({ target }) => {
            target.form.remove();
            leave();
          },
        },
      }),
    ]),
    told,
    done,
  ]);
}
