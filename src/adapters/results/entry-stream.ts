import { JSONParser } from '@streamparser/json'

/** A part of a document that is whole: its metadata, or one of its entries. */
interface StreamedValue {
  readonly key: string | number | undefined
  readonly value: unknown
}

/**
 * Takes a results document piece by piece, and gives its parts as they become whole.
 *
 * @param shape whether it is a list of entries, or an object that has them as `results`
 */
export function createEntryStream(shape: 'list' | 'object') {
  let values: StreamedValue[] = []
  // Only these are built; without its stack the parser forgets them as soon as they are handed out.
  const paths = shape === 'list' ? ['$.*'] : ['$.metadata', '$.results.*']
  const parser = new JSONParser({ paths, keepStack: false })
  parser.onValue = ({ key, value }) => {
    values.push({ key, value })
  }
  return {
    /** @returns what became whole, and why nothing more can be read, if so */
    write(text: string): { readonly values: readonly StreamedValue[]; readonly fault: string | undefined } {
      values = []
      try {
        parser.write(text)
        return { values, fault: undefined }
      } catch (error) {
        return { values, fault: error instanceof Error ? error.message : String(error) }
      }
    },
    isWhole: () => parser.isEnded,
  }
}
