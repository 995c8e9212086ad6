import { siteFactsAttribute, type SiteFacts } from '../domain/site/site-facts.ts'

/**
 * `file:` beside `'self'`: not every browser counts the neighbours of a file on disk as its own. Elsewhere it allows nothing,
 * since no server can send a visitor there.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self' file:",
  "style-src 'self' file:",
  "img-src 'self' file: data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** The page of a site. Every address in it is relative: the folder may be anywhere. */
export function renderIndex(title: string, facts: SiteFacts): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}" />
    <title>${escape(title)}</title>
    <link rel="icon" href="icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="page.css" />
  </head>
  <body>
    <div id="root" ${siteFactsAttribute}="${escape(JSON.stringify(facts))}"></div>
    <noscript>Arcloom's page needs JavaScript.</noscript>
    <script src="page.js"></script>
  </body>
</html>
`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
