import { entryPoints } from '../runs/entry-points.ts'
import { readAnswerText } from './answer-text/read-answer-text.ts'
import { describeNothing } from './describe-nothing.ts'
import { findEnding } from './find-ending.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks, type CodeBlock } from './list-code-blocks.ts'
import { readsAsPython } from './reads-as-python.ts'
import type { Extraction, Reply } from '../recipes/recipe.ts'

const names = entryPoints.join('|')

/** A top-level definition of a name the sandbox looks for: `def`, or a lambda or another function given that name. */
const entryPoint = new RegExp(
  `^(?:(?:async[ \\t]+)?def[ \\t]+(?:${names})[ \\t]*\\(|(?:${names})[ \\t]*(?::[^=\\n]+)?=(?!=))`,
  'm',
)

/** What models call a block of Python; a block in another language may well define a `transform`, but we cannot run it. */
const pythonTags = new Set([
  '',
  'python',
  'py',
  'python3',
  'py3',
  'ipython',
  'ipython3',
  'tool_code',
  'code',
  'text',
  'txt',
  'plaintext',
])

/**
 * Finds the program in a model's answer: the last closed Python block that defines an entry point.
 *
 * The last, because models correct themselves. A block that is whole counts even when the token limit cut what followed;
 * one that the limit cut gives no program, since half a program that happens to compile is not what the model meant.
 * What the model thought on the way is a draft, not an answer (`readAnswerText`). Only the provider decides that it refused: an
 * apology alone is `unparseable`, because telling it from a discussion of one would be guessing. Never throws.
 */
export function extractProgram(reply: Reply): Extraction {
  const answer = readAnswerText(reply.text)
  const ending = findEnding(reply)
  const found = findProgram(answer.lines, ending !== undefined)
  if (found) return { outcome: 'answered', reasoning: joinAround(answer, found), program: found.code }
  return { outcome: ending ?? 'unparseable', reasoning: joinAround(answer), ...describeNothing(reply, answer) }
}

type Found = Pick<CodeBlock, 'code' | 'from' | 'to'>

function findProgram(lines: readonly string[], cut: boolean): Found | undefined {
  const blocks = listCodeBlocks(lines)
  const isProgram = (block: CodeBlock) => pythonTags.has(block.language) && entryPoint.test(block.code)
  // A model that forgot the closing fence, or stopped at it, has still finished; one that was cut has not.
  const whole = blocks.findLast((block) => isProgram(block) && (block.closed || !cut))
  if (whole !== undefined) return whole.closed ? whole : dropProse(whole)
  if (blocks.some(isProgram) || cut) return undefined
  return findBareProgram(lines) ?? findIndentedProgram(lines) ?? findBareProgram(lines.map(unquote))
}

/** Behind a program whose fence was never closed the model may have gone on in prose. */
function dropProse(block: CodeBlock): Found {
  const lines = block.code.split('\n')
  const entry = lines.findLastIndex((line) => entryPoint.test(line))
  const rest = lines.findIndex((line, index) => index > entry && !readsAsPython(line))
  if (rest < 0) return { ...block, code: block.code.trimEnd() }
  return { code: lines.slice(0, rest).join('\n').trim(), from: block.from, to: block.to - (lines.length - rest) }
}

/** Code without fences: the lines around the entry point that read as Python, so that prose before and after stays out. */
function findBareProgram(lines: readonly string[]): Found | undefined {
  const entry = lines.findLastIndex((line) => entryPoint.test(line))
  if (entry < 0) return undefined
  let from = entry
  while (from > 0 && readsAsPython(lines[from - 1] ?? '')) from -= 1
  let to = entry + 1
  while (to < lines.length && readsAsPython(lines[to] ?? '')) to += 1
  return { code: lines.slice(from, to).join('\n').trim(), from, to }
}

/** A block that is fenced by its indentation alone, as Markdown allows. A method is indented too, below its class. */
function findIndentedProgram(lines: readonly string[]): Found | undefined {
  const entry = lines.findLastIndex((line) => /^[ \t]/.test(line) && entryPoint.test(line.trimStart()))
  const [indent = ''] = /^[ \t]*/.exec(lines[entry] ?? '') ?? []
  if (indent === '') return undefined
  const belongs = (line: string | undefined) => line !== undefined && (line.trim() === '' || line.startsWith(indent))
  let from = entry
  while (belongs(lines[from - 1])) from -= 1
  let to = entry + 1
  while (belongs(lines[to])) to += 1
  if (/:\s*$/.test(lines[from - 1] ?? '') && readsAsPython(lines[from - 1] ?? '')) return undefined
  const code = lines.slice(from, to).map((line) => line.slice(indent.length))
  return { code: code.join('\n').trim(), from, to }
}

function unquote(line: string): string {
  return line.replace(/^\s*> ?/, '')
}
