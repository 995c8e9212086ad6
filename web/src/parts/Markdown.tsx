import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { useMemo } from 'react'
import styles from './Markdown.module.css'

const options = { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] }

/** CommonMark and tables, as people and models write them. micromark shows HTML as text and drops addresses that could run something. */
export function Markdown({ text }: { readonly text: string }) {
  const html = useMemo(() => lowerHeadings(dressLinks(micromark(text, options))), [text])
  return <div className={styles.markdown} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}

/** A link whose address was dropped is text; the others tell no other site where they were followed, and lend it no weight. */
function dressLinks(html: string): string {
  return html
    .replaceAll(/<a href=""[^>]*>(.*?)<\/a>/gs, '$1')
    .replaceAll('<a href=', '<a rel="noopener noreferrer nofollow" href=')
}

/** The headings of a text stand below those of the page. What looks like one in the text itself is escaped, and no tag. */
function lowerHeadings(html: string): string {
  return html.replaceAll(/<(\/?)h([1-6])>/g, (_, slash: string, level: string) => {
    return `<${slash}h${Math.min(6, Number(level) + 2)}>`
  })
}
