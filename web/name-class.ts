import { fileURLToPath } from 'node:url'

const source = fileURLToPath(new URL('src/', import.meta.url))

/**
 * The name on the page of a class in a CSS module: `gallery-GalleryPage-card`. No hash, so that tests, and people who look at
 * the page's elements, can find it.
 *
 * @param file of the module
 */
export function nameClass(name: string, file: string): string {
  const path = file
    .replace(/\?.*$/s, '')
    .replace(source, '')
    .replace(/\.module\.css$/, '')
  return `${path.replaceAll('/', '-')}-${name}`
}
