import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
// Global styles come first: the component modules build on them.
import './style/base.css'
import './style/palettes.css'
import { App } from './App.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
