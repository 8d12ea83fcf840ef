/** The look of the control page: paper and graphite, and colour for meaning only. */
export const styles = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.975 0.004 90), oklch(0.19 0.006 270));
  --raised: light-dark(white, oklch(0.23 0.006 270));
  --sunken: light-dark(oklch(0.955 0.004 90), oklch(0.16 0.006 270));
  --ink: light-dark(oklch(0.24 0.01 270), oklch(0.95 0.005 270));
  --soft: light-dark(oklch(0.46 0.01 270), oklch(0.76 0.01 270));
  --line: light-dark(oklch(0.87 0.005 270), oklch(0.34 0.006 270));
  --edge: light-dark(oklch(0.6 0.01 270), oklch(0.6 0.01 270));
  --accent: light-dark(oklch(0.55 0.16 255), oklch(0.72 0.14 255));
  --safelight: light-dark(oklch(0.6 0.14 65), oklch(0.78 0.14 75));
  --stop: light-dark(oklch(0.56 0.19 25), oklch(0.72 0.16 25));
  --fixed: light-dark(oklch(0.58 0.13 155), oklch(0.76 0.13 155));
  --draft: light-dark(oklch(0.58 0.13 235), oklch(0.75 0.12 235));
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 20px; font-weight: 600; line-height: 1.2; }
h2 { font-size: 13px; font-weight: 600; margin-bottom: 12px; }
h3 { font-size: 13px; font-weight: 600; margin: 16px 0 8px; }
.soft { color: var(--soft); font-size: 13px; }
.plain { list-style: none; padding: 0; }
.top { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between; align-items: end; max-width: 1280px; margin: 0 auto; padding: 20px 16px 0; overflow-wrap: anywhere; }
main { display: grid; gap: 12px; max-width: 1280px; margin: 0 auto; padding: 16px; grid-template-columns: minmax(0, 1fr); }
@media (min-width: 900px) {
  main { grid-template-columns: repeat(12, minmax(0, 1fr)); }
  .third { grid-column: span 4; }
  .half { grid-column: span 6; }
  .most { grid-column: span 8; }
  .all { grid-column: 1 / -1; }
  .pair { display: grid; grid-template-columns: 2fr 1fr; gap: 32px; }
}
.panel { columns: 4 240px; column-gap: 32px; margin-top: -12px; }
.panel > div { break-inside: avoid; }
.scroll { max-height: 300px; overflow: auto; }
#webhook-test { margin: 8px 0; }
#images { max-height: 420px; overflow: auto; }
section { background: var(--raised); border: 1px solid var(--line); border-radius: 10px; padding: 16px; min-width: 0; }
button { font: inherit; color: inherit; min-height: 32px; padding: 4px 12px; background: var(--raised); border: 1px solid var(--edge); border-radius: 6px; cursor: pointer; transition: background 160ms ease-out; }
button:hover { background: var(--sunken); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.keys { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.clock { padding-bottom: 6px; }
.clock time { font-size: 32px; font-weight: 500; line-height: 1; letter-spacing: -0.01em; }
.clock[data-status='apart'] time { color: var(--ink); border-bottom: 3px solid var(--safelight); }
.part { display: flex; align-items: center; gap: 8px; padding: 12px 0 4px; font-weight: 600; }
.part .soft { font-weight: 400; margin-left: auto; }
.lamp { width: 10px; height: 10px; border-radius: 50%; border: 1.5px solid var(--fixed); background: var(--fixed); flex: none; transition: background 160ms ease-out; }
.lamp[data-status='disturbed'] { background: var(--safelight); border-color: var(--safelight); box-shadow: 0 0 0 3px color-mix(in oklch, var(--safelight) 25%, transparent); }
.switch { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 12px; width: 100%; text-align: start; align-items: center; padding: 6px 0; background: none; border: 0; border-top: 1px solid var(--line); border-radius: 0; }
.switch:hover .throw { border-color: var(--ink); }
.switch .soft { grid-column: 1; }
.throw { grid-row: 1 / 3; grid-column: 2; width: 40px; height: 22px; border: 1.5px solid var(--edge); border-radius: 11px; position: relative; background: var(--sunken); }
.throw::after { content: ''; position: absolute; inset: 2px auto 2px 2px; width: 15px; border-radius: 50%; background: var(--edge); transition: translate 160ms ease-out; }
[aria-checked='true'] .throw { background: color-mix(in oklch, var(--safelight) 25%, var(--raised)); border-color: var(--safelight); }
[aria-checked='true'] .throw::after { background: var(--safelight); translate: 18px 0; }
details { margin-top: 10px; }
summary { min-height: 32px; padding: 6px 0; cursor: pointer; }
textarea { width: 100%; margin: 8px 0; padding: 8px; font: 13px/1.5 ui-monospace, monospace; color: inherit; background: var(--sunken); border: 1px solid var(--edge); border-radius: 6px; }
code, .log { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.problem { font-size: 13px; border-inline-start: 3px solid var(--stop); padding-inline-start: 8px; margin-bottom: 8px; }
.problem:empty { display: none; }
.row { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding: 6px 0; border-top: 1px solid var(--line); }
.row > :first-child { min-width: 0; overflow-wrap: anywhere; }
.plot { display: grid; grid-template-columns: 92px minmax(0, 1fr); align-items: center; gap: 8px; }
.plot svg { width: 100%; height: 32px; background: var(--sunken); border-bottom: 1px solid var(--edge); display: block; }
.plot + .plot { margin-top: 4px; }
.axis { display: flex; justify-content: space-between; padding-inline-start: 100px; }
.tick { fill: var(--fixed); }
.tick[data-status='failed'] { fill: var(--stop); }
.tick[data-status='broken'] { fill: none; stroke: var(--stop); stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.log { max-height: 420px; overflow: auto; background: var(--sunken); border-radius: 6px; padding: 8px 12px; }
.log li { display: grid; grid-template-columns: 68px 60px minmax(0, 1fr); gap: 0 8px; padding: 2px 0; }
.log .mark { display: inline-block; width: 8px; height: 8px; border-radius: 2px; background: var(--fixed); margin-inline-end: 6px; }
.log [data-status='failed'] .mark { background: var(--stop); border-radius: 50%; }
.log [data-status='broken'] .mark { background: none; border: 1.5px solid var(--stop); }
.log .fault { color: var(--soft); }
.grid { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 12px; }
.thumb { aspect-ratio: 1; width: 100%; object-fit: cover; background: var(--sunken); border-radius: 6px; display: grid; place-items: center; color: var(--soft); font-size: 13px; }
.name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; margin-top: 6px; }
.row .state { white-space: nowrap; }
.state::before { content: ''; display: inline-block; width: 8px; height: 8px; margin-inline-end: 6px; border-radius: 50%; background: var(--fixed); }
.state[data-status='refused']::before { background: var(--stop); border-radius: 1px; }
.state[data-status='settling']::before { background: none; border: 2px solid var(--safelight); }
.state[data-status='open']::before { background: var(--draft); }
.state[data-status='expired']::before { background: none; border: 2px solid var(--edge); }
@media (max-width: 480px) { .log li { grid-template-columns: 68px minmax(0, 1fr); } .log li > :last-child { grid-column: 1 / -1; padding-bottom: 4px; } .plot { grid-template-columns: 1fr; gap: 0; } .axis { padding: 0; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media (forced-colors: active) { .lamp, .throw, .mark, .tick { forced-color-adjust: none; } }
`
