import { relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { judgeImport } from './judge-import.ts'

/** What of a module's syntax tree (ESTree) this rule reads: everything with a source. */
interface ModuleNode {
  readonly source?: { readonly value?: unknown } | null
  readonly importKind?: 'type' | 'value'
  readonly exportKind?: 'type' | 'value'
  readonly specifiers?: readonly { readonly importKind?: string; readonly exportKind?: string }[]
}

interface RuleContext {
  readonly filename: string
  report(problem: { readonly node: ModuleNode; readonly message: string }): void
}

const root = fileURLToPath(new URL('..', import.meta.url))

/** A plugin of the linter: its one rule holds every import against the table in `rooms.ts`. */
const plugin = {
  meta: { name: 'house' },
  rules: {
    boundaries: {
      create(context: RuleContext) {
        const file = relative(root, context.filename).replaceAll(sep, '/')
        const check = (node: ModuleNode) => {
          const source = node.source?.value
          if (typeof source !== 'string') return
          const message = judgeImport({ file, source, typeOnly: isTypeOnly(node) })
          if (message !== undefined) context.report({ node, message })
        }
        return {
          ImportDeclaration: check,
          ImportExpression: check,
          ExportNamedDeclaration: check,
          ExportAllDeclaration: check,
        }
      },
    },
  },
}

function isTypeOnly({ importKind, exportKind, specifiers = [] }: ModuleNode): boolean {
  if (importKind === 'type' || exportKind === 'type') return true
  return specifiers.length > 0 && specifiers.every((one) => (one.importKind ?? one.exportKind) === 'type')
}

export default plugin
