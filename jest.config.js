import { availableParallelism } from 'node:os'

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // One limit for all: it ends what hangs. Speed is for scripts/bench to measure, and machines are busy.
  testTimeout: 300_000,
  // Integration tests wait for other processes half of their time, so two cores serve two of them.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  testMatch: [
    '<rootDir>/lint/**/*.test.ts',
    '<rootDir>/src/**/*.test.ts',
    '<rootDir>/scripts/**/*.test.ts',
    '<rootDir>/task-designs/**/*.test.ts',
    '<rootDir>/test/**/*.test.ts',
    '<rootDir>/web/src/**/*.test.{ts,tsx}',
  ],
  extensionsToTreatAsEsm: ['.ts', '.tsx', '.css'],
  transform: {
    '\\.module\\.css$': '<rootDir>/test/support/css-modules.ts',
    '\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', tsx: true },
          target: 'es2024',
          transform: { react: { runtime: 'automatic' } },
        },
      },
    ],
  },
}
