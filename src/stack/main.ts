import { readConfig } from '../config.ts'
import { createParts } from './parts/create-parts.ts'
import { runSupervisor } from './run-supervisor.ts'

const config = readConfig()
await runSupervisor(config, createParts)
