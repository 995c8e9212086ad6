import { lazy, Suspense } from 'react'
import { Link } from './address/Link.tsx'
import { currentPath, useRoute } from './address/navigate.ts'
import type { Filters, Route } from './address/route.ts'
import styles from './App.module.css'
import { GalleryPage } from './gallery/GalleryPage.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { Mark } from './Mark.tsx'
import { useKeptFocus } from './parts/hooks/use-kept-focus.ts'
import { useTitle } from './parts/hooks/use-title.ts'
import { OutageLine } from './parts/OutageLine.tsx'
import { AppearanceMenu } from './preferences/AppearanceMenu.tsx'
import { useAppearanceOnRoot } from './preferences/palettes.ts'
import { PersonDialog, PersonMenu } from './preferences/PersonMenu.tsx'
import { Preferences } from './preferences/Preferences.tsx'

/* Pages loaded on demand, so that nobody waits for a page they did not open. */
const TaskPage = lazy(() => import('./task/TaskPage.tsx').then((page) => ({ default: page.TaskPage })))
const RunsPage = lazy(() => import('./runs/RunsPage.tsx').then((page) => ({ default: page.RunsPage })))
const StartPage = lazy(() => import('./start/StartPage.tsx').then((page) => ({ default: page.StartPage })))
const RunPage = lazy(() => import('./run/RunPage.tsx').then((page) => ({ default: page.RunPage })))
const SamplePage = lazy(() => import('./sample/SamplePage.tsx').then((page) => ({ default: page.SamplePage })))
const AnnotatePage = lazy(() => import('./annotate/AnnotatePage.tsx').then((page) => ({ default: page.AnnotatePage })))
const DiscussPage = lazy(() => import('./discuss/DiscussPage.tsx').then((page) => ({ default: page.DiscussPage })))
const ComparePage = lazy(() => import('./compare/ComparePage.tsx').then((page) => ({ default: page.ComparePage })))

export function App() {
  const route = useRoute()
  const filters = filtersOf(route)
  useAppearanceOnRoot()
  useKeptFocus(currentPath())
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.siteBar}>
        <Link to={{ page: 'gallery', filters: filters }} className={styles.siteName} aria-label="Arcloom">
          <Mark /> <span className={styles.siteNameWords}>Arcloom</span>
        </Link>
        <nav aria-label="Pages">
          <Link to={{ page: 'gallery', filters: filters }} aria-current={route.page === 'gallery' ? 'page' : undefined}>
            Tasks
          </Link>
          <Link to={{ page: 'runs', view: {} }} aria-current={route.page === 'runs' ? 'page' : undefined}>
            Runs
          </Link>
          <Link to={{ page: 'annotate', view: {} }} aria-current={route.page === 'annotate' ? 'page' : undefined}>
            Annotate
          </Link>
        </nav>
        <span className="spacer" />
        <Preferences>
          <AppearanceMenu />
          <PersonMenu />
        </Preferences>
        <KeysDialog />
      </header>
      <PersonDialog />
      <OutageLine />
      <Suspense fallback={<Opening />}>
        <Page route={route} />
      </Suspense>
    </>
  )
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'gallery':
      return <GalleryPage filters={route.filters} />
    case 'task':
      return <TaskPage taskKey={route.key} view={route.view} filters={route.filters} />
    case 'runs':
      return <RunsPage view={route.view} />
    case 'start':
      return <StartPage view={route.order} />
    case 'run':
      return <RunPage run={route.run} matrix={route.matrix} />
    case 'sample':
      return <SamplePage route={route} />
    case 'compare':
      return <ComparePage route={route} />
    case 'annotate':
      return <AnnotatePage view={route.view} />
    case 'discuss':
      return <DiscussPage key={route.key} route={route} />
    case 'unknown':
      return <UnknownPage path={route.path} />
  }
}

/** Shown while a page's script loads. It has no heading: the focus waits for that of the page. */
function Opening() {
  return (
    <main className={`message ${styles.opening}`} id="main" aria-busy="true">
      <p role="status">Opening the page…</p>
    </main>
  )
}

/** The tasks that somebody looks through: kept in the address on the pages that are about tasks. */
function filtersOf(route: Route): Filters {
  return route.page === 'gallery' || route.page === 'task' ? route.filters : {}
}

function UnknownPage({ path }: { readonly path: string }) {
  useTitle('No such page')
  return (
    <main className="message" id="main">
      <h1>There is no such page</h1>
      <p>
        <code>{path}</code> does not exist.
      </p>
      {path.startsWith('/runs/') ? (
        <Link to={{ page: 'runs', view: {} }}>All runs</Link>
      ) : (
        <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
      )}
    </main>
  )
}
