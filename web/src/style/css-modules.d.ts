declare module '*.module.css' {
  /** The class names on the page, by those in the file. `css-modules.test.ts` checks that each one used exists. */
  const styles: Readonly<Record<string, string>>
  export default styles
}
