import type { RunDocument } from '../domain/results/run-document.ts'
import type { RunAnalysis } from './analyze-run.ts'
import { renderHtml } from './html/render-html.ts'
import { renderAnalysis } from './render-analysis.ts'
import { renderReport } from './render-report.ts'

export const reportFormats = ['md', 'json', 'html'] as const

export type ReportFormat = (typeof reportFormats)[number]

/** All that can be said of a run from its files. */
export interface Report {
  readonly document: RunDocument
  readonly analysis: RunAnalysis
}

/** Everything, as the files beside a run have it. The JSON is what `--json` prints of a run, with the analysis in it. */
export function renderWholeReport({ document, analysis }: Report, format: ReportFormat): string {
  switch (format) {
    case 'md':
      return `${renderReport(document)}\n${renderAnalysis(analysis)}`
    case 'json':
      return `${JSON.stringify({ ...document, analysis }, null, 2)}\n`
    case 'html':
      return renderHtml(document, analysis)
  }
}
