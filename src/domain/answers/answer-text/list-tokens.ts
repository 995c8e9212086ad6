/**
 * What a chat-template token does in a model's text: it begins or ends thinking, ends the model's turn, or is a mere marker that
 * can be dropped.
 */
type TokenKind = 'open' | 'close' | 'turn' | 'mark'

export interface Token {
  readonly kind: TokenKind
  /** For `open` and `close`, the key by which a closing token is matched to its opening. */
  readonly family: string
  readonly from: number
  readonly to: number
}

/** Tags that models think in: DeepSeek, Qwen, GLM, QwQ and many more use the first; Claude, Gemini, EXAONE, Seed the others. */
const thinkingTags =
  'think|thinking|thoughts?|reasoning|reflection|analysis|scratchpad|inner_monologue|antThinking|seed:think'

/** A message of gpt-oss (the harmony format): `<|start|>assistant<|channel|>final <|constrain|>json<|message|>`. */
const harmony = (channel: string) =>
  String.raw`(?:<\|start\|>\s*assistant)?<\|channel\|>\s*(?:${channel})\b[^<\n]{0,100}(?:<\|constrain\|>[^<\n]{0,40})?<\|message\|>`

/** Mistral, Kimi, OpenThinker, Cohere, Gemma 4, MedGemma, gpt-oss. */
const openings = String.raw`\[THINK\]|◁think▷|<\|begin_of_thought\|>|<\|START_THINKING\|>|<\|channel>\s*thought\b|<unused94>thought|${harmony('analysis|commentary')}`
const closings = String.raw`\[/THINK\]|◁/think▷|<\|end_of_thought\|>|<\|END_THINKING\|>|<channel\|>|<unused95>|${harmony('final')}`

/** Mark a part of the answer, or its beginning. */
const marks = String.raw`<\|(?:begin_of_solution|end_of_solution|begin_of_box|end_of_box|START_RESPONSE|END_RESPONSE|START_TEXT|END_TEXT|think)\|>|\[/INST\]`

/** Start of a turn, and anything else between `<|` and `|>`, or DeepSeek's wide bars: it belongs to the template, never to an answer. */
const turns = String.raw`<\|(?:im_start|start)\|>\s*assistant\b|<\|start_header_id\|>\s*assistant\s*<\|end_header_id\|>|<start_of_turn>\s*model\b|<\|turn>\s*model\b|<\|[\w/-]{1,40}\|>|<｜[^｜<>\n]{1,40}｜>|</?s>|<(?:start|end)_of_turn>|<(?:eos|bos)>|<turn\|>|<\|turn>|\[INST\]`

const token = new RegExp(
  String.raw`<(${thinkingTags})(?:\s[^<>\n]{0,100})?>|</(${thinkingTags})>|(${openings})|(${closings})|(${marks})|${turns}`,
  'gi',
)

/** Lists the chat-template tokens of a text, in order. Linear in the text's length. */
export function* listTokens(text: string): Generator<Token> {
  for (const match of text.matchAll(token)) {
    const [whole, openTag, closeTag, opening, closing, mark] = match
    const place = { from: match.index, to: match.index + whole.length }
    if (openTag !== undefined) yield { kind: 'open', family: openTag.toLowerCase(), ...place }
    else if (closeTag !== undefined) yield { kind: 'close', family: closeTag.toLowerCase(), ...place }
    else if (opening !== undefined) yield { kind: 'open', family: nameFamily(opening), ...place }
    else if (closing !== undefined) yield { kind: 'close', family: nameFamily(closing), ...place }
    else yield { kind: mark === undefined ? 'turn' : 'mark', family: '', ...place }
  }
}

/** The key that an opening and its closing share, and no other pair. */
function nameFamily(token: string): string {
  if (/<\|message\|>/i.test(token)) return 'message'
  return /\[|◁|of_thought|_thinking|unused|channel/i.exec(token)?.[0].toLowerCase() ?? ''
}
