import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { nameClass } from './name-class.ts'

/*
 * The page as a written site shows it: one classic script and one style sheet, since a browser that opens a page from disk loads
 * no modules. `arcloom report RUN --format site` puts them beside the data.
 */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  css: { modules: { generateScopedName: nameClass } },
  oxc: { jsx: { runtime: 'automatic' } },
  publicDir: false,
  build: {
    outDir: 'dist-site',
    emptyOutDir: true,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('src/site.tsx', import.meta.url)),
      output: { format: 'iife', entryFileNames: 'page.js', assetFileNames: 'page[extname]' },
    },
  },
})
