import { defineConfig } from 'vitest/config'
import { projectsWith } from './vitest.workspace.js'

// The long runs: faults at every step, killed connections, soaks. One file at a time, as they measure and count connections.
export default defineConfig({
  test: {
    projects: projectsWith('test/**/*.faults.ts'),
    maxWorkers: 1,
    fileParallelism: false,
  },
})
