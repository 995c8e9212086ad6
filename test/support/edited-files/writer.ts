import { openEditedFile } from './open-edited-file.ts'

// A process that adds things to a file, starting at a number, and prints each one once it is written.
const [kind = '', path = '', from = '', count = ''] = process.argv.slice(2)
const file = openEditedFile(kind === 'dataset.json' ? kind : 'traces_store.json', path)
for (let name = Number(from); name < Number(from) + Number(count); name += 1) {
  await file.add(name)
  process.stdout.write(`${name}\n`)
}
