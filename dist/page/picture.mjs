/**
 * Brings the pictures of a report to life: pan, zoom, search, views of folded groups, and what is known of a node.
 * It runs in the page that it stands in, takes everything from there, and puts texts nowhere but into texts. Where there are
 * folded groups, what draws their views stands before it: `drawing`, made of src/picture/svg/draw.ts.
 */
const STEP = 1.25;
const MOST_RESULTS = 12;

for (const picture of document.querySelectorAll('[data-picture]')) bring(picture);

function sizeOf(svg) {
  return svg.getAttribute('viewBox').split(' ').map(Number);
}

function bring(picture) {
  const part = (selector) => picture.querySelector(selector);
  const [stage, panel, results, input, output] = ['.stage', '.panel', '.results', 'input', 'output'].map(
    part,
  );
  /** Those that were seen, by their number. */
  const views = [stage.querySelector('svg')];
  const sizes = [sizeOf(views[0])];
  const cards = [...document.querySelectorAll(`template[id^="${picture.dataset.picture}-"]`)];
  let shown = 0;
  /** What the panel tells of, by its card. */
  let chosen = '';
  let box = sizes[0];

  part('.tools').hidden = false;
  stage.classList.add('live');
  showAll();

  function look(next) {
    box = next;
    views[shown].setAttribute('viewBox', next.map((value) => value.toFixed(1)).join(' '));
  }

  /** All of a view, but no larger than it is drawn. */
  function showAll() {
    const [, , width, height] = sizes[shown];
    const { clientWidth, clientHeight } = stage;
    const scale = Math.max(1, width / (clientWidth || width), height / (clientHeight || height));
    const [wide, high] = [(clientWidth || width) * scale, (clientHeight || height) * scale];
    look([(width - wide) / 2, (height - high) / 2, wide, high]);
  }

  /** Around a point of the view; without one, around its middle. */
  function zoom(factor, [x, y] = [box[0] + box[2] / 2, box[1] + box[3] / 2]) {
    const width = Math.min(Math.max(box[2] / factor, 80), Math.max(sizes[shown][2], 800) * 4);
    const by = width / box[2];
    look([x - (x - box[0]) * by, y - (y - box[1]) * by, width, box[3] * by]);
  }

  function pointAt({ clientX, clientY }) {
    const { left, top, width, height } = stage.getBoundingClientRect();
    return [box[0] + ((clientX - left) / width) * box[2], box[1] + ((clientY - top) / height) * box[3]];
  }

  function drawView(index) {
    const kept = stage.querySelector(`template[data-view="${index}"]`);
    const { sketch, attributes } = JSON.parse(kept.content.textContent);
    // It is written by the same program as the view that stands in the page, which writes all names as texts.
    kept.insertAdjacentHTML('afterend', drawing.draw(sketch, attributes));
    views[index] = kept.nextElementSibling;
    sizes[index] = sizeOf(views[index]);
    for (const each of views[index].querySelectorAll(`[data-node="${chosen}"]`)) each.classList.add('chosen');
  }

  function open(index) {
    if (!views[index]) drawView(index);
    views.forEach((svg, at) => {
      svg.toggleAttribute('hidden', at !== index);
    });
    shown = index;
    part('[data-do=back]').disabled = index === 0;
    showAll();
    mark();
  }

  const leaves = () => [...views[shown].querySelectorAll('.leaf')];

  /** Moves the focus; the one that has it is the one that Tab comes back to. */
  function focus(leaf) {
    for (const each of leaves()) each.setAttribute('tabindex', each === leaf ? '0' : '-1');
    leaf.focus({ preventScroll: true });
    const { x, y, width, height } = leaf.getBBox();
    const isSeen =
      x >= box[0] && y >= box[1] && x + width <= box[0] + box[2] && y + height <= box[1] + box[3];
    if (!isSeen) look([x + width / 2 - box[2] / 2, y + height / 2 - box[3] / 2, box[2], box[3]]);
  }

  /** So near that it can be read. */
  function approach(leaf) {
    const { x, y, width, height } = leaf.getBBox();
    const wide = Math.min(box[2], (stage.clientWidth || box[2]) * 1.2);
    const high = (wide / box[2]) * box[3];
    look([x + width / 2 - wide / 2, y + height / 2 - high / 2, wide, high]);
  }

  function choose(leaf) {
    if (leaf.dataset.open !== undefined) {
      open(Number(leaf.dataset.open));
      const [first] = leaves();
      if (first) focus(first);
    } else if (leaf.dataset.node !== undefined) tell(leaf.dataset.node, leaf);
  }

  function choosing(id) {
    chosen = id;
    for (const each of stage.querySelectorAll('.leaf'))
      each.classList.toggle('chosen', each.dataset.node === id);
  }

  function tell(id, from) {
    const card = document.getElementById(id);
    if (!card) return;
    choosing(id);
    const close = document.createElement('button');
    close.type = 'button';
    close.textContent = 'Close';
    close.addEventListener('click', () => leave(from));
    panel.replaceChildren(card.content.cloneNode(true));
    panel.querySelector('h2, h3').append(close);
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: 'nearest' });
  }

  function leave(to) {
    panel.hidden = true;
    choosing('');
    const back = to?.isConnected && leaves().includes(to) ? to : leaves()[0];
    if (back) focus(back);
  }

  /** Where a node is seen, with all that is known of it. */
  function show(id) {
    const card = document.getElementById(id);
    if (!card) return;
    open(Number(card.dataset.view));
    const leaf = views[shown].querySelector(`[data-node="${id}"]`);
    if (leaf) {
      focus(leaf);
      approach(leaf);
    }
    tell(id, leaf);
  }

  function found() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0
      ? []
      : cards.filter(({ dataset }) => words.every((word) => dataset.text.includes(word)));
  }

  function mark() {
    const ids = new Set(found().map(({ id }) => id));
    const views = new Set(found().map(({ dataset }) => dataset.view));
    stage.classList.toggle('searching', input.value.trim() !== '');
    for (const leaf of leaves())
      leaf.classList.toggle('found', ids.has(leaf.dataset.node) || views.has(leaf.dataset.open));
  }

  function search() {
    const all = found();
    output.textContent = input.value.trim() === '' ? '' : `${all.length} of ${cards.length}`;
    results.hidden = all.length === 0;
    results.replaceChildren(
      ...all.slice(0, MOST_RESULTS).map(({ id, dataset }) => {
        const item = document.createElement('li');
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = `${dataset.name} · ${dataset.kind}`;
        button.addEventListener('click', () => show(id));
        item.append(button);
        return item;
      }),
    );
    mark();
  }

  /** The nearest in a direction, what lies straight ahead first. */
  function next(leaf, [right, down]) {
    const middle = (each) => {
      const { x, y, width, height } = each.getBBox();
      return [x + width / 2, y + height / 2];
    };
    const [x, y] = middle(leaf);
    const ahead = leaves().flatMap((each) => {
      const [dx, dy] = [middle(each)[0] - x, middle(each)[1] - y];
      const along = dx * right + dy * down;
      const aside = Math.abs(dx * down) + Math.abs(dy * right);
      return each === leaf || along <= 1 ? [] : [{ each, far: along + aside * 2 }];
    });
    return ahead.sort((a, b) => a.far - b.far)[0]?.each;
  }

  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  stage.addEventListener('keydown', (event) => {
    const leaf = event.target.closest?.('.leaf');
    const arrow = ARROWS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrow && event.shiftKey)
      look([box[0] + arrow[0] * box[2] * 0.2, box[1] + arrow[1] * box[3] * 0.2, box[2], box[3]]);
    else if (arrow && leaf) {
      const to = next(leaf, arrow);
      if (to) focus(to);
    } else if ((event.key === 'Enter' || event.key === ' ') && leaf) choose(leaf);
    else if (event.key === '+' || event.key === '=') zoom(STEP);
    else if (event.key === '-') zoom(1 / STEP);
    else if (event.key === '0') showAll();
    else if ((event.key === 'Escape' || event.key === 'Backspace') && shown !== 0) {
      open(0);
      focus(leaves()[0]);
    } else return;
    event.preventDefault();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leave(stage.querySelector('.chosen'));
  });
  input.addEventListener('input', search);
  input.addEventListener('keydown', (event) => {
    const [first] = found();
    if (event.key === 'Enter' && first) show(first.id);
    if (event.key === 'Escape') {
      input.value = '';
      search();
    }
  });
  picture.addEventListener('click', (event) => {
    const what = event.target.closest?.('[data-do]')?.dataset.do;
    if (what === 'in') zoom(STEP);
    if (what === 'out') zoom(1 / STEP);
    if (what === 'fit') showAll();
    if (what === 'back') {
      open(0);
      focus(leaves()[0]);
    }
  });

  let drag;
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    drag = { x: event.clientX, y: event.clientY, box, moved: false };
  });
  stage.addEventListener('pointermove', (event) => {
    if (!drag) return;
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    if (!drag.moved) stage.setPointerCapture(event.pointerId);
    drag.moved = true;
    const scale = drag.box[2] / stage.clientWidth;
    look([drag.box[0] - dx * scale, drag.box[1] - dy * scale, drag.box[2], drag.box[3]]);
  });
  const end = () => {
    // The click that ends a drag chooses nothing.
    const { moved } = drag ?? {};
    drag = undefined;
    if (moved)
      stage.addEventListener('click', (event) => event.stopPropagation(), { capture: true, once: true });
  };
  stage.addEventListener('pointerup', end);
  stage.addEventListener('pointercancel', end);
  stage.addEventListener('click', (event) => {
    const leaf = event.target.closest?.('.leaf');
    if (leaf) choose(leaf);
  });
  // The page scrolls by the wheel alone.
  stage.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? STEP : 1 / STEP, pointAt(event));
    },
    { passive: false },
  );
  for (const button of document.querySelectorAll(`[data-show^="${picture.dataset.picture}-"]`)) {
    button.hidden = false;
    button.addEventListener('click', () => show(button.dataset.show));
  }
}
