/** The text of an HTML page, without its tags. Each `<` looks for its `>` once, so the time is linear in the page's length. */
export function stripTags(page: string): string {
  const parts: string[] = []
  for (let at = 0; at < page.length;) {
    const open = page.indexOf('<', at)
    const close = open < 0 ? -1 : page.indexOf('>', open)
    // An unclosed tag, at the end of a truncated page, is not text.
    parts.push(page.slice(at, open < 0 ? page.length : open))
    at = close < 0 ? page.length : close + 1
  }
  return parts.join(' ')
}

/** Whether a body is a web page: a login form, a proxy's notice, the start page of whatever listens there. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])/i.test(text.slice(0, 1_000))
}
