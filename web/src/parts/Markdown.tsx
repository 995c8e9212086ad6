import { micromark } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { useMemo } from 'react'
import styles from './Markdown.module.css'

const options = { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] }

/**
 * CommonMark and tables, as people and models write them. micromark shows HTML as text and removes addresses that could run
 * scripts.
 */
export function Markdown({ text }: { readonly text: string }) {
  const html = useMemo(() => lowerHeadings(dressLinks(micromark(text, options))), [text])
  return <div className={styles.markdown} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}

/** A link without an address becomes text; others send no referrer and pass on no search rank. */
function dressLinks(html: string): string {
  return html
    .replaceAll(/<a href=""[^>]*>(.*?)<\/a>/gs, '$1')
    .replaceAll('<a href=', '<a rel="noopener noreferrer nofollow" href=')
}

/** Headings of a text rank below those of the page. Look-alikes in the text itself are escaped, and not tags. */
function lowerHeadings(html: string): string {
  return html.replaceAll(/<(\/?)h([1-6])>/g, (_, slash: string, level: string) => {
    return `<${slash}h${Math.min(6, Number(level) + 2)}>`
  })
}
