import { trusted } from './html.ts'

/** The report's whole look: light and dark by the reader's system, narrow screens, print. */
export const style = trusted(`
:root { color-scheme: light dark;
  --page: #fbfbf9; --ink: #1f2328; --soft: #5f6770; --line: #e2e2dc; --panel: #ffffff;
  --good: #2f7d5b; --miss: #c98a1b; --bad: #b9bec4; --none: #e4e6e8; --mark: #2a62b8; }
@media (prefers-color-scheme: dark) { :root {
  --page: #14171a; --ink: #e4e6e8; --soft: #9aa3ac; --line: #2b3036; --panel: #1a1e22;
  --good: #58b38a; --miss: #e0ab4b; --bad: #59626b; --none: #2f353b; --mark: #7fb0f2; } }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 2.5rem 1.25rem 5rem; max-width: 58rem; background: var(--page); color: var(--ink);
  font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; font-variant-numeric: tabular-nums }
h1 { font-size: 1.6rem; line-height: 1.25; margin: .1rem 0 .4rem; overflow-wrap: anywhere }
h2 { font-size: 1.1rem; margin: 3rem 0 .35rem } h3 { font-size: .95rem; margin: 1.8rem 0 .5rem }
p { margin: .35rem 0; max-width: 44rem } .soft, figcaption, caption { color: var(--soft) } .small { font-size: .875rem }
code { font: .92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: .75rem; margin: 1.5rem 0; padding: 0 }
.facts div { background: var(--panel); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem .9rem }
.facts dt { color: var(--soft); font-size: .82rem } .facts dd { margin: 0; font-size: 1.25rem; font-weight: 600; overflow-wrap: anywhere }
.facts small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft) }
.rows { display: grid; grid-template-columns: minmax(6rem, max-content) minmax(4rem, 1fr) max-content; gap: .4rem .9rem; align-items: center; margin: .8rem 0 }
.label { overflow-wrap: anywhere; max-width: 18rem } .value { text-align: right; white-space: nowrap }
.rows svg { width: 100%; height: 1.25rem; display: block; overflow: visible }
.axis { font-size: .75rem; color: var(--soft); display: flex; justify-content: space-between }
.stack { display: flex; height: 1.6rem; border-radius: .4rem; overflow: hidden; margin: .9rem 0 .6rem; gap: 2px }
.key { list-style: none; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.4rem }
.key i { display: inline-block; width: .75rem; height: .75rem; border-radius: .2rem; margin-right: .45rem; vertical-align: -.05rem }
.solved { background: var(--good); fill: var(--good) } .right-not-chosen { background: var(--miss); fill: var(--miss) }
.no-right-candidate { background: var(--bad); fill: var(--bad) } .not-recorded { background: var(--none); fill: var(--none) }
.two { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0 3rem }
.scroll { overflow-x: auto; margin: .6rem 0 } table { border-collapse: collapse; width: 100%; font-size: .875rem }
th, td { text-align: left; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); white-space: nowrap }
th { color: var(--soft); font-weight: 500 } td.n, th.n { text-align: right }
.misses { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 1.6rem 2rem; margin: 1rem 0 }
.misses figure { margin: 0 } .grids { display: flex; gap: .7rem; margin: .3rem 0 } .grids > div { flex: 1; min-width: 0; font-size: .78rem; color: var(--soft) }
.grids svg { width: 100%; max-height: 12rem; display: block; margin-top: .2rem }
details > summary { cursor: pointer; margin: .6rem 0 } footer { margin-top: 4rem; border-top: 1px solid var(--line); padding-top: 1rem }
.row { display: contents }
@media (max-width: 34rem) { body { padding: 1.5rem 1rem 3rem } .rows { display: block }
  .row { display: grid; grid-template-columns: 1fr max-content; gap: .1rem .9rem; margin-bottom: .6rem }
  .row > .plot { grid-area: 2 / 1 / auto / -1 } }
@media print { body { max-width: none; padding: 0 } details { display: block } }
`)
