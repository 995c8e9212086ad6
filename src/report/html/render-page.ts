import { html, type Html } from './html.ts'
import { style } from './style.ts'

interface Page {
  readonly title: string
  readonly header: Html
  readonly main: Html
  readonly footer: Html
}

/** A self-contained page: no script, no font, no address. */
export function renderPage({ title, header, main, footer }: Page): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${title}</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <header>${header}</header>
        <main>${main}</main>
        <footer class="soft small">${footer}</footer>
      </body>
    </html>`
  return `${page.markup}\n`
}
