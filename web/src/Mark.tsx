import styles from './App.module.css'

/** The logo: warp and weft. */
export function Mark() {
  return (
    <svg
      className={styles.mark}
      viewBox="0 0 3 3"
      width="18"
      height="18"
      aria-hidden="true"
      shapeRendering="crispEdges"
    >
      <path d="M0 0h1v1h-1zM2 0h1v1h-1zM1 1h1v1h-1zM0 2h1v1h-1zM2 2h1v1h-1z" fill="currentColor" />
    </svg>
  )
}
