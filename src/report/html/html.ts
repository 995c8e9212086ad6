/** Markup that may be inserted into a page unchanged. Only `html` creates it, so outside text never becomes markup. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[]

/** Builds markup. Inserted values are escaped unless they are markup made here. The code's indentation is removed. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return {
    markup: texts.map((text, index) => text.replaceAll(/\n\s+/g, '\n') + renderPart(parts[index] ?? '')).join(''),
  }
}

/** For text of this project that must stay unchanged: a style sheet. */
export function trusted(markup: string): Html {
  return { markup }
}

function renderPart(part: Part): string {
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part))
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('')
}

/** Safe between tags and inside quoted attributes. Control and bidirectional characters are replaced by a visible sign. */
function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll(/(?![\t\n\r])[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}
