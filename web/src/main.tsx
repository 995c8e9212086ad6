import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
// What is everybody's comes first: the modules beside the components build on it.
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
