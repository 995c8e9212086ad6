/** A top-level function of a Python program. */
export interface ProgramFunction {
  readonly name: string
  /** Number of arguments without a default. */
  readonly needs: number
  /** Whether it can be called with one argument. */
  readonly takesOneGrid: boolean
}

/** A string that is never closed ends with its line or the program. */
const commentOrString =
  /#[^\n]*|"""[^]*?(?:"""|(?![^]))|'''[^]*?(?:'''|(?![^]))|"[^"\\\n]*(?:\\[^][^"\\\n]*)*"?|'[^'\\\n]*(?:\\[^][^'\\\n]*)*'?/
    .source
const definition = new RegExp(`${commentOrString}|^(?:async[ \\t]+)?def[ \\t]+(?<name>\\w+)[ \\t]*\\(`, 'gm')
const piece = new RegExp(`${commentOrString}|(?<opening>[[({])|(?<closing>[\\])}])|,|[^]`, 'g')

/** No parameter list is longer; an unclosed one is not searched to the end of the program. */
const maxParametersLength = 2_000

/** Lists a program's top-level functions, by the last definition of each name. Linear in the program's length. */
export function listFunctions(program: string): ProgramFunction[] {
  const functions = new Map<string, ProgramFunction>()
  for (const match of program.matchAll(definition)) {
    const name = match.groups?.['name']
    if (name === undefined) continue
    const from = match.index + match[0].length
    const parameters = splitParameters(program.slice(from, from + maxParametersLength))
    if (parameters !== undefined) functions.set(name, { name, ...readParameters(parameters) })
  }
  return [...functions.values()]
}

/** @returns undefined where nothing closes the list */
function splitParameters(text: string): string[] | undefined {
  const parameters: string[] = []
  let parameter = ''
  let depth = 0
  for (const { 0: whole, groups = {} } of text.matchAll(piece)) {
    if (groups['closing'] !== undefined && depth === 0) return [...parameters, parameter].map((each) => each.trim())
    if (groups['opening'] !== undefined) depth += 1
    if (groups['closing'] !== undefined) depth -= 1
    if (whole === ',' && depth === 0) {
      parameters.push(parameter)
      parameter = ''
    } else if (!whole.startsWith('#')) {
      parameter += whole
    }
  }
  return undefined
}

function readParameters(parameters: readonly string[]): Omit<ProgramFunction, 'name'> {
  const star = parameters.findIndex((parameter) => /^\*(?!\*)/.test(parameter))
  const isNamed = (parameter: string) => /^\w/.test(parameter)
  const isRequired = (parameter: string) => isNamed(parameter) && !parameter.includes('=')
  const positional = (star < 0 ? parameters : parameters.slice(0, star)).filter(isNamed)
  const byName = star < 0 ? [] : parameters.slice(star + 1)
  const takesMany = star >= 0 && parameters[star] !== '*'
  const needs = positional.filter(isRequired).length
  return { needs, takesOneGrid: (positional.length > 0 || takesMany) && needs <= 1 && !byName.some(isRequired) }
}
