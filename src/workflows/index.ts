export { batch } from './batch.ts'
export { run } from './run.ts'
export { task } from './task.ts'
export { verifyItem } from './verify-item.ts'
