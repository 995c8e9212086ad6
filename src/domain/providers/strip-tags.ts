/** The text of an HTML page, without its tags. Each `<` looks for its `>` once, so the time is linear in the page's length. */
export function stripTags(page: string): string {
  const parts: string[] = []
  for (let at = 0; at < page.length;) {
    const start = page.indexOf('<', at)
    const end = start < 0 ? -1 : page.indexOf('>', start)
    // An unclosed tag, at the end of a truncated page, is not text.
    parts.push(page.slice(at, start < 0 ? page.length : start))
    at = end < 0 ? page.length : end + 1
  }
  return parts.join(' ')
}

/** Whether a body is a web page: a login form, a proxy's notice, the start page of whatever listens there. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype|!--|\?xml|[a-z][a-z0-9]*[\s/>])/i.test(text.slice(0, 1_000))
}
