/** What a site says of itself: an attribute of its page, as JSON. */
export interface SiteFacts {
  readonly written_at: string
  /** Whether the expected outputs of test inputs are among its files. */
  readonly has_expected: boolean
  /** Runs that had not ended when it was written. */
  readonly open_runs: readonly string[]
}

/** The attribute of the page's root element that holds them. */
export const siteFactsAttribute = 'data-site'
