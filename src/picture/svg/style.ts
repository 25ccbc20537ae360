/** How a picture looks, in light and dark: of its own, and within a page. */
export const SVG_STYLE = `
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
`;
