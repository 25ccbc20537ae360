/** The picture of the service. Its own script, which the report has as well, brings it to life. */
import { make } from './make.mjs';

let drawn = 0;

/** @param place where it is shown @param targets what of it can be sent to */
export async function showMap(place, { target, prepare }) {
  const answer = await fetch('/api/map');
  const text = await answer.text();
  if (!answer.ok) {
    place.replaceChildren(make('p', { text: `The map could not be drawn: ${text}` }));
    return;
  }
  // It is made of the template by the process that serves this page, which writes all names as texts.
  place.innerHTML = text;
  await import(`/api/map.js?${drawn++}`);
  for (const panel of place.querySelectorAll('.panel'))
    new MutationObserver(() => addButton(panel, { target, prepare })).observe(panel, { childList: true });
}

/** A function that is chosen in the picture can be sent to. */
function addButton(panel, { target, prepare }) {
  const id = panel.querySelector('summary')?.textContent.split(' · ')[0] ?? '';
  const found = target(id);
  if (!found || panel.querySelector('.send-to')) return;
  panel.querySelector('p')?.after(
    make('button', {
      type: 'button',
      class: 'send-to',
      text: `Send to ${id}`,
      on: { click: () => prepare(id) },
    }),
  );
}
