import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
// Global styles come first: the component modules build on them.
import './style/base.css'
import './style/palettes.css'
import { currentRoute } from './address/navigate.ts'
import { App } from './App.tsx'
import { prefetchPage } from './data/prefetch-page.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
prefetchPage(currentRoute())
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
