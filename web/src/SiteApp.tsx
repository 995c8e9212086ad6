import type { SiteFacts } from '../../src/domain/site/site-facts.ts'
import { Link } from './address/Link.tsx'
import { currentPath, useRoute } from './address/navigate.ts'
import type { Route } from './address/route.ts'
import styles from './App.module.css'
import { ComparePage } from './compare/ComparePage.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { Mark } from './Mark.tsx'
import { useKeptFocus } from './parts/hooks/use-kept-focus.ts'
import { useTitle } from './parts/hooks/use-title.ts'
import { AppearanceMenu } from './preferences/AppearanceMenu.tsx'
import { useAppearanceOnRoot } from './preferences/palettes.ts'
import { Preferences } from './preferences/Preferences.tsx'
import { RunPage } from './run/RunPage.tsx'
import { RunsPage } from './runs/RunsPage.tsx'
import { SamplePage } from './sample/SamplePage.tsx'

/** The frame of a written site: the pages about runs, and nothing that needs a server. */
export function SiteApp({ facts }: { readonly facts: SiteFacts }) {
  const route = useRoute()
  // Where the page of a server has its tasks, a site begins with its runs.
  const isList = route.page === 'runs' || route.page === 'gallery'
  useAppearanceOnRoot()
  useKeptFocus(currentPath())
  return (
    <>
      {/* The address after `#` is that of the page, so this is no link. */}
      <button type="button" className={styles.skip} onClick={skip}>
        Skip to the content
      </button>
      <header className={styles.siteBar}>
        <Link to={{ page: 'runs', view: {} }} className={styles.siteName} aria-label="Arcloom">
          <Mark /> <span className={styles.siteNameWords}>Arcloom</span>
        </Link>
        <nav aria-label="Pages">
          <Link to={{ page: 'runs', view: {} }} aria-current={isList ? 'page' : undefined}>
            Runs
          </Link>
        </nav>
        <span className="spacer" />
        <Preferences>
          <AppearanceMenu />
        </Preferences>
        <KeysDialog />
      </header>
      <Page route={route} />
      <footer className={styles.siteFooter}>{describe(facts)}</footer>
    </>
  )
}

function skip(): void {
  document.querySelector<HTMLElement>('#main h1')?.focus()
}

function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'runs':
      return <RunsPage view={route.view} />
    case 'gallery':
      return <RunsPage view={{}} />
    case 'run':
      return <RunPage run={route.run} matrix={route.matrix} />
    case 'sample':
      return <SamplePage route={route} />
    case 'compare':
      return <ComparePage route={route} />
    default:
      return <UnknownPage />
  }
}

function UnknownPage() {
  useTitle('No such page')
  return (
    <main className="message" id="main">
      <h1>There is no such page</h1>
      <Link to={{ page: 'runs', view: {} }}>All runs</Link>
    </main>
  )
}

function describe({ written_at, open_runs, has_expected }: SiteFacts): string {
  return [
    `Written by Arcloom on ${written_at.slice(0, 10)}.`,
    open_runs.length > 0 && `${open_runs.join(', ')} had not ended then, and may have continued since.`,
    !has_expected && 'The expected outputs of test inputs are not part of it.',
  ]
    .filter(Boolean)
    .join(' ')
}
