/** Markup that may stand in a page as it is. Only `html` makes it, so text from outside never becomes markup. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[]

/** Writes markup. Whatever is filled in is escaped, unless it is markup made here. The indentation of the code is left out. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    markup: texts.map((text, index) => text.replaceAll(/\n\s+/g, '\n') + renderPart(parts[index] ?? '')).join(''),
  }
}

/** For what is written in this project and must stand as it is: a style sheet. */
export function trusted(markup: string): Html {
  return { markup }
}

function renderPart(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** Safe between tags and inside quoted attributes. Control characters, and those that turn the direction of writing, become a sign. */
function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
