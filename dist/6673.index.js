const d=6673,o=[6673],p={51354:((a,r,e)=>{e.d(r,{j:()=>t});const t=`
.picture { --p-text: #1f2328; --p-soft: #59636e; --p-paper: #ffffff; --p-node: #f6f8fa; --p-line: #59636e; --p-border: #818b98;
  --p-added: #1a7f37; --p-added-fill: #dafbe1; --p-changed: #7d4e00; --p-changed-fill: #fff8c5;
  --p-removed: #c21c2a; --p-removed-fill: #ffebe9; --p-focus: #0969da; }
@media (prefers-color-scheme: dark) { .picture { --p-text: #f0f6fc; --p-soft: #b1bac4; --p-paper: #0d1117; --p-node: #151b23;
  --p-line: #9198a1; --p-border: #656c76; --p-added: #56d364; --p-added-fill: #12261e; --p-changed: #e3b341;
  --p-changed-fill: #272115; --p-removed: #ff7b72; --p-removed-fill: #25171c; --p-focus: #4493f8; } }
.picture text { font: 13px -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; fill: var(--p-text); }
.picture .paper { fill: var(--p-paper); }
.picture .leaf rect { fill: var(--p-node); stroke: var(--p-border); }
.picture .leaf text { text-anchor: middle; }
.picture .leaf .name { font-weight: 600; }
.picture .leaf .detail { font-size: 12px; fill: var(--p-soft); }
.picture .leaf .change { font-size: 12px; font-weight: 600; }
.picture .guest rect, .picture .outside rect { stroke-dasharray: 2 3; }
.picture .box rect { fill: none; stroke: var(--p-border); stroke-dasharray: 6 3; }
.picture .box text { font-size: 12px; font-weight: 600; fill: var(--p-soft); }
.picture .edge .line { fill: none; stroke: var(--p-line); stroke-width: 1.3; }
.picture .edge .head { fill: var(--p-line); stroke: none; }
.picture .edge.permission .line { stroke-dasharray: 5 4; }
.picture .edge.use .line { stroke-dasharray: 1 4; stroke-linecap: round; }
.picture .edge.use .head { fill: none; stroke: var(--p-line); }
.picture .label rect { fill: var(--p-paper); }
.picture .label text { font-size: 11.5px; text-anchor: middle; fill: var(--p-soft); }
.picture .leaf.added rect { fill: var(--p-added-fill); stroke: var(--p-added); stroke-width: 2; }
.picture .leaf.changed rect { fill: var(--p-changed-fill); stroke: var(--p-changed); stroke-width: 2; }
.picture .leaf.replaced rect { fill: var(--p-removed-fill); stroke: var(--p-removed); stroke-width: 2; }
.picture .leaf.removed rect { fill: var(--p-removed-fill); stroke: var(--p-removed); stroke-width: 2; stroke-dasharray: 6 4; }
.picture .edge.added .line { stroke: var(--p-added); stroke-width: 2; } .picture .edge.added .head { fill: var(--p-added); }
.picture .edge.changed .line { stroke: var(--p-changed); stroke-width: 2; } .picture .edge.changed .head { fill: var(--p-changed); }
.picture .edge.removed .line { stroke: var(--p-removed); stroke-width: 2; } .picture .edge.removed .head { fill: var(--p-removed); }
.picture .leaf.added .change, .picture .label.added text { fill: var(--p-added); }
.picture .leaf.changed .change, .picture .label.changed text { fill: var(--p-changed); }
.picture .leaf.removed .change, .picture .leaf.replaced .change, .picture .label.removed text { fill: var(--p-removed); }
`}),49054:((a,r,e)=>{e.r(r),e.d(r,{PICTURE_STYLE:()=>i});var t=e(51354);const i=`${t.j}
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
`})};export{d as id,o as ids,p as modules};
