/** The look of the page: as a pull request comment has it, in light and dark, for print and for narrow windows. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1f2328; --muted: #59636e; --page: #f6f8fa; --card: #fff; --line: #d1d9e0;
  --soft: #f6f8fa; --red: #cf222e; --orange: #bc4c00; --amber: #9a6700; --green: #1a7f37; --blue: #0969da;
  --minus: #ffebe9; --plus: #dafbe1; --note: #fff8c5; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --muted: #9198a1; --page: #010409; --card: #0d1117;
  --line: #3d444d; --soft: #151b23; --red: #f85149; --orange: #db6d28; --amber: #d29922; --green: #3fb950;
  --blue: #4493f8; --minus: #25171c; --plus: #12261e; --note: #272115; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: var(--page); color: var(--text);
  font: 15px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
main { max-width: 58rem; margin: 0 auto; padding: 1.5rem 1.75rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .75rem; padding-top: 1.25rem; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
h3 { font-size: .95rem; margin: 1.5rem 0 .5rem; }
code, pre { font-family: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: .85em; }
code { padding: .15em .35em; background: var(--soft); border-radius: 5px; overflow-wrap: anywhere; }
a { color: var(--blue); }
.box { margin: 0 0 1.25rem; padding: .5rem 1rem; border-left: .25rem solid var(--red); }
.box strong { color: var(--red); }
.box ul { margin: .35rem 0; padding-left: 1.25rem; }
.scroll { overflow-x: auto; margin: 0 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .93em; }
th { text-align: left; font-weight: 600; color: var(--muted); }
th, td { padding: .4rem .75rem; border-bottom: 1px solid var(--line); vertical-align: top; }
td:last-child { overflow-wrap: anywhere; }
td:not(:last-child) code { white-space: nowrap; }
td.number, th.number { text-align: right; white-space: nowrap; }
.action { white-space: nowrap; font-weight: 600; }
.action::before { content: ""; display: inline-block; width: .65em; height: .65em; margin-right: .5em; border-radius: 50%; background: currentColor; }
.replaced, .removed, .failed { color: var(--red); } .may-be-replaced { color: var(--orange); } .updated { color: var(--amber); }
.code, .moved, .new-revision { color: var(--blue); } .added, .imported, .passed { color: var(--green); }
details { margin: 0 0 .6rem; border: 1px solid var(--line); border-radius: 6px; overflow: hidden; }
summary { padding: .45rem .8rem; cursor: pointer; background: var(--soft); font-size: .93em; overflow-wrap: anywhere; }
summary:focus-visible { outline: 2px solid var(--blue); outline-offset: -2px; }
svg.bar { display: block; min-width: 8rem; height: .7em; margin-top: .35em; background: var(--soft); }
svg.bar .now { fill: var(--blue); } svg.bar .grown { fill: var(--green); } svg.bar .former { fill: var(--muted); } svg.bar .stopped { fill: var(--red); }
details > .inner { padding: .75rem .8rem 0; }
pre { margin: 0; padding: .5rem 0; overflow-x: auto; line-height: 1.45; }
pre span { display: block; padding: 0 .8rem; white-space: pre; width: max-content; min-width: 100%; }
.minus { background: var(--minus); } .plus { background: var(--plus); } .at { color: var(--orange); background: var(--note); }
footer { margin-top: 1.5rem; color: var(--muted); font-size: .85em; }
@media print { body { background: none; padding: 0; } main { border: 0; } }
`;
