import { entryPoints } from './entry-points.ts'
import { findAnswerStart, splitLines } from './find-answer-start.ts'
import { findEnding } from './find-ending.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks, type CodeBlock } from './list-code-blocks.ts'
import type { Extraction, Reply } from './recipes/recipe.ts'

const names = entryPoints.join('|')

/** A top-level definition of a name the sandbox looks for: `def`, or a lambda or another function given that name. */
const entryPoint = new RegExp(
  `^(?:(?:async[ \\t]+)?def[ \\t]+(?:${names})[ \\t]*\\(|(?:${names})[ \\t]*(?::[^=\\n]+)?=(?!=))`,
  'm',
)

/** Tags that models give to Python; a block in another language may well define a `transform`, but we cannot run it. */
const pythonTags = new Set(['', 'python', 'py', 'python3', 'py3'])

/** Lines at the margin that Python can begin with, for code without fences. Indented and empty lines go with the one before. */
const pythonLine =
  /^(?:\s*$|[ \t]|#|@\w|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[(:]|import[ \t]+\w|from[ \t]+\S+[ \t]+import\b|(?:if|for|while|with|try|else|elif|except|finally)\b.*:|[A-Za-z_][\w.]*(?:\[.*\])?[ \t]*(?::[^=]+)?[-+*/|&]?=|[)\]}]|"""|''')/

/**
 * Finds the program in a model's answer: the last closed Python block that defines an entry point.
 *
 * The last, because models correct themselves. A block that is whole counts even when the token limit cut what followed;
 * one that the limit cut gives no program, since half a program that happens to compile is not what the model meant.
 * What stands in an inline `<think>` part is a draft, not an answer. Only the provider decides that it refused: an
 * apology alone is `unparseable`, because telling it from a discussion of one would be guessing. Never throws.
 */
export function extractProgram(reply: Reply): Extraction {
  const lines = splitLines(reply.text)
  const ending = findEnding(reply)
  const found = findProgram(lines, ending !== undefined)
  if (found) return { outcome: 'answered', reasoning: joinAround(lines, found), program: found.code }
  return { outcome: ending ?? 'unparseable', reasoning: joinAround(lines) }
}

type Found = Pick<CodeBlock, 'code' | 'from' | 'to'>

function findProgram(lines: readonly string[], cut: boolean): Found | undefined {
  const start = findAnswerStart(lines)
  const blocks = listCodeBlocks(lines.slice(start)).map((block) => ({
    ...block,
    from: block.from + start,
    to: block.to + start,
  }))
  const isProgram = (block: CodeBlock) => pythonTags.has(block.language) && entryPoint.test(block.code)
  // A model that forgot the closing fence, or stopped at it, has still finished; one that was cut has not.
  const whole = blocks.findLast((block) => isProgram(block) && (block.closed || !cut))
  if (whole || blocks.some(isProgram) || cut) return whole
  return findBareProgram(lines, start)
}

/** Code without fences: the lines around the entry point that read as Python, so that prose before and after stays out. */
function findBareProgram(lines: readonly string[], start: number): Found | undefined {
  const entry = lines.findLastIndex((line, index) => index >= start && entryPoint.test(line))
  if (entry < 0) return undefined
  let from = entry
  while (from > start && pythonLine.test(lines[from - 1] ?? '')) from -= 1
  let to = entry + 1
  while (to < lines.length && pythonLine.test(lines[to] ?? '')) to += 1
  return { code: lines.slice(from, to).join('\n').trim(), from, to }
}
