#!/usr/bin/env node
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { drawTask, fileOf } from './draw-task.ts'
import { designs } from './list-designs.ts'

/** Makes data/tasks anew: one file for each design, and no other. */
const files = designs.map((design) => ({ file: fileOf(design), text: drawTask(design) }))
const folder = new URL('../data/tasks/', import.meta.url)
rmSync(folder, { recursive: true, force: true })
for (const { file, text } of files) {
  const path = new URL(file, folder)
  mkdirSync(new URL('.', path), { recursive: true })
  writeFileSync(path, text)
}
