import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The content security policy allows no data: scripts, and fonts are the system's: nothing is inlined.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  // `npm run dev:page` beside `arcloom web`: changes show at once.
  server: { host: '127.0.0.1', proxy: { '/api': { target: 'http://127.0.0.1:8321', changeOrigin: true } } },
})
