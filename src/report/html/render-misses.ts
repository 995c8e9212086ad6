import { count } from '../../domain/count.ts'
import type { NearestMiss } from '../../domain/results/nearest-miss.ts'
import { drawGrid } from './draw-grid.ts'
import { html, type Html } from './html.ts'

export function renderMisses(misses: readonly NearestMiss[]): Html {
  if (misses.length === 0) return html``
  return html`<section>
    <h2>Nearest misses</h2>
    <p class="soft small">Unsolved tasks, the fewest wrong test cells first. Wrong cells are crossed out.</p>
    <div class="misses">${misses.map(renderMiss)}</div>
  </section>`
}

function renderMiss({ task_id, sample, cells, cells_right, pairs }: NearestMiss): Html {
  const wrongPair = pairs.find(({ given, output }) => JSON.stringify(given) !== JSON.stringify(output)) ?? pairs[0]
  const wrong = cells - cells_right
  return html`<figure>
    <figcaption><code>${task_id}</code>, sample ${sample + 1}: ${wrong} of ${count(cells, 'cell')} wrong</figcaption>
    ${
      wrongPair === undefined
        ? []
        : [
            html`<div class="grids">
              <div>input${drawGrid(wrongPair.input, 'test input')}</div>
              <div>expected${drawGrid(wrongPair.output, 'expected output')}</div>
              <div>
                got${wrongPair.given === null ? html`<p>nothing</p>` : drawGrid(wrongPair.given, 'output of the sample', wrongPair.output)}
              </div>
            </div>`,
          ]
    }
  </figure>`
}
