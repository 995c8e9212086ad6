import type { Page } from 'playwright-core'
import type { RunStore } from '../../src/adapters/stores/run-store.ts'
import { recordRun } from './record-run.ts'

/** What people and models may write so that it runs as a script. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(2)>',
  '<svg/onload=alert(3)>',
  '<iframe srcdoc="<script>alert(4)</script>"></iframe>',
  '[a](javascript:alert(5)) [b](JaVaScRiPt:alert(6)) [c](data:text/html,<script>alert(7)</script>) <javascript:alert(8)>',
  '![x](x"onerror="alert(9)) ![y](javascript:alert(10))',
  '[d]: javascript:alert(11)\n\n[d]',
  '</div></main><script src=/api/tasks></script>',
  '<style>body{display:none}</style><meta http-equiv=refresh content="0;url=//evil.example">',
  '&lt;script&gt;alert(12)&lt;/script&gt; `<script>alert(13)</script>`',
  '<a href="javascript:alert(14)" autofocus onfocus=alert(15)>x</a><details open ontoggle=alert(16)>',
  '"><script>alert(17)</script> {{constructor.constructor("alert(18)")()}} ${alert(19)}',
  '\u2028alert(21)\u2029 </script><!--<script> ]]>',
]
export const hostileName = '<img src=x onerror=alert(20)>'

/** A run `hostile` of the task `plain`, in which every text of a model, a program or a provider is an attack. */
export async function putHostileRun(runs: RunStore): Promise<void> {
  const [attacks, name] = [hostileTexts, hostileName]
  const task = { train: [{ input: [[1]], output: [[2]] }], test: [{ input: [[3]], output: [[4]] }] }
  const text = attacks.join('\n\n')
  const folder = await recordRun(runs, {
    name: 'hostile',
    recipe: 'code',
    tasks: [{ taskId: 'plain', version: 0, dataset: name, split: name, ...task }],
    say: () => [
      {
        texts: [`${text}\n\n\`\`\`python\ndef solve(g):\n    # ${attacks[0]}\n    return '${name}'\n\`\`\``],
        reasoning: text,
      },
    ],
  })
  const record = await folder.findRecord('plain')
  const [sample] = record?.samples ?? []
  const [round] = sample?.rounds ?? []
  if (!record || !sample || !round?.run) throw new Error('nothing was recorded')
  const pairs = round.run.pairs.map((pair) => ({
    ...pair,
    verdict: 'error' as const,
    error_type: name,
    message: text,
    line: 2,
  }))
  const run = { ...round.run, pairs, printed: text, function: name }
  await folder.putRecord({ ...record, samples: [{ ...sample, rounds: [{ ...round, run }] }] })
}

/** Opens everything on a sample's page that is closed at first. */
export async function openAllOf(page: Page): Promise<void> {
  const closed = page.locator('details:not([open]) > summary')
  while ((await closed.count()) > 0) await closed.first().click()
  await page.getByRole('region', { name: 'Answer' }).waitFor()
}
