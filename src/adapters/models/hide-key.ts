/** Shorter ones are the placeholders of local servers (`none`, `EMPTY`), and would be found in every other answer. */
const shortestSecret = 8

/** A text without the key that was sent, which some providers echo; OpenAI does so half masked (`sk-ab***wxyz`). */
export function hideKey(text: string, key: string | undefined): string {
  if (key === undefined || key.length < shortestSecret) return text
  return text.replaceAll(key, '[key]').replace(/\bsk-[\w-]*\*{3,}[\w*-]*/g, '[key]')
}
