/** A part of an answer: Markdown, or a fenced block of code. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly code: string }

/** Splits Markdown at its fenced blocks (spec.commonmark.org, 4.5) that stand at the left. One that is still coming counts. */
export function splitCode(markdown: string): Part[] {
  const parts: Part[] = []
  let text: string[] = []
  let open: { readonly fence: string; readonly language: string; readonly lines: string[] } | undefined
  const endText = () => {
    if (text.join('').trim() !== '') parts.push({ kind: 'text', text: text.join('\n') })
    text = []
  }
  const endCode = () => {
    if (open) parts.push({ kind: 'code', language: open.language, code: open.lines.join('\n') })
    open = undefined
  }
  for (const line of markdown.split('\n')) {
    const [, fence, info = ''] = /^(`{3,}|~{3,})[ \t]*([^`]*)$/.exec(line.trimEnd()) ?? []
    if (open === undefined && fence !== undefined) {
      endText()
      open = { fence, language: info.trim().split(/\s/)[0]?.toLowerCase() ?? '', lines: [] }
    } else if (open !== undefined && info === '' && fence !== undefined && fence.startsWith(open.fence)) {
      endCode()
    } else if (open !== undefined) open.lines.push(line)
    else text.push(line)
  }
  endText()
  endCode()
  return parts
}
