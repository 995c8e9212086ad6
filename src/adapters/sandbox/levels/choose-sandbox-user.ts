const nobody = 65_534

/**
 * A worker that is root must not be root to the kernel inside the sandbox.
 *
 * @returns the user to run Python as; undefined for the worker's own.
 */
export function chooseSandboxUser(): number | undefined {
  return process.getuid?.() === 0 ? nobody : undefined
}
