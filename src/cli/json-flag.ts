import { Option } from 'commander'

/** The flag that every command has whose result a script may read. @param more what this command adds to its help */
export function createJsonFlag(more = ''): Option {
  return new Option('--json', `print one JSON document on stdout${more}`)
}
