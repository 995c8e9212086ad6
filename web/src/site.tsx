import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { siteFactsAttribute, type SiteFacts } from '../../src/domain/site/site-facts.ts'
// Global styles come first: the component modules build on them.
import './style/base.css'
import './style/palettes.css'
import { chooseAddressBar, hashBar } from './address/navigate.ts'
import { createSiteSource } from './data/site-source.ts'
import { chooseSource } from './data/source.ts'
import { SiteApp } from './SiteApp.tsx'

/* The page as a folder of files: `arcloom report RUN --format site`. */

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const facts = JSON.parse(root.getAttribute(siteFactsAttribute) ?? '{}') as SiteFacts // Written by the same build.
chooseSource(createSiteSource({ hasExpected: facts.has_expected }))
chooseAddressBar(hashBar)
createRoot(root).render(
  <StrictMode>
    <SiteApp facts={facts} />
  </StrictMode>,
)
