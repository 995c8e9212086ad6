import { describe, expect, test } from '@jest/globals'
import type { PythonInstallation } from '../find-python.ts'
import { renderBwrapCommand } from './bwrap-command.ts'

const distribution: PythonInstallation = {
  executable: '/usr/bin/python3.11',
  libraries: ['/usr/lib/python3.11', '/usr/lib/python3/dist-packages'],
  modulePath: undefined,
}

function listBinds(python: PythonInstallation) {
  const rendered = renderBwrapCommand(python).args
  return rendered.flatMap((argument, index) => (argument === '--ro-bind' ? [rendered[index + 1]] : []))
}

describe('renderBwrapCommand', () => {
  test('makes only libraries and one interpreter visible', () => {
    for (const path of listBinds(distribution)) expect(path).toMatch(/^(\/usr)?\/lib(64)?$|^\/usr\/bin\/python3\.11$/)
  })

  test('adds the libraries of an interpreter installed elsewhere', () => {
    const python = {
      executable: '/opt/py/bin/python3',
      libraries: ['/opt/py/lib/python3.12'],
      modulePath: '/venv/packages',
    }
    expect(listBinds(python)).toEqual(expect.arrayContaining(['/opt/py/lib/python3.12', '/opt/py/bin/python3']))
    expect(renderBwrapCommand(python).args.join(' ')).toContain('--setenv PYTHONPATH /venv/packages')
  })

  test('ends with the command, after everything was made read-only', () => {
    expect(renderBwrapCommand(distribution).args.join(' ')).toMatch(
      / --remount-ro \/ -- \/usr\/bin\/python3\.11 \/zygote\.py bwrap( \/\S+)+$/,
    )
  })
})
