declare module '*.module.css' {
  /** The names on the page, by those in the file. `css-modules.test.ts` looks whether each one that is used is there. */
  const styles: Readonly<Record<string, string>>
  export default styles
}
