import type { RunDocument } from '../domain/results/run-document.ts'
import type { RunAnalysis } from './analyze-run.ts'
import { renderHtml } from './html/render-html.ts'
import { renderAnalysis } from './render-analysis.ts'
import { renderReport } from './render-report.ts'

export const reportFormats = ['md', 'json', 'html'] as const

export type ReportFormat = (typeof reportFormats)[number]

/** Everything that a run's files say about it. */
export interface Report {
  readonly document: RunDocument
  readonly analysis: RunAnalysis
}

/** The full report, as in the files of a run. The JSON is the output of `--json` plus the analysis. */
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
