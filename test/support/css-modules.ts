import { nameClass } from '../../web/name-class.ts'

/** For Jest: what importing a CSS module returns, which is the names of its classes. */
export function process(css: string, file: string): { code: string } {
  const names = [...css.matchAll(/\.([a-z]\w*)/gi)].map(([, name = '']) => name)
  return {
    code: `export default ${JSON.stringify(Object.fromEntries(names.map((name) => [name, nameClass(name, file)])))}`,
  }
}
