import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { nameClass } from './name-class.ts'

const api = 'http://127.0.0.1:8321'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  css: { modules: { generateScopedName: nameClass } },
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no data: scripts, and fonts are the system's: nothing is inlined.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // `npx vite web` beside `npx arcloom web`: changes show at once. To the API its requests are the page's own.
  server: { host: '127.0.0.1', proxy: { '/api': { target: api, changeOrigin: true, headers: { origin: api } } } },
})
