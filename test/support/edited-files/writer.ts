import { openEditedFile } from './open-edited-file.ts'

// A process of its own that adds things to a file, from a number on, and says so when each is written.
const [kind = '', path = '', from = '', count = ''] = process.argv.slice(2)
const file = openEditedFile(kind === 'dataset.json' ? kind : 'traces_store.json', path)
for (let name = Number(from); name < Number(from) + Number(count); name += 1) {
  await file.add(name)
  process.stdout.write(`${name}\n`)
}
