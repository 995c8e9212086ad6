import { micromark } from 'micromark'
import { useMemo } from 'react'

/** CommonMark as people write it. micromark shows HTML as text and drops addresses that could run something. */
export function Markdown({ text }: { readonly text: string }) {
  const html = useMemo(() => micromark(text), [text])
  return <div className="markdown" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}
