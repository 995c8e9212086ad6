/** Takes the reader to a field, which may be far above or below what is visible. */
export function goToField(field: HTMLElement): void {
  field.scrollIntoView({ block: 'start' })
  field.focus({ preventScroll: true })
}
