import type { Extraction, Reply } from '../recipes/recipe.ts'
import { readAnswerText } from './answer-text/read-answer-text.ts'
import { describeNothing } from './describe-nothing.ts'
import { entryRules, type EntryRule } from './entry-rules.ts'
import { findEnding } from './find-ending.ts'
import { joinAround } from './join-around.ts'
import { listCodeBlocks, type CodeBlock } from './list-code-blocks.ts'
import { readsAsPython } from './reads-as-python.ts'

/** Names for a block of Python; a block in another language may well define a `transform`, but we cannot run it. */
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
 * Finds the program in a model's answer: the last closed Python block that defines a function which could be called with a grid,
 * by the first of `entryRules` that any block matches.
 *
 * The last one, because models correct themselves. A complete block counts even if the token limit cut off what followed;
 * a truncated one gives no program, since half a program that happens to compile is not what the model meant.
 * The model's thinking is a draft, not an answer (`readAnswerText`). Only the provider decides that it refused: an
 * apology alone is `unparseable`, because telling it from a discussion of one would be guessing. Never throws.
 */
export function extractProgram(reply: Reply): Extraction {
  const answer = readAnswerText(reply.text)
  const ending = findEnding(reply)
  const program = findProgram(answer.lines, ending !== undefined)
  if (program) return { outcome: 'answered', reasoning: joinAround(answer, program), program: program.code }
  return { outcome: ending ?? 'unparseable', reasoning: joinAround(answer), ...describeNothing(reply, answer) }
}

type FoundProgram = Pick<CodeBlock, 'code' | 'from' | 'to'>

function findProgram(lines: readonly string[], isTruncated: boolean): FoundProgram | undefined {
  const blocks = listCodeBlocks(lines)
  const bare = { asIs: lines, unquoted: lines.map(unquote) }
  for (const rule of entryRules) {
    const isProgram = ({ language, code }: CodeBlock) => pythonTags.has(language) && rule.isMetBy(code)
    // A model that forgot the closing fence, or stopped at it, has still finished; a truncated one has not.
    if (isTruncated && !rule.isSure && blocks.some(({ closed }) => !closed)) return undefined
    const programs = blocks.filter(isProgram)
    const complete = programs.findLast((block) => block.closed || !isTruncated)
    if (complete !== undefined) return complete.closed ? complete : dropProse(complete, rule)
    if (programs.length > 0) return undefined
    if (isTruncated) continue
    const program =
      findBareProgram(bare.asIs, rule) ?? findIndentedProgram(bare.asIs, rule) ?? findBareProgram(bare.unquoted, rule)
    if (program !== undefined) return program
  }
  return undefined
}

/** After a program whose fence was never closed, the model may have continued in prose. */
function dropProse(block: CodeBlock, rule: EntryRule): FoundProgram {
  const lines = block.code.split('\n')
  const entry = lines.findLastIndex(rule.mayBeginAt)
  const rest = lines.findIndex((line, index) => index > entry && !readsAsPython(line))
  if (rest < 0) return { ...block, code: block.code.trimEnd() }
  return { code: lines.slice(0, rest).join('\n').trim(), from: block.from, to: block.to - (lines.length - rest) }
}

/** Code without fences: the lines around the entry point that read as Python, without the prose before and after. */
function findBareProgram(lines: readonly string[], rule: EntryRule): FoundProgram | undefined {
  const entry = lines.findLastIndex(rule.mayBeginAt)
  if (entry < 0) return undefined
  let from = entry
  while (from > 0 && readsAsPython(lines[from - 1] ?? '')) from -= 1
  let to = entry + 1
  while (to < lines.length && readsAsPython(lines[to] ?? '')) to += 1
  const code = lines.slice(from, to).join('\n').trim()
  return rule.isMetBy(code) ? { code, from, to } : undefined
}

/** A block marked by indentation alone, as Markdown allows. A method is indented too, below its class. */
function findIndentedProgram(lines: readonly string[], rule: EntryRule): FoundProgram | undefined {
  const entry = lines.findLastIndex((line) => /^[ \t]/.test(line) && rule.mayBeginAt(line.trimStart()))
  const [indent = ''] = /^[ \t]*/.exec(lines[entry] ?? '') ?? []
  if (indent === '') return undefined
  const belongs = (line: string | undefined) => line !== undefined && (line.trim() === '' || line.startsWith(indent))
  let from = entry
  while (belongs(lines[from - 1])) from -= 1
  let to = entry + 1
  while (belongs(lines[to])) to += 1
  if (/:\s*$/.test(lines[from - 1] ?? '') && readsAsPython(lines[from - 1] ?? '')) return undefined
  const code = lines
    .slice(from, to)
    .map((line) => line.slice(indent.length))
    .join('\n')
    .trim()
  return rule.isMetBy(code) ? { code, from, to } : undefined
}

function unquote(line: string): string {
  return line.replace(/^\s*> ?/, '')
}
