import { InvalidValue } from './parse-values.ts'

/** Parses OpenRouter's names of hosts, such as `deepinfra/fp8,azure`. */
export function parseHosts(text: string): string[] {
  const hosts = splitList(text)
  const isName = hosts.length > 0 && hosts.every((host) => /^\w[\w ./:-]*$/.test(host))
  return isName
    ? hosts
    : refuse('names of hosts as OpenRouter gives them, separated by commas, such as deepinfra,azure')
}

/** As OpenRouter lists them (openrouter.ai/docs/features/provider-routing). */
const quantizationNames = 'int4 int8 fp4 mxfp4 nvfp4 fp6 fp8 mxfp8 fp16 bf16 fp32 unknown'.split(' ')

export function parseQuantizations(text: string): string[] {
  const names = splitList(text).map((name) => name.toLowerCase())
  const areKnown = names.length > 0 && names.every((name) => quantizationNames.includes(name))
  return areKnown
    ? names
    : refuse(
        `some of ${quantizationNames.join(', ')}, separated by commas; newer ones with --param 'provider={"quantizations": […]}'`,
      )
}

function splitList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

function refuse(allowed: string): never {
  throw new InvalidValue(`Allowed: ${allowed}.`)
}
