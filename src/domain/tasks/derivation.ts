/** How a version of a task was made. */
export interface Derivation {
  /** The version that the transforms were applied to. */
  readonly version: number
  /** In order, in their JSON form. */
  readonly transforms: readonly unknown[]
}
