import { SVG_STYLE } from '../../picture/svg/style.ts';

/** How the pictures of a page look, and what is around them. */
export const PICTURE_STYLE = `${SVG_STYLE}
.picture { margin: 0 0 .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); position: relative; }
.picture .tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .5rem .75rem; border-bottom: 1px solid var(--line); background: var(--soft); }
.picture [hidden] { display: none; }
.picture .tools input { flex: 1 1 14rem; min-width: 8rem; font: inherit; padding: .25rem .5rem; color: var(--text); background: var(--card); border: 1px solid var(--p-border); border-radius: 5px; }
.picture output { color: var(--muted); font-size: .85em; }
button { font: inherit; font-size: .9em; padding: .2rem .6rem; color: var(--text); background: var(--card); border: 1px solid var(--p-border, #818b98); border-radius: 5px; cursor: pointer; }
button:disabled { color: var(--muted); cursor: default; }
:focus-visible { outline: 2px solid var(--blue); outline-offset: 1px; }
.picture .stage { overflow: auto; max-height: 75vh; }
.picture .stage.live { overflow: hidden; height: 26rem; max-height: 75vh; cursor: grab; touch-action: pan-y; }
.picture .stage.live svg { width: 100%; height: 100%; display: block; }
.picture .stage svg[hidden] { display: none; }
.picture .leaf { cursor: pointer; }
.picture .leaf:focus { outline: none; }
.picture .leaf:focus-visible rect { stroke: var(--p-focus); stroke-width: 3; }
.picture .leaf.chosen rect { stroke-width: 3; }
.picture .searching .leaf:not(.found) { opacity: .35; }
.picture .results { list-style: none; margin: 0; padding: .25rem .75rem; max-height: 14rem; overflow: auto; border-bottom: 1px solid var(--line); }
.picture .results button { border: 0; background: none; padding: .15rem 0; text-align: left; width: 100%; }
.picture .panel { border-top: 1px solid var(--line); padding: .5rem 1rem 1rem; max-height: 28rem; overflow: auto; }
.picture .panel :is(h2, h3) { font-size: 1rem; border: 0; padding: 0; margin: .5rem 0; display: flex; justify-content: space-between; gap: 1rem; overflow-wrap: anywhere; }
.picture .panel p, .picture .panel ul { margin: .25rem 0 .75rem; }
.picture .panel pre + pre { border-top: 1px solid var(--line); }
@media (min-width: 62rem) { main:has(.picture) { max-width: 84rem; } }
@media print { .picture .tools { display: none; } }
`;
