import { Link } from './address/Link.tsx'
import { useRoute } from './address/navigate.ts'
import { GalleryPage } from './gallery/GalleryPage.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { useKeptFocus } from './parts/use-kept-focus.ts'
import { useTitle } from './parts/use-title.ts'
import { AppearanceMenu } from './preferences/AppearanceMenu.tsx'
import { useAppearanceOnRoot } from './preferences/palettes.ts'
import { PersonMenu } from './preferences/PersonMenu.tsx'
import { TaskPage } from './task/TaskPage.tsx'

export function App() {
  const route = useRoute()
  useAppearanceOnRoot()
  useKeptFocus(window.location.pathname)
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header className="site-bar">
        <Link
          to={{ page: 'gallery', filters: route.page === 'unknown' ? {} : route.filters }}
          className="site-name"
          aria-label="Arcloom"
        >
          <Mark /> <span className="site-name-words">Arcloom</span>
        </Link>
        <nav aria-label="Pages">
          <Link
            to={{ page: 'gallery', filters: route.page === 'unknown' ? {} : route.filters }}
            aria-current={route.page === 'gallery' ? 'page' : undefined}
          >
            Tasks
          </Link>
        </nav>
        <span className="spacer" />
        <AppearanceMenu />
        <PersonMenu />
        <KeysDialog />
      </header>
      {route.page === 'gallery' && <GalleryPage filters={route.filters} />}
      {route.page === 'task' && <TaskPage taskKey={route.key} view={route.view} filters={route.filters} />}
      {route.page === 'unknown' && <UnknownPage path={route.path} />}
    </>
  )
}

function UnknownPage({ path }: { readonly path: string }) {
  useTitle('No such page')
  return (
    <main className="message" id="main">
      <h1>There is no such page</h1>
      <p>
        <code>{path}</code> leads nowhere.
      </p>
      <Link to={{ page: 'gallery', filters: {} }}>All tasks</Link>
    </main>
  )
}

/** Warp and weft. */
function Mark() {
  return (
    <svg className="mark" viewBox="0 0 3 3" width="18" height="18" aria-hidden="true" shapeRendering="crispEdges">
      <path d="M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1zM2 2h1v1h-1z" fill="currentColor" />
    </svg>
  )
}
