/** The page's own style: light or dark as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --ground: #fbfbfa; --text: #1d1d1b; --faint: #6a6a66; --rule: #e3e3df;
  --series-1: #2563a8; --series-2: #c2571a; --series-3: #3f7d4e; --series-4: #8a4f9e; --good: #2f7a43; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #161615; --text: #ececea; --faint: #a0a09b; --rule: #33332f;
    --series-1: #6fa8e6; --series-2: #ef9a5f; --series-3: #7cc28d; --series-4: #c596d6; --good: #7cc28d; --bad: #f2837b; }
}
body { margin: 2rem auto; max-width: 84rem; padding: 0 1.25rem; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin-bottom: 0.2rem; } h2 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
p { margin: 0.1rem 0; color: var(--faint); }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.25rem 1.2rem 0.25rem 0; border-bottom: 1px solid var(--rule); text-align: right; font-weight: normal; }
th { color: var(--faint); } th:first-child, td:first-child, td.text { text-align: left; }
.met { color: var(--good); } .missed { color: var(--bad); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 1.2rem 2rem; }
figure { margin: 0; } figcaption { font-weight: 600; } figcaption small { color: var(--faint); font-weight: normal; }
.name { font-weight: normal; margin-left: 1rem; white-space: nowrap; }
.name i { display: inline-block; width: 0.9rem; height: 0.2rem; margin-right: 0.35rem; vertical-align: middle; }
svg { width: 100%; height: auto; } svg text { fill: var(--faint); font-size: 12px; }
svg .grid { stroke: var(--rule); } svg path { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
${[1, 2, 3, 4].map((n) => `.series-${n} { stroke: var(--series-${n}); } i.series-${n} { background: var(--series-${n}); }`).join('\n')}
.table { overflow-x: auto; }
`
